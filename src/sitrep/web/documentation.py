"""The API's documentation as one page without script, written from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

_METHODS: Final = ("get", "post", "put", "delete")


def documentation(openapi: Mapping[str, Any]) -> str:
    """The page. The description itself, for programs, is at /openapi.json."""
    paths = "".join(_paths(openapi))
    schemas = "".join(_schemas(openapi))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>API · Sitrep</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/docs.css">'
        "</head>\n<body><main>"
        f"<h1>Sitrep's API</h1><p>{escape(openapi['info']['description'])}</p>"
        '<p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI '
        f"{escape(openapi['openapi'])}). <a href='/'>Back to the case</a></p>"
        f"<h2>Requests</h2>{paths}<h2>Records</h2>{schemas}</main></body></html>\n"
    )


def _paths(openapi: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in openapi["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield _operation(path, method, methods[method])


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    address = escape(path)
    if (
        method == "get"
        and "{" not in path
        and not any(p["required"] for p in operation.get("parameters", ()))
    ):
        address = f'<a href="{address}">{address}</a>'
    told = operation.get("description") or operation.get("summary", "")
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(one['name'])}</code></th><td>{escape(_kind(one['schema']))}"
        f"{' · needed' if one.get('required') else ''}</td><td>{escape(one.get('description', ''))}</td></tr>"
        for one in operation.get("parameters", ())
    )
    body = operation.get("requestBody", {}).get("content", {})
    taken = "".join(
        f"<p>Takes {escape(kind)}: {_linked(content['schema'])}</p>" for kind, content in body.items()
    )
    given = "".join(
        f"<p>Gives {status}: {_linked(content['schema'])}</p>"
        for status, answer in operation["responses"].items()
        if status.startswith("2")
        for content in answer.get("content", {}).values()
        if content.get("schema")
    )
    table = f"<table>{rows}</table>" if rows else ""
    return (
        f"<section><h3><span class='{method}'>{method.upper()}</span> <code>{address}</code></h3>"
        f"<p>{escape(told)}</p>{table}{taken}{given}</section>"
    )


def _schemas(openapi: Mapping[str, Any]) -> Iterator[str]:
    for name, schema in sorted(openapi["components"]["schemas"].items()):
        rows = "".join(
            f"<tr><th scope='row'><code>{escape(field)}</code></th><td>{_linked(kind)}</td>"
            f"<td>{escape(kind.get('description', ''))}</td></tr>"
            for field, kind in schema.get("properties", {}).items()
        )
        told = schema.get("description", "").replace("\n", " ")
        heading = f"<h3>{escape(name)}</h3><p>{escape(told)}</p>"
        yield f"<section id='{escape(name)}'>{heading}<table>{rows}</table></section>"


def _linked(schema: Mapping[str, Any]) -> str:
    """A kind in words, with a link where it is one of the records."""
    name = _record(schema)
    kind = escape(_kind(schema))
    return kind.replace(escape(name), f"<a href='#{escape(name)}'>{escape(name)}</a>", 1) if name else kind


def _record(schema: Mapping[str, Any]) -> str | None:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for inner in (schema.get("items"), *schema.get("anyOf", ())):
        if inner and (found := _record(inner)):
            return found
    return None


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join("none" if one.get("type") == "null" else _kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        inside = schema.get("items") or {}
        return f"list of {_kind(inside)}" if inside else "list"
    if schema.get("format"):
        return f"{schema.get('type')} ({schema['format']})"
    return str(schema.get("type", "anything"))
