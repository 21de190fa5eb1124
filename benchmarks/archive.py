"""Memory over a long web archive: how much `sitrep code` has needed at most after each part of it.

    python -m benchmarks.archive [--bytes N] [--stories N] [--gzip] [--workers N]

A WARC of N bytes (2,000,000,000) is written to a folder of its own and coded as `sitrep code` codes it. Most
of it is what most of a crawl is: pictures, scripts, answers without a page, lists, pages in another language.
Its stories (1,000, spread evenly) are pages whose paragraphs are drawn from the examples, no two alike, with
the furniture of a news site around them. The same arguments give the same archive.

Each line shows the peak so far of this process, which reads the archive and, without `--workers`, codes it.
"""

from __future__ import annotations

import argparse
import gzip
import html
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import BinaryIO, Final

from sitrep.coding.pipeline import load
from sitrep.engines.batches import code_here
from sitrep.engines.processes import code_in_processes
from sitrep.export import open_writer
from sitrep.read import read
from sitrep.records import Document, Report, Skipped

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
PICTURE_BYTES: Final = (5_000, 200_000)
SCRIPT_BYTES: Final = 30_000  # in each page, as news sites have them
PAGES_A_STORY: Final = 3  # other pages: lists, pictures with a line of text, another language
SHOWN_AT: Final = (0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
OTHER_LANGUAGE: Final = (
    "Le conseil municipal a voté mardi le budget de la ville après une longue séance.",
    "Selon la mairie, les travaux du pont commenceront au printemps prochain.",
    "Les habitants du quartier demandent depuis des années une nouvelle école.",
)


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("crawl.warc.gz" if arguments.gzip else "crawl.warc")
        with path.open("wb") as file:
            written = write_archive(file, arguments.bytes, arguments.stories, gzipped=arguments.gzip)
        kept = f", {path.stat().st_size:,} as stored" if arguments.gzip else ""
        print(f"{written:,} bytes{kept}, {arguments.stories:,} stories, {arguments.workers} coding")
        begun, processor = time.perf_counter(), _processor_s()
        results = _results(path, arguments.workers)
        with open_writer(Path(folder) / "reports.jsonl") as writer:
            shown = list(SHOWN_AT)
            stories = coded = skipped = events = 0
            for result in results:
                if isinstance(result, Skipped):
                    skipped += 1
                    continue
                writer.write(result)
                coded, events = coded + 1, events + len(result.events)
                stories += "/story/" in (result.url or "")
                while shown and stories >= shown[0] * arguments.stories:
                    print(f"{shown.pop(0):4.0%} of the stories: {_peak_mb(resource.RUSAGE_SELF):6,.0f} MB")
                    sys.stdout.flush()
        print(f"{coded:,} reports, {events:,} events, {skipped:,} skipped")
        took, worked = time.perf_counter() - begun, _processor_s() - processor
        print(f"{took:,.0f} s by the clock, {worked:,.0f} s of processor time")
        if arguments.workers > 1:
            print(f"the largest worker: {_peak_mb(resource.RUSAGE_CHILDREN):,.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive")
    parser.add_argument("--bytes", type=int, default=2_000_000_000)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--gzip", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def _results(path: Path, workers: int) -> Iterator[Report | Skipped]:
    skipped: list[Skipped] = []

    def documents() -> Iterator[Document]:
        for item in read([path]):
            if isinstance(item, Document):
                yield item
            else:
                skipped.append(item)

    if workers > 1:
        results = code_in_processes(documents(), workers, partial(load))
    else:
        results = code_here(documents(), load())
    for result in results:
        yield from skipped
        skipped.clear()
        yield result
    yield from skipped


def _peak_mb(whose: int) -> float:
    peak = resource.getrusage(whose).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def _processor_s() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


# ------------------------------------------------------------------------------------------- the archive


def write_archive(file: BinaryIO, size: int, stories: int, *, gzipped: bool = False) -> int:
    """Write a WARC of about `size` bytes with so many stories in it; how many bytes its records have."""
    rng = Random(7)
    paragraphs = _paragraphs()
    written = 0
    for number in range(stories):
        for record in _around(rng, paragraphs, number):
            written += _write(file, record, gzipped)
        while written < size * (number + 1) // stories:
            picture = rng.randbytes(rng.randint(*PICTURE_BYTES))
            written += _write(file, _response(rng, "jpg", "image/jpeg", picture), gzipped)
    return written


def _write(file: BinaryIO, record: bytes, gzipped: bool) -> int:
    file.write(gzip.compress(record, 1, mtime=0) if gzipped else record)
    return len(record)


def _around(rng: Random, paragraphs: list[str], number: int) -> Iterator[bytes]:
    """A story with what lies around it in a crawl."""
    yield _record(
        "request", f"https://news.example/{number}", b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"
    )
    yield _response(rng, f"story/{number}", "text/html", _story(rng, paragraphs, number))
    for other in range(PAGES_A_STORY):
        body = "".join(f"<li><a href='/story/{rng.randrange(9999)}'>Page {n}</a></li>" for n in range(80))
        if other == 0:
            body = "".join(f"<p>{rng.choice(OTHER_LANGUAGE)}</p>" for _ in range(8))
        yield _response(rng, f"page/{number}/{other}", "text/html", _page(rng, f"Page {number}", body))
    yield _response(rng, f"script/{number}", "text/javascript", _filler(rng).encode())
    yield _response(rng, f"gone/{number}", "text/html", b"<html>Not found</html>", "404 Not Found")


def _story(rng: Random, paragraphs: list[str], number: int) -> bytes:
    told = rng.sample(paragraphs, rng.randint(5, 12))
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in told)
    day = f"2020-{1 + number % 12:02}-{1 + number % 28:02}"
    title = html.escape(told[0].split(". ")[0][:90])
    return _page(
        rng, f"{title} ({number})", f"<article><h1>{title}</h1><time datetime='{day}'></time>{body}</article>"
    )


def _page(rng: Random, title: str, body: str) -> bytes:
    menu = "".join(
        f"<li><a href='/{name}'>{name}</a></li>" for name in ("World", "Sport", "Weather", "Contact")
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title><script>{_filler(rng)}</script></head>"
        f"<body><nav><ul>{menu}</ul></nav><main>{body}</main><aside><ul>{menu}</ul></aside>"
        f"<footer><p>Harbour Wire. All rights reserved.</p></footer></body></html>"
    ).encode()


def _filler(rng: Random) -> str:
    return rng.randbytes(SCRIPT_BYTES // 2).hex()


def _response(rng: Random, path: str, kind: str, content: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    return _record("response", f"https://news.example/{rng.randrange(10**9)}/{path}", head + content)


def _record(kind: str, address: str, block: bytes) -> bytes:
    media = "application/http; msgtype=" + kind
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{kind}:{address}>\r\n"
        f"WARC-Date: 2021-03-04T05:06:07Z\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _paragraphs() -> list[str]:
    """The paragraphs of the examples' stories, each once."""
    texts = (item.text for item in read([EXAMPLES]) if isinstance(item, Document))
    found = (paragraph for text in texts for paragraph in text.split("\n\n") if len(paragraph) > 60)
    return sorted(set(found))


if __name__ == "__main__":
    main()
