"""Every command with its arguments and options, made from the command line itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from sitrep.cli import app


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its full name ("sitrep review accept"), in the order of `--help`."""
    yield from _below(typer.main.get_command(app), "sitrep")


def _below(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        yield name, command
        return
    if command.invoke_without_command and command.params:  # `sitrep actors` lists a case's actors
        yield name, command
    for word, child in command.commands.items():
        if not child.hidden:
            yield from _below(child, f"{name} {word}")


def sections() -> Iterator[str]:
    """A table of all commands, then a section each."""
    yield "| command | what it does |\n| --- | --- |"
    for name, command in commands():
        yield f"| [`{name}`](#{_anchor(name)}) | {_first_sentence(command)} |"
    for name, command in commands():
        yield f"\n## `{name}` {{ #{_anchor(name)} }}\n"
        yield from _section(name, command)


def _section(name: str, command: Any) -> Iterator[str]:
    yield (command.help or "").strip()
    shown = [one for one in command.params if not one.hidden]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    options = [one for one in shown if one.param_type_name == "option"]
    wanted = "".join(f" {_metavar(one)}" for one in arguments)
    yield f"\n```text\n{name}{' [OPTIONS]' if options else ''}{wanted}\n```\n"
    if arguments:
        yield "| argument | what it is |\n| --- | --- |"
        for one in arguments:
            yield f"| `{_cell(_metavar(one))}` | {_meaning(one)} |"
        yield ""
    if options:
        yield "| option | what it does |\n| --- | --- |"
        for one in options:
            yield f"| {_spelling(one)} | {_meaning(one)} |"
        yield ""
    if command.epilog:
        yield f"{_cell(command.epilog).replace('Example: ', 'Example: `', 1)}`"


def _spelling(option: Any) -> str:
    """`--case FILE`, and `--open`, `--no-open` for a switch."""
    names = [*option.opts, *option.secondary_opts]
    value = "" if option.is_flag else f" {_cell(_metavar(option))}"
    return ", ".join(f"`{name}{value if name.startswith('--') else ''}`" for name in names)


def _metavar(param: Any) -> str:
    if param.metavar:
        return str(param.metavar)
    kind = _annotation(param)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "|".join(kind)
    if kind in (int, float, Path):
        return {int: "N", float: "X", Path: "FILE"}[kind]
    return str(param.name).upper() if param.param_type_name == "argument" else "TEXT"


def _annotation(param: Any) -> Any:
    """What the parameter is parsed to. Typer keeps it in a place of its own, not where click does."""
    kind = param.type_descriptor.annotation
    return kind.__args__[0] if hasattr(kind, "__args__") else kind


def _meaning(param: Any) -> str:
    said = [(getattr(param, "help", None) or "").strip()]
    default = param.default
    if param.required:
        said.append("Required.")
    elif default is not None and not callable(default) and default not in (False, (), [], ""):
        value = "yes" if default is True else f"`{getattr(default, 'value', default)}`"
        said.append(f"Default: {value}.")
    if getattr(param, "multiple", False):
        said.append("May be given several times.")
    if param.envvar:
        said.append(f"Variable: `{param.envvar}`.")
    return _cell(" ".join(filter(None, said)))


def _first_sentence(command: Any) -> str:
    return _cell((command.help or "").split("\n\n")[0].replace("\n", " ").strip())


def _cell(text: str) -> str:
    """What may stand in a cell of a table: one line, and no bar that would end it."""
    return " ".join(text.split()).replace("|", "\\|").replace("*", "\\*")


def _anchor(name: str) -> str:
    return name.removeprefix("sitrep ").replace(" ", "-")
