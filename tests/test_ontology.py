"""The codebook as data: complete, consistent, and with a way to CAMEO and back."""

from __future__ import annotations

import pytest

from sitrep import ontology
from sitrep.ontology import CONTEXTS, EVENT_TYPES, QUADS, SECTORS, OntologyError, PloverCode


def test_sixteen_types_in_four_quads():
    by_quad = {quad: [name for name in EVENT_TYPES if ontology.quad(name) == quad] for quad in QUADS}
    assert by_quad == {
        "verbal cooperation": ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
        "material cooperation": ["COOPERATE", "AID", "RETREAT"],
        "verbal conflict": ["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
        "material conflict": ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
    }


def test_counts_are_the_codebooks():
    modes = sum(len(kind.modes) for kind in EVENT_TYPES.values())
    assert (len(CONTEXTS), len(SECTORS), modes) == (37, 25, 67)


def test_only_these_types_need_a_recipient():
    assert [k.name for k in EVENT_TYPES.values() if k.needs_recipient] == ["COOPERATE", "AID", "SANCTION"]


def test_a_mode_has_its_own_score():
    assert (ontology.score("CONSULT"), ontology.score("CONSULT", "visit")) == (2.5, 4)


def test_a_mode_without_a_score_has_its_types():
    assert ontology.score("PROTEST", "vandalize") == ontology.score("PROTEST") == -5


def test_scores_have_the_sign_of_their_quad():
    for kind in EVENT_TYPES.values():
        scores = [kind.score, *(ontology.score(kind.name, mode) for mode in kind.modes)]
        if kind.name == "REQUEST":  # the codebook's zero point: asking for aid is above it
            assert set(scores) == {0, 0.5, -1}
        else:
            assert all((points > 0) == kind.quad.endswith("cooperation") for points in scores), kind.name


def test_every_code_is_explained():
    for kind in EVENT_TYPES.values():
        assert kind.definition and all(mode.meaning for mode in kind.modes.values())
    assert all(CONTEXTS.values()) and all(SECTORS.values())


@pytest.mark.parametrize(
    ("cameo", "plover"),
    [
        ("040", PloverCode("CONSULT", None, ())),
        ("04", PloverCode("CONSULT", None, ())),
        ("083", PloverCode("CONCEDE", None, ("political_institutions",))),
        ("0871", PloverCode("RETREAT", "ceasefire", ("military",))),
        ("1124", PloverCode("ACCUSE", "allege", ("legal", "military"))),
        ("163", PloverCode("SANCTION", "discontinue", ("diplomatic",))),
        ("195", PloverCode("ASSAULT", "aerial", ("military",))),
        ("1951", PloverCode("ASSAULT", "aerial", ("military",))),
    ],
)
def test_cameo_in_plover(cameo: str, plover: PloverCode):
    assert ontology.from_cameo(cameo) == plover


@pytest.mark.parametrize("cameo", ["01", "010", "0234"])
def test_statements_and_appeals_have_no_plover_type(cameo: str):
    assert ontology.from_cameo(cameo) is None


@pytest.mark.parametrize("cameo", ["21", "210", "4", "CONSULT", "", "00123"])
def test_what_is_no_cameo_code_is_refused(cameo: str):
    with pytest.raises(OntologyError, match="is not a CAMEO code"):
        ontology.from_cameo(cameo)


@pytest.mark.parametrize(
    ("plover", "cameo"),
    [
        (("CONSULT", "phone", ()), "041"),
        (("AID", None, ("military",)), "072"),
        (("AID", None, ("gender",)), "070"),
        (("SUPPORT", None, ("diplomatic",)), "050"),
        (("ASSAULT", None, ()), "180"),
        (("ASSAULT", None, ("military",)), "190"),
        (("ASSAULT", "drone", ("terrorism",)), "195"),
        (("ACCUSE", None, ()), "110"),
        (("COERCE", "arrest", ()), "173"),
        (("RETREAT", "withdraw", ("military",)), "0874"),
        (("MOBILIZE", "troops", ("military",)), "150"),
    ],
)
def test_plover_in_cameo(plover: tuple[str, str | None, tuple[str, ...]], cameo: str):
    assert ontology.to_cameo(*plover) == cameo


def test_every_type_and_mode_leads_to_cameo():
    for kind in EVENT_TYPES.values():
        for mode in (None, *kind.modes):
            code = ontology.to_cameo(kind.name, mode)
            assert code.isdigit() and len(code) in (3, 4)


def test_an_unknown_type_names_the_known_ones():
    with pytest.raises(OntologyError, match=r"no event type .FIGHT.*ASSAULT"):
        ontology.quad("FIGHT")


def test_a_mode_of_another_type_is_refused():
    with pytest.raises(OntologyError, match=r"CONSULT has no mode .riot.*visit"):
        ontology.score("CONSULT", "riot")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("AGREE\tverbal cooperation", "table, line 2: 2 cells, expected 6"),
        ("AGREE\t\tverbal peace\tno\t1\tx", "table, line 2: no quad category .verbal peace"),
        ("AGREE\t\tverbal cooperation\tno\thigh\tx", "table, line 2: the score is .high"),
        ("AGREE\t\tverbal cooperation\tperhaps\t1\tx", "table, line 2: a type needs .yes. or .no"),
        ("AGREE\tnod\t\t\t1\tx", "table, line 2: mode nod stands before its type"),
    ],
)
def test_a_bad_line_of_the_types_is_named(line: str, complaint: str):
    with pytest.raises(OntologyError, match=complaint):
        ontology._event_types(ontology._cells(f"# a comment\n{line}\n", "table", 6))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("4\tboth\tCONSULT\t\t\t", "line 1: .4. is not a CAMEO code"),
        ("040\tthere\tCONSULT\t\t\t", "line 1: the way is .there"),
        ("040\tboth\tMEET\t\t\t", "line 1: PLOVER has no MEET"),
        ("040\tboth\tCONSULT\triot\t\t", "line 1: PLOVER has no CONSULT riot"),
        ("040\tboth\tCONSULT\t\tpeace\t", "line 1: no context peace"),
        ("040\tboth\tCONSULT\t\t\t\n040\tboth\tCONSULT\t\t\t", "line 2: 040 stands twice"),
    ],
)
def test_a_bad_line_of_the_crosswalk_is_named(line: str, complaint: str):
    with pytest.raises(OntologyError, match=complaint):
        ontology._crosswalk(ontology._cells(line, "table", 6))
