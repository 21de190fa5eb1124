"""Hard-wrapped plain text in; the same with one line a paragraph out."""

from __future__ import annotations

from itertools import pairwise

from sitrep.read.line_features import BULLET, ENDS_SENTENCE

NARROWEST, WIDEST = 40, 110  # characters a line: terminals and mail; longer lines are paragraphs
INDENT = 2  # more blanks than the line before begin a paragraph in texts without blank lines


def unwrap(text: str) -> str:
    """`text` with the line breaks that only keep lines short taken out; unchanged where there are none.

    A break is such a one if the next line's first word would not have fitted. Menus and lists pass
    that test by chance, so the text must also go on in small letters after a good part of its breaks
    (in capitals throughout, as agencies' wires were: without a full stop before the break).
    """
    blocks = _blocks(text.split("\n"))
    wrapped = [block for block in blocks if _is_wrapped(block)]
    breaks = [pair for block in wrapped for pair in pairwise(block)]
    goes_on = _ends_no_sentence if text.isupper() else _begins_small
    if len(breaks) < 2 or sum(goes_on(above, below) for above, below in breaks) * 4 < len(breaks):
        return text
    return "\n".join(joined(block) if _is_wrapped(block) else "\n".join(block) for block in blocks)


def _begins_small(_: str, below: str) -> bool:
    return below.lstrip()[:1].islower()


def _ends_no_sentence(above: str, _: str) -> bool:
    return ENDS_SENTENCE.search(above.rstrip()) is None


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines; blank lines are blocks by themselves, a deeper indent or a bullet begins a new one."""
    blocks: list[list[str]] = []
    for line in lines:
        last = blocks[-1][-1] if blocks else ""
        starts = not line.strip() or not last.strip() or BULLET.match(line.strip()) is not None
        if starts or _indent(line) - _indent(last) >= INDENT:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_wrapped(block: list[str]) -> bool:
    if len(block) < 2:
        return False
    width = max(len(line.rstrip()) for line in block)
    if not NARROWEST <= width <= WIDEST:
        return False
    full = [len(line.rstrip()) + 1 + len(after.split()[0]) > width for line, after in pairwise(block)]
    return sum(full) >= 0.8 * len(full)


def joined(block: list[str]) -> str:
    """The lines of one paragraph as one line, with words that the breaks cut put together."""
    first, *rest = (line.strip() for line in block)
    text = " " * _indent(block[0]) + first
    for line in rest:
        if text[-1:] != "-" or not text[-2:-1].isalpha():
            text += " " + line
        # "minis-/try" was cut by the typesetter, "Al-/Watiya" has its hyphen: a small letter decides.
        elif line[:1].islower():
            text = text[:-1] + line
        else:
            text += line
    return text
