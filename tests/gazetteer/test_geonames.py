"""A GeoNames dump becomes a gazetteer, whole or not at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sitrep.gazetteer import Gazetteer
from sitrep.gazetteer.geonames import UnreadableDump, compile_dump


def line(
    number: int, name: str, kind: str, feature: str, *, others: str = "", at: tuple[str, str] = ("10.0", "20.0"),
    country: str = "TD", admin1: str = "", admin2: str = "", population: int = 0,
) -> str:  # fmt: skip
    """One line of a dump, in GeoNames' nineteen columns."""
    return "\t".join([
        str(number), name, name, others, *at, kind, feature, country, "", admin1, admin2, "", "", str(population),
        "", "300", "Africa/Ndjamena", "2026-03-05",
    ])  # fmt: skip


LINES = (
    line(2434508, "Chad", "A", "PCLI", population=15_000_000),
    line(900001, "Tamsa Region", "A", "ADM1", admin1="07"),
    line(900002, "Tamsa", "P", "PPLA", others="Tamça,Тамса,TMS", admin1="07", population=40_000),
    line(900003, "Tamsa Air Base", "S", "AIRB", admin1="07", at=("10.2", "20.1")),
    line(900004, "Orru Pass", "T", "PASS", at=("11.0", "21.0")),
    line(900005, "Tamsa", "P", "PPL", country="NG", population=0),
    line(900006, "Hotel Tamsa", "S", "HTL"),
    line(900007, "Old Tamsa", "P", "PPLH"),
)


def dump(folder: Path, *lines: str) -> Path:
    path = folder / "allCountries.txt"
    path.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    return path


def compiled(folder: Path, *lines: str) -> Gazetteer:
    compile_dump(dump(folder, *lines), folder / "gazetteer.sqlite")
    return Gazetteer(folder / "gazetteer.sqlite")


def names(gazetteer: Gazetteer, name: str) -> list[tuple[int | None, str]]:
    return [(found.geonameid, found.feature) for found in gazetteer.find(name)]


def test_town_has_country_division_and_people(tmp_path: Path) -> None:
    town = compiled(tmp_path, *LINES).find("Tamsa")[0]
    assert (town.geonameid, town.country, town.admin1_name, town.population) == (
        900002,
        "TCD",
        "Tamsa Region",
        40_000,
    )


def test_town_goes_before_the_hamlet_of_its_name_and_division_after_the_larger_town(tmp_path: Path) -> None:
    assert names(compiled(tmp_path, *LINES), "Tamsa") == [(900002, "PPLA"), (900001, "ADM1"), (900005, "PPL")]


def test_only_what_reports_name_unasked_is_notable(tmp_path: Path) -> None:
    gazetteer = compiled(tmp_path, *LINES)
    assert [found.notable for found in gazetteer.find("Tamsa")] == [True, True, False]
    assert [found.notable for found in gazetteer.find("Orru Pass")] == [False]


def test_air_base_and_pass_are_found_by_their_names(tmp_path: Path) -> None:
    gazetteer = compiled(tmp_path, *LINES)
    assert names(gazetteer, "Tamsa Air Base") == [(900003, "AIRB")]
    assert names(gazetteer, "Orru Pass") == [(900004, "PASS")]


def test_other_name_in_our_letters_is_found_and_a_code_is_not(tmp_path: Path) -> None:
    gazetteer = compiled(tmp_path, *LINES)
    assert gazetteer.find("Tamça")[0].geonameid == 900002
    assert gazetteer.find("TMS") == []


def test_hotels_and_towns_of_the_past_are_left_out(tmp_path: Path) -> None:
    result = compile_dump(dump(tmp_path, *LINES), tmp_path / "gazetteer.sqlite")
    assert result.left_out == {"HTL": 1, "PPLH": 1}
    assert Gazetteer(tmp_path / "gazetteer.sqlite").find("Hotel Tamsa") == []


def test_countries_that_an_extract_lacks_are_there(tmp_path: Path) -> None:
    gazetteer = compiled(tmp_path, LINES[2])
    assert [found.country for found in gazetteer.find("the UK")] == ["GBR"]
    assert [found.feature for found in gazetteer.find("Red Sea")] == ["SEA"]


@pytest.mark.parametrize(
    ("bad", "found"),
    [
        ("a line of something else", "1 columns, not 19."),
        (line(900008, "Nowhere", "P", "PPL", at=("95", "20")), 'the latitude "95", not a number from -90 to 90.'),
        (line(900008, "Nowhere", "P", "PPL", at=("10", "east")), 'the longitude "east", not a number from -180 to 180.'),
        (line(900008, "", "P", "PPL"), 'the id "900008" and the name "".'),
    ],
)  # fmt: skip
def test_bad_line_is_named_by_its_number_and_costs_no_other(tmp_path: Path, bad: str, found: str) -> None:
    result = compile_dump(dump(tmp_path, *LINES, bad, LINES[2]), tmp_path / "gazetteer.sqlite")
    assert (result.lines, result.bad) == (10, 1)
    assert [(skipped.source, skipped.found) for skipped in result.shown] == [
        ("allCountries.txt, line 9", found)
    ]


def test_line_that_is_no_utf8_is_a_bad_line(tmp_path: Path) -> None:
    path = dump(tmp_path, *LINES)
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    result = compile_dump(path, tmp_path / "gazetteer.sqlite")
    assert [skipped.found for skipped in result.shown] == ["bytes that are not UTF-8."]


def test_zip_gives_what_its_text_gives(tmp_path: Path) -> None:
    plain = dump(tmp_path, *LINES)
    with zipfile.ZipFile(tmp_path / "allCountries.zip", "w") as archive:
        archive.write(plain, plain.name)
    from_text = compile_dump(plain, tmp_path / "one.sqlite").about
    from_zip = compile_dump(tmp_path / "allCountries.zip", tmp_path / "other.sqlite").about
    assert from_text is not None and from_zip is not None
    assert (from_text.digest, from_text.places, from_text.names) == (
        from_zip.digest,
        from_zip.places,
        from_zip.names,
    )


def test_gazetteer_says_what_it_is_made_of(tmp_path: Path) -> None:
    about = compiled(tmp_path, *LINES).about
    assert (about.source, about.dated) == ("GeoNames, allCountries.txt", "2026-03-05")
    assert about.digest.startswith("sha256:")


def test_another_line_gives_another_digest(tmp_path: Path) -> None:
    before = compiled(tmp_path, *LINES).about.digest
    assert compiled(tmp_path, *LINES, line(900009, "Tamsa Sud", "P", "PPL")).about.digest != before


def test_file_that_is_no_dump_is_refused_and_leaves_the_old_gazetteer(tmp_path: Path) -> None:
    old = tmp_path / "gazetteer.sqlite"
    old.write_text("old")
    with pytest.raises(UnreadableDump, match="1 columns, not 19"):
        compile_dump(dump(tmp_path, "a page of text"), old)
    assert (old.read_text(), sorted(each.name for each in tmp_path.iterdir())) == (
        "old", ["allCountries.txt", "gazetteer.sqlite"],
    )  # fmt: skip


def test_interrupted_build_leaves_the_old_gazetteer(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    old = tmp_path / "gazetteer.sqlite"
    old.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        compile_dump(dump(tmp_path, *LINES), old, interrupt)
    assert (old.read_text(), len(list(tmp_path.iterdir()))) == ("old", 2)


def test_files_beside_the_dump_have_their_say(tmp_path: Path) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text(
        "TD.07\tTamsa Region\tTamsa Region\t900001\n", encoding="utf-8"
    )
    (tmp_path / "alternateNamesV2.txt").write_text(
        "1\t900002\ten\tTamsatown\t\t\t\t\t\t\n2\t900002\tlink\tTamsalink\t\t\t\t\t\t\n3\t900002\ten\tTamsaburg\t\t\t\t1\t\t\n",
        encoding="utf-8",
    )
    result = compile_dump(dump(tmp_path, LINES[2]), tmp_path / "gazetteer.sqlite")
    gazetteer = Gazetteer(tmp_path / "gazetteer.sqlite")
    assert result.beside == ["admin1CodesASCII.txt", "alternateNamesV2.txt"]
    assert names(gazetteer, "Tamsatown") == [(900002, "PPLA")]
    assert gazetteer.find("Tamsalink") == gazetteer.find("Tamsaburg") == []  # an address, a name of the past
    [region] = gazetteer.find("Tamsa Region")
    assert (region.feature, region.latitude, region.inferred) == ("ADM1", 10.0, True)
