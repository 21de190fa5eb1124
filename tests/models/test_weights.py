"""What holds of every set of weights: it has a card, and all of them together stay small."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep import models

FOLDER = Path(models.__file__).parent
WEIGHTS = sorted(path for path in FOLDER.iterdir() if path.suffix in {".onnx", ".npz"})
MEGABYTE = 1_000_000


def total(paths: list[Path]) -> float:
    return sum(path.stat().st_size for path in paths) / MEGABYTE


@pytest.mark.parametrize("weights", WEIGHTS, ids=lambda path: path.name)
def test_each_set_of_weights_is_described_on_a_card(weights):
    cards = [card.name for card in FOLDER.glob("*.md") if weights.name in card.read_text(encoding="utf-8")]
    assert len(cards) == 1


def test_all_weights_together_stay_under_sixty_megabytes():
    assert (
        total([path for path in FOLDER.iterdir() if path.suffix not in {".py", ".md"} and path.is_file()])
        < 60
    )


def test_relation_encoder_with_its_vocabulary_stays_under_twenty_five_megabytes():
    assert total(list(FOLDER.glob("relations.*"))) < 25
