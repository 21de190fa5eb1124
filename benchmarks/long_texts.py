"""Seconds of processor time and peak memory of one document, by what it is and how long it is.

    python -m benchmarks.long_texts [--lengths N,N…] [KIND…]

News is the examples one after the other; the other kinds are texts that nobody writes, and that some page
holds all the same. Each kind has a process of its own, so the memory is that of its longest text so far, the
models (some 400 MB) included. What is refused is named with its reason.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from sitrep.coding.pipeline import load
from sitrep.engines.batches import code_here
from sitrep.engines.bounds import MOST_CHARS
from sitrep.read import read
from sitrep.records import Document, Skipped

LENGTHS: Final = (5_000, 20_000, 50_000, 100_000, MOST_CHARS, 2 * MOST_CHARS)
EXAMPLES: Final = Path(__file__).parent.parent / "examples"
FIRST: Final = ("Omar", "Nadia", "Peter", "Sara", "Khalid", "Maryam", "Ivan")
LAST: Final = ("Barsh", "Kolem", "Dravik", "Hentz", "Olwen", "Marrat", "Sulin", "Tevor", "Ashkan")
FILE_BYTES: Final = 100_000_000


def repeated(unit: str, between: str = " ") -> Callable[[int], str]:
    return lambda length: between.join([unit] * (length // (len(unit + between)) + 1))[:length]


def numbered(unit: Callable[[int], str], between: str = " ") -> Callable[[int], str]:
    def text(length: int) -> str:
        units: list[str] = []
        so_far = 0
        for number in count():
            units.append(unit(number))
            so_far += len(units[-1]) + len(between)
            if so_far >= length:
                return between.join(units)[:length]
        raise AssertionError

    return text


def news(length: int) -> str:
    texts = [item.text for item in read([EXAMPLES]) if isinstance(item, Document)]
    return repeated("\n\n".join(texts), "\n\n")(length)


def name(number: int) -> str:
    return (
        f"{FIRST[number % 7]} {LAST[number // 7 % 9]}{'abcdefghij'[number // 63 % 10]}{'m' * (number // 630)}"
    )


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "news": news,
    "news in capitals": lambda length: news(length).upper(),
    "one sentence": repeated("the army and the rebels near the town and"),
    "one paragraph": repeated("The army took the town and the rebels left."),
    "no line breaks": repeated("The army took the town.", "\u00a0\u2003"),
    "one-letter lines": repeated("a", "\n"),
    "brackets": repeated("("),
    "punctuation": repeated('. , ; : ! ? - "'),
    "quotes in quotes": numbered(lambda _: '"He said “they said ‘we attacked the town'),
    "said that he said": repeated("he said that"),
    "names": numbered(lambda n: f"{name(n)} attacked {name(7 * n + 3)} in Tripoli."),
    "one name": repeated("Omar Barsh met Sara Kolem."),
    "pronouns": repeated("He told them that she saw him with it and they hit her."),
    "dates": numbered(lambda n: f"On {1 + n % 28} June {1990 + n % 40} troops attacked."),
    "places": numbered(lambda n: f"Troops attacked {('Paris', 'Tripoli', 'London', 'Victoria')[n % 4]}."),
    "tolls": numbered(lambda n: f"At least {n % 90 + 2} were killed when the army shelled Sirte on Monday."),
    "combining marks": repeated("a\u0301\u0302\u0303" * 50),
    "right to left": repeated("قال الجيش إن قواته سيطرت على المدينة."),
    "zero width": repeated("The\u200b army\u200d took\u200c the town\ufeff."),
    "halves of characters": repeated("\ufffd\ufffd a"),
    "long words": repeated("x" * 900),
    "one word": repeated("(", ""),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_texts")
    parser.add_argument("--lengths", default=",".join(map(str, LENGTHS)))
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    arguments = parser.parse_args()
    lengths = [int(length) for length in arguments.lengths.split(",")]
    context = multiprocessing.get_context("spawn")
    for kind in arguments.kinds or KINDS:
        process = context.Process(target=measure, args=(kind, lengths))
        process.start()
        process.join()
    read_long_file()


def measure(kind: str, lengths: list[int]) -> None:
    nlp = load()
    list(code_here([document(news(5_000))], nlp))  # warm: models, gazetteer, caches
    for length in lengths:
        text = KINDS[kind](length)
        begun = time.process_time()
        [result] = code_here([document(text)], nlp)
        took = time.process_time() - begun
        told = f"{took:7.2f} s {1e6 * took / len(text):6.0f} µs a character {peak_mb():6,.0f} MB"
        if isinstance(result, Skipped):
            told = f"{took:7.2f} s refused: it {result.found}"[:90]
        print(f"{kind:22}{len(text):8,} characters {told}", flush=True)


def read_long_file() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        path.write_bytes(b"The army took the town. " * (FILE_BYTES // 24))
        begun = time.process_time()
        [result] = read([path])
        print(f"a file of {FILE_BYTES:,} bytes: {time.process_time() - begun:.2f} s, {result!s:.90}")


def document(text: str) -> Document:
    return Document("sha256:0", "long text", text, published=date(2020, 6, 1))


def peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    main()
