"""Plain text set in columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

WIDTH = 88
GUTTER = 12
NO_BREAK = "\N{NO-BREAK SPACE}"
PARTS = re.compile(r"""(?:'[^']*'|"[^"]*"|[^,'"])+,? ?""")
UNITS = re.compile(
    r"(?<=\d) (?=(?:%|million|billion|trillion)(?!\w))"
    r"|(?<=\b[tp]) (?=[=<] \S)|(?<=\b[tp] [=<]) (?=\S)"  # p = 0.004
    r"|(?<=\d,) (?=[+−]?\d+\])"  # [−1, +1]
)


def paragraph(text: str, label: str = "", gutter: int = 0, width: int = WIDTH) -> str:
    """Wrap a text; a label stands in the gutter of its first line."""
    first = label.ljust(gutter)
    wrapped = textwrap.wrap(
        UNITS.sub(NO_BREAK, " ".join(text.split())),
        width,
        initial_indent=first,
        subsequent_indent=" " * gutter,
        break_on_hyphens=False,
    )
    return "\n".join(wrapped or [label]).replace(NO_BREAK, " ")


def code(line: str, indent: int = 2, width: int = WIDTH) -> str:
    """Break a call after its commas, never within a quoted text."""
    lines, room = [""], width - indent
    for part in PARTS.findall(line):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > room:
            lines.append("    ")
        lines[-1] += part
    return "\n".join(" " * indent + part.rstrip() for part in lines)


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    """Set a table; what does not fit is wrapped in the last column.

    Parameters
    ----------
    head : sequence of str
    rows : sequence of sequences of str
    align : str
        A letter a column: ``<`` left, ``>`` right.

    Returns
    -------
    str
        Two spaces between columns and before the first; no line beyond ``WIDTH``.
    """
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    room = WIDTH - sum(widths[:-1]) - 2 * len(widths)
    widths[-1] = max(min(widths[-1], room), 1)
    rule = ["-" * width for width in widths]
    return "\n".join(
        line for row in (head, rule, *rows) for line in _lines(row, widths, align)
    )


def _lines(row: Sequence[str], widths: Sequence[int], align: str) -> list[str]:
    *fixed, last = row
    wrapped = textwrap.wrap(last, widths[-1], break_on_hyphens=False) or [""]
    blank = [""] * len(fixed)
    return [
        _line([*(fixed if i == 0 else blank), part], widths, align)
        for i, part in enumerate(wrapped)
    ]


def _line(cells: Sequence[str], widths: Sequence[int], align: str) -> str:
    columns = zip(cells, widths, align, strict=True)
    return "".join(f"  {cell:{side}{width}}" for cell, width, side in columns).rstrip()
