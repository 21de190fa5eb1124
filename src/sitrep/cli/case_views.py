"""What a case answers, as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sitrep.case.decisions import Decision
from sitrep.case.evaluate import Evaluation, Share
from sitrep.case.queries.actors import CaseActor
from sitrep.case.queries.claims import Said
from sitrep.case.queries.control import Held
from sitrep.case.queries.search import Hit
from sitrep.records import Incident, Toll
from sitrep.terminal import QUAD_STYLES, STATUS_STYLES, where

ENDS: Final = ("Event", "Incident", "Id", "Key")
NARROW: Final = ("Sure", "Reports", "From", "To", "Share", "Grade")
DECISION_STYLES: Final = {"accepted": "green", "corrected": "yellow", "rejected": "red"}


def short(key: str) -> str:
    """An event's or report's key as far as a person types it: "430aa11d/e5"."""
    report, slash, event = key.removeprefix("sha256:").partition("/")
    return report[:8] + slash + event


def events_view(rows: Iterable[Mapping[str, Any]]) -> RenderableType:
    table = _table("When", "What, who to whom, where, by whose word", "Sure", "Event")
    for row in rows:
        body = Group(_what(row), _parties(row), _voice(row))
        sure = Text(f"{row['confidence']:.2f}")
        if row["decision"]:
            sure.append(f"\n{row['decision']}", style=DECISION_STYLES[row["decision"]])
        _row(
            table,
            _days(row["earliest"], row["latest"], row["dates_inferred"]),
            body,
            sure,
            short(row["event"]),
        )
    return table


def _what(row: Mapping[str, Any]) -> Text:
    what = Text(row["type"], style=QUAD_STYLES.get(row["quad"] or "", ""))
    if row["mode"]:
        what.append(f" {row['mode']}")
    if row["status"] != "happened":
        what.stylize(STATUS_STYLES[row["status"]])
        what.append(f" · {row['status'].replace('_', ' ')}", style="bold not strike")
    for name in ("killed", "injured", "crowd"):
        if row[f"{name}_low"] is not None:
            low, high = row[f"{name}_low"], row[f"{name}_high"]
            what.append(f" · {name} {_range(low, high)}", style="default not strike")
    return what


def _parties(row: Mapping[str, Any]) -> Text:
    parties = Text(row["who"] or "nobody named")
    if row["whom"]:
        parties.append(" → ", style="dim").append(row["whom"])
    if row["place"]:
        parties.append(" · ", style="dim").append(where(row["type"], row["mode"], row["place"]))
    return parties


def _voice(row: Mapping[str, Any]) -> Text:
    publisher = row["publisher"] or "publisher not named"
    by = " ← ".join(reversed(row["according_to"].split(" > "))) if row["according_to"] else None
    return Text(f"{publisher}{f', according to {by}' if by else ''}, “{row['trigger']}”", style="dim")


def incidents_view(incidents: Sequence[Incident]) -> RenderableType:
    table = _table("When", "What, who to whom, where", "Told by", "Credible", "Incident")
    for one in incidents:
        what = Text(one.type)
        if one.mode:
            what.append(f" {one.mode}")
        if one.status != "happened":
            what.append(f" · {one.status.replace('_', ' ')}", style="bold")
        for name in ("killed", "injured", "crowd"):
            toll: Toll | None = getattr(one, name)
            if toll:
                what.append(f" · {name} {_range(toll.low, toll.high)}")
        parties = Text(", ".join(party.name for party in one.actors) or "nobody named")
        if one.recipients:
            parties.append(" → ", style="dim").append(", ".join(party.name for party in one.recipients))
        if one.place:
            parties.append(f" · {where(one.type, one.mode, one.place.name)}")
        lines: list[RenderableType] = [what, parties]
        for difference in one.differs:
            values = " / ".join(value for value, _ in difference.values)
            lines.append(Text(f"{difference.field} differs: {values}", style="yellow"))
        _row(
            table, _days(one.earliest, one.latest, False), Group(*lines), _tellers(one),
            Group(Text(str(one.credibility.grade), style="bold"), Text(one.credibility.reason, style="dim")),
            one.id,
        )  # fmt: skip
    return table


def _tellers(incident: Incident) -> RenderableType:
    return Group(
        *(
            Text(f"{account.stance} " + (", ".join(account.publishers) or "publisher not named"))
            for account in incident.accounts
        )
    )


def actors_view(actors: Sequence[CaseActor], all_wordings: bool) -> RenderableType:
    table = _table("Actor", "Who calls it what", "Reports", "Id")
    for actor in actors:
        codes = " ".join(code for code in (actor.country, *actor.sectors) if code)
        called: dict[str, list[str]] = {}
        for one in actor.wordings:
            called.setdefault(one.publisher or "publisher not named", []).append(one.wording)
        lines = [
            Text.assemble((f"{publisher}: ", "dim"), ", ".join(wordings if all_wordings else wordings[:3]))
            for publisher, wordings in called.items()
        ]
        name = Text(actor.name, style="bold").append(f"\n{codes}" if codes else "", style="not bold dim")
        shown = lines if all_wordings else lines[:4]
        _row(table, name, Group(*shown), str(actor.reports), actor.id)
    return table


def claims_view(claims: Sequence[Said]) -> RenderableType:
    table = _table("Source", "Says", "Said", "Incident")
    for one in claims:
        claim = one.claim
        head = Text(f"{claim.stance} {one.type}")
        if claim.contradicts:
            told = ", ".join(short(key) for key in claim.contradicts)
            head.append(f" · contradicts {told}", style="red")
        body = Group(head, Text(" ".join(one.sentence.split()), style="dim"))
        told_by = f"{one.publisher or 'publisher not named'}\n{_day(claim.said)}"
        _row(table, Text(claim.source.name), body, told_by, claim.incident)
    return table


def control_view(held: Sequence[Held]) -> RenderableType:
    table = _table("Place", "Held by", "From", "To", "Known by")
    for one in held:
        holding = one.holding
        who = Text(
            holding.holder.name if holding.holder else "not told",
            style="" if holding.holder else "dim italic",
        )
        if holding.contested:
            who.append(" · contested", style="bold red")
        by = ", ".join(party.name for party in holding.claimants)
        known = f"{holding.basis}{f', according to {by}' if by else ''} ({len(holding.tellings)})"
        _row(table, one.place.name, who, _day(holding.since), _day(holding.until) or "…", known)
    return table


def hits_view(hits: Sequence[Hit]) -> RenderableType:
    table = _table("Published", "Report", "Key")
    for hit in hits:
        head = Text(hit.title or "(no title)", style="bold")
        head.append(f" · {hit.publisher or 'publisher not named'}", style="not bold dim")
        snippet = Text()
        for number, part in enumerate(hit.snippet.replace("›", "‹").split("‹")):
            snippet.append(part, style="bold" if number % 2 else "dim")
        _row(table, _day(hit.published), Group(head, snippet), short(hit.report))
    return table


def grades_view(grades: Mapping[str, str | None]) -> RenderableType:
    table = _table("Publisher", "Grade")
    for publisher, grade in grades.items():
        _row(table, publisher, grade or Text("not graded", style="dim"))
    return table


def evaluation_view(found: Evaluation) -> RenderableType:
    table = _table("Of the events that people judged", "Right", "Share", "95 % interval")
    rows: list[tuple[str, Share]] = [
        ("events that the report does tell", found.events),
        ("events right in every field", found.untouched),
        *((f"  {field} right", one) for field, one in found.fields),
        *((f"coded {type}", one) for type, one in found.types),
        *((f"confidence {band}", one) for band, one in found.confidence),
        ("kept events that the coder still finds", found.found_again),
    ]
    for name, one in rows:
        if one.share is not None and one.low is not None and one.high is not None:
            _row(
                table,
                name,
                f"{one.right:,} of {one.of:,}",
                f"{one.share:.3f}",
                f"{one.low:.3f} to {one.high:.3f}",
            )
    return table


def decisions_view(decisions: Sequence[Decision]) -> RenderableType:
    table = _table("When", "Decision", "Who and why", "Id")
    for made in decisions:
        style = "strike dim" if made.undone else ""
        what = Text(f"{made.kind.replace('_', ' ')} {_about(made)}", style=style)
        why = Text(made.who).append(f": {made.why}" if made.why else "", style="dim")
        _row(table, f"{made.at:%d %b %Y %H:%M}", what, why, made.id)
    return table


def _about(made: Decision) -> str:
    target, value = made.target, made.value
    if "quote" in target:
        changed = ", ".join(f"{field} → {new}" for field, new in value.items())
        quote = " ".join(str(target["quote"]).split())
        return f"{target['type']} “{quote[:60]}{'…' if len(quote) > 60 else ''}” {changed}".strip()
    if "one" in target:
        return f"{len(target['one'])} with {len(target['other'])} events"
    named = target.get("names") or target.get("places") or [target.get("publisher") or target.get("decision")]
    return " ".join([", ".join(str(one) for one in named), *(str(new) for new in value.values())])


def _table(first: str, *columns: str) -> Table:
    """A table whose widest column is the second; an id that ends a row is never broken."""
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", expand=True, pad_edge=False)
    table.add_column(first, no_wrap=first in {"When", "Published"}, ratio=None if first == "When" else 2)
    for number, column in enumerate(columns):
        ends = column in ENDS
        ratio = None if ends or column in NARROW else 5 if number == 0 else 3
        table.add_column(column, no_wrap=ends, ratio=ratio, overflow="fold")
    return table


def _row(table: Table, *cells: RenderableType) -> None:
    """Add a row whose words are printed as they stand: a report's may look like markup."""
    table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells))


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _days(earliest: str | date | None, latest: str | date | None, inferred: bool) -> Text:
    first, last = _day(earliest), _day(latest)
    if first and last:
        shown = first if first == last else f"{first}\n– {last}"
    elif first:
        shown = f"from {first}"
    else:
        shown = f"by {last}" if last else ""
    return Text(shown, style="dim" if inferred else "")


def _day(day: str | date | None) -> str:
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return f"{day.day} {day:%b %Y}" if day else ""
