"""Bytes in; their text out, or the name of what they are where they are no text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

# The first bytes of what people most often leave among their texts.
SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a media file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "compressed data"),
    (b"BZh", "compressed data"),
    (b"\xfd7zXZ", "compressed data"),
    (b"PAR1", "a Parquet file"),
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
DECLARED_WITHIN = 4096  # bytes: browsers look at 1,024, but pages with long comments state it later
GUESSED_FROM = 65_536  # bytes: charset-normalizer's answer does not change with more, and its time does
OPEN_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")  # bytes that Windows-1252 gives no character
FOREIGN_SHARE = 0.06  # of characters beyond ASCII: English with names in it has less, other scripts far more
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
MOJIBAKE = re.compile("â€|Ã[\u0080-\u00bf]")
SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class NotText:
    """Bytes that are no text, and what they are."""

    kind: str  # "a PDF file"


def decode(content: bytes) -> str | NotText:
    """The text that `content` holds, whatever its encoding.

    Tried in this order: a byte order mark, UTF-8, the declared charset, what charset-normalizer
    finds. UTF-8 goes before the declaration: other encodings hardly ever happen to be valid UTF-8,
    while pages that declare a wrong one are common.
    """
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return NotText(kind)
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(_endian(encoding, mark), errors="replace"))
    if b"\0" in content:
        wide = _wide(content)
        return _checked(content.decode(wide, errors="replace")) if wide else NotText("a binary file")
    try:
        return _checked(_without_mojibake(content.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    almost = content.decode("utf-8", errors="replace")
    # A page put together from two sources: a few stray bytes in good UTF-8 cost those characters only.
    # Of other encodings' bytes few happen to be good UTF-8, and most are stray.
    stray = almost.count("\ufffd")
    if stray < sum(character > "\x7f" for character in almost) - stray:
        return _checked(almost)
    if known := _declared(content, content) or _guessed(content):
        return _checked(content.decode(known, errors="replace"))
    return NotText("a file whose bytes are no text in any known encoding")


def encoding_of(beginning: bytes) -> str | NotText:
    """The encoding of a long text by its first bytes, for reading it piece by piece; as `decode` has it."""
    for signature, kind in SIGNATURES:
        if beginning.startswith(signature):
            return NotText(kind)
    for mark, encoding in BYTE_ORDER_MARKS:
        if beginning.startswith(mark):
            return "utf-8-sig" if encoding == "utf-8" else encoding
    if b"\0" in beginning:
        return _wide(beginning) or NotText("a binary file")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)  # its end may cut a character in two
        return "utf-8"
    except UnicodeDecodeError:
        return _guessed(beginning) or "utf-8"


def decode_as(content: bytes, charset: str | None) -> str | NotText:
    """The text that `content` holds, whose sender names its charset; UTF-8 needs no naming."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if charset and not any(content.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
            declared = _declared(b"charset=" + charset.encode("ascii", "ignore"), content)
            if declared:
                return _checked(content.decode(declared, errors="replace"))
    return decode(content)


def clean(text: str) -> str:
    """`text` in NFC, with line ends "\\n", plain spaces, and without control and invisible characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TRANSLATION))
    return SPACES.sub(_one_space, text)


def _translation() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for point in (*range(0x20), *range(0x7F, 0xA0)):
        table[point] = None
    for point in (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029):
        table[point] = "\n"
    for point in (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000):
        table[point] = " "
    # Soft hyphens, zero-width spaces, direction marks, byte order marks, lone surrogates, U+FFFD:
    # invisible or meaningless, and each of them splits or spoils a word for the tagger.
    for point in (0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070)):
        table[point] = None
    for point in (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFEFF, *range(0xFFF9, 0x10000)):
        table[point] = None
    return table


_TRANSLATION = _translation()


def _one_space(match: re.Match[str]) -> str:
    # Indentation at the start of a line tells a menu from a story and is kept for furniture.py.
    at_line_start = match.start() == 0 or match.string[match.start() - 1] == "\n"
    return " " * len(match.group()) if at_line_start else " "


def _endian(encoding: str, mark: bytes) -> str:
    if encoding == "utf-8":
        return encoding
    return f"{encoding}-{'le' if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else 'be'}"


def _wide(content: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Western text in it is NUL."""
    sample = content[:GUESSED_FROM]
    pairs = len(sample) // 2 or 1
    low, high = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if high > 0.4 and low < 0.1:
        return "utf-16-le"
    if low > 0.4 and high < 0.1:
        return "utf-16-be"
    return None


def _declared(declaration: bytes, content: bytes) -> str | None:
    """The codec that `declaration` names, if `content` can be in it."""
    match = DECLARED.search(declaration[:DECLARED_WITHIN])
    if not match:
        return None
    try:
        codec = codecs.lookup(match.group(1).decode("ascii"))
        if not codec._is_text_encoding:
            return None
        # The web's rule: who says Latin-1 means Windows-1252.
        name: str = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name
        content[:GUESSED_FROM].decode(name, errors="strict" if name != "cp1252" else "replace")
    except (LookupError, UnicodeDecodeError):
        return None
    return None if name.startswith("utf") else name


def _guessed(content: bytes) -> str | None:
    sample = content[:GUESSED_FROM]
    # Too few foreign letters to tell by; "ã" in an English report is far likelier than "ă".
    if sum(byte > 0x7F for byte in sample) < FOREIGN_SHARE * len(sample) and not OPEN_IN_1252 & set(sample):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else None


def _without_mojibake(text: str) -> str:
    """`text` with UTF-8 that was once read as Windows-1252 put right ("â€™" is an apostrophe)."""
    return NOT_ASCII.sub(_repaired, text) if MOJIBAKE.search(text) else text


def _repaired(match: re.Match[str]) -> str:
    try:
        return b"".join(
            # The five bytes that Windows-1252 leaves open are read as control characters.
            character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")
            for character in match.group()
        ).decode("utf-8")
    except UnicodeError:
        return match.group()


def _checked(text: str) -> str | NotText:
    """`text`, or that it is none: more than one character in twenty is a control character."""
    strange = sum(character < " " and character not in "\n\r\t\f\x0b\x1a\x1b" for character in text)
    strange += text.count("\ufffd")
    return NotText("a binary file") if strange * 20 > len(text) else text
