"""The README shows what the command prints today."""

from __future__ import annotations

from docs.made.readme import BLOCK, README, with_outputs


def test_the_output_shown_is_the_output_printed():
    page = README.read_text(encoding="utf-8")
    assert [block[1].split()[0] for block in BLOCK.findall(page)] == ["code", "incidents", "control"]
    assert with_outputs(page) == page
