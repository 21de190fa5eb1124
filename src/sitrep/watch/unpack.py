"""Packed bytes unpacked up to a limit: a few kilobytes can unpack to more than memory holds."""

from __future__ import annotations

import zlib
from typing import Final

GZIP: Final = b"\x1f\x8b"
EITHER: Final = zlib.MAX_WBITS | 32  # gzip or zlib, as the bytes say


class Unpackable(Exception):
    """Bytes that cannot be unpacked, or only to more than is allowed; the message says which."""


def unpacked(content: bytes, most: int) -> bytes:
    """Gzipped (or zlib's) bytes unpacked, members behind one another too. Raises `Unpackable`."""
    pieces: list[bytes] = []
    length = 0
    while content:
        packed = zlib.decompressobj(EITHER)
        try:
            piece = packed.decompress(content, most + 1 - length)
        except zlib.error as error:
            if pieces:  # zeros or rubbish behind the last member
                break
            raise Unpackable(f"broken compression: {error}") from error
        length += len(piece)
        pieces.append(piece)
        if length > most:
            raise Unpackable(f"it unpacks to more than {most:,} bytes")
        if not packed.eof:
            raise Unpackable("it breaks off")
        content = packed.unused_data
    return b"".join(pieces)
