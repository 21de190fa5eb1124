"""Values as the tables hold them: lists, spans and whole records as JSON text, days as ISO 8601."""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sitrep.records import Spans, Toll

T = TypeVar("T")


def to_text(value: Any) -> str:
    """Lists, spans and objects as JSON, always the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Any:
    return json.loads(text)


def number_of_key(key: str) -> int:
    """The first 63 bits of a key's digest: small in an index, and never more than a hint to look closer."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def to_spans(value: Iterable[Iterable[int]]) -> Spans:
    return tuple((start, end) for start, end in value)


def spans(text: str) -> Spans:
    return to_spans(json.loads(text))


def toll_columns(toll: Toll | None) -> tuple[int | None, int | None, str | None]:
    return (toll.low, toll.high, to_text(toll.spans)) if toll else (None, None, None)


def to_toll(low: int | None, high: int | None, where: str | None) -> Toll | None:
    return None if low is None else Toll(low, high, spans(where or "[]"))


def record_text(record: Any) -> str:
    """A record as JSON, without the fields that have their default: about half of `to_json`'s."""
    return to_text(plain(record))


def plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            name: plain(item)
            for name, default in _defaults(type(value))  # type: ignore[arg-type]
            if (item := getattr(value, name)) != default
        }
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


def record(kind: type[T], text: str) -> T:
    """The record that `record_text` wrote. `records.from_json` reads the same, several times slower."""
    found: T = _reader(kind)(json.loads(text))  # type: ignore[arg-type]
    return found


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of type `hint` of its JSON."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and arguments[-1] is Ellipsis:
        item = _reader(arguments[0])
        return lambda value: tuple(item(one) for one in value)
    if origin is tuple:
        items = [_reader(argument) for argument in arguments]
        return lambda value: tuple(read(one) for read, one in zip(items, value, strict=True))
    if hint is date:
        return date.fromisoformat
    if isinstance(hint, type) and is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        readers = {field.name: _reader(hints[field.name]) for field in fields(hint)}
        return lambda value: hint(**{name: readers[name](item) for name, item in value.items()})
    return lambda value: value
