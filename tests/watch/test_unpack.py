"""Packed bytes are unpacked to a limit."""

from __future__ import annotations

import gzip
import zlib

import pytest

from sitrep.watch.unpack import Unpackable, unpacked


def test_gzip_and_zlib_and_members_behind_one_another():
    assert unpacked(gzip.compress(b"one") + gzip.compress(b"two"), 10) == b"onetwo"
    assert unpacked(zlib.compress(b"one"), 10) == b"one"
    assert unpacked(gzip.compress(b"one") + b"\0\0\0", 10) == b"one"


def test_a_bomb_is_not_unpacked():
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Unpackable, match="more than 1,000,000 bytes"):
        unpacked(bomb, 1_000_000)


def test_many_small_members_are_counted_together():
    with pytest.raises(Unpackable, match="more than"):
        unpacked(gzip.compress(b"a" * 600) * 2, 1_000)


@pytest.mark.parametrize("broken", [b"\x1f\x8b rubbish", gzip.compress(b"a story" * 100, mtime=0)[:-20]])
def test_what_is_broken_is_said(broken: bytes):
    with pytest.raises(Unpackable, match=r"broken compression|breaks off"):
        unpacked(broken, 10_000)
