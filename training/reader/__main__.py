"""Rebuild the reader: `python -m training.reader --data FOLDER`.

FOLDER holds `records/` with `train_*.gold.jsonl` (whole records with their texts) and
`press_unlabelled.jsonl`, the texts that the offsets under `training/offsets/` belong to. Our own stories are
under `training/stories/`.
Takes two hours and three quarters on two cores, with fixed seeds. Then
`python -m training.reader.thresholds` and `python -m training.reader.confidence` fit what is decided to the
development sets.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch
from transformers import AutoModel

from sitrep.coding.reader.encoder import read_tokenizer
from training.reader.examples import example_of
from training.reader.export import export
from training.reader.network import Reader
from training.reader.start import START
from training.reader.stories import parsed, read_stories, vocabulary_of
from training.reader.train import ROUNDS, train


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--share", type=float, default=1.0, help="train on this share of the stories (learning curve)"
    )
    parser.add_argument("--output", type=Path, default=Path("src/sitrep/models"))
    arguments = parser.parse_args()

    torch.set_num_threads(2)
    torch.manual_seed(ROUNDS[0].seed)
    stories = read_stories(arguments.data)
    stories = stories[: round(arguments.share * len(stories))]
    print(f"{len(stories)} stories, {sum(len(s.gold['events']) for s in stories)} events", file=sys.stderr)
    docs = list(parsed(stories))
    vocabulary = vocabulary_of(docs)
    tokenizer = read_tokenizer()
    examples = [example_of(doc, story.gold, tokenizer, vocabulary) for doc, story in docs]
    encoder = AutoModel.from_pretrained(START, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0)
    reader = Reader(encoder, vocabulary)
    for settings in ROUNDS:
        train(reader, examples, settings)
    export(reader, vocabulary, arguments.output)


if __name__ == "__main__":
    main()
