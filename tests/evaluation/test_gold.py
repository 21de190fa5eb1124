"""Compiled gold in files."""

from __future__ import annotations

import json

import pytest

from sitrep.evaluation.gold import GoldError, gold_line, read_gold, write_gold
from tests.evaluation.build import CONDEMNED, KILLED, MET, at, gold

DOCUMENT = gold(KILLED, "+ 2 | attack", CONDEMNED, MET)


def test_what_is_written_is_read_again(tmp_path):
    write_gold(tmp_path / "a.gold.jsonl", [DOCUMENT, gold()])
    assert read_gold(tmp_path / "a.gold.jsonl") == [DOCUMENT, gold()]


def test_a_line_has_offsets_and_plain_values():
    row = json.loads(gold_line(DOCUMENT))
    assert list(row) == ["id", "title", "published", "text", "events"]
    event = row["events"][0]
    assert (event["mentions"][0]["trigger"], event["killed"], event["earliest"]) == (
        [list(at("killed"))],
        [5, None],
        "2020-06-22",
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "line 2: is not JSON"), ("[1]", "line 2: is JSON, but not an object"), ('{"id": "x"}', "line 2: is no compiled annotation"), ('{"id": "x", "colour": 1}', "has no field colour"),
     ('{"id": "x", "title": null, "published": null, "text": "", "events": [7]}', "line 2: is no compiled annotation")],
)  # fmt: skip
def test_what_is_no_gold_is_refused_by_its_line(tmp_path, line, said):
    (tmp_path / "a.jsonl").write_text(gold_line(DOCUMENT) + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=said):
        read_gold(tmp_path / "a.jsonl")
