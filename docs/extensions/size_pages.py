"""The size tables of ``docs/data/size_tables.csv`` as Markdown, one a design family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

TITLES = {
    "8.3a": "30 events",
    "8.3b": "100 events",
    "8.4": "60 events on several dates, correlated within a date",
    "8.6": "Skewed returns",
    "8.7": "Missing returns: 15 % of estimation days, 10 % of event days",
    "8.8": "The portfolio test over a long window, one date",
    "8.9": "Shared and staggered dates",
    "8.10": "Few events",
    "8.11": "One date, and more variance in the event window",
    "8.12": "Dates scattered over D days",
}
WORDS = {
    "normal": "normal errors",
    "t4": "t(4) errors",
    "eiv": "variance doubled",
    "corr": "one date, correlation 0.1",
    "corr_eiv": "one date, variance doubled",
    "garch": "GARCH(1,1)",
}
EFFECTS = {"0.01": 0.01, "0.02": 0.02, "0.0": 0.0}


def words(design: str) -> tuple[str, float]:
    """What the table does not say already, in words, and the effect of day 0."""
    text = design.removesuffix(" drawing")
    if text.startswith(("N=30 ", "N=100 ")):
        _, kind, effect = text.split(" ")
        return WORDS[kind], EFFECTS[effect]
    if text.count("|") == 2:
        events, kind, effect = text.split("|")
        return f"{events}, {kind}", EFFECTS[effect]
    return text.replace("|", ", "), 0.0


def pages(path: Path) -> str:
    """All tables, each under a heading, a window after the other.

    Parameters
    ----------
    path : Path
        The CSV file; its columns are described in docs/validation/sizes.md.

    Returns
    -------
    str
        Markdown; per cent rejected by us and, in brackets, by the other program.
    """
    frame = pd.read_csv(path)
    parts = []
    for key, title in TITLES.items():
        parts.append(f"## {title}\n")
        parts.extend(tables(frame[frame["table"] == key]))
    return "\n".join(parts)


def tables(part: pd.DataFrame) -> Iterator[str]:
    """One table a window and effect."""
    named = [words(design) for design in part["design"]]
    both = part.assign(
        design=[name for name, _ in named], effect=[effect for _, effect in named]
    )
    for window, rows in both.groupby("window", sort=False):
        for effect, half in rows.groupby("effect"):
            more = (
                f", power for an effect of {100 * effect:.0f} % on day 0"
                if effect
                else ""
            )
            yield f"Window {str(window).replace('+0', '0')}{more}:\n"
            yield table(half)


def table(rows: pd.DataFrame) -> str:
    """Tests down, designs across."""
    cells = [
        f"{100 * ours:.1f} ({100 * theirs:.1f})"
        for ours, theirs in zip(rows["ours"], rows["reference"], strict=True)
    ]
    wide = rows.assign(cell=cells).pivot_table(
        "cell", "test", "design", "first", sort=False
    )
    lines = ["| test | " + " | ".join(map(str, wide.columns)) + " |"]
    lines.append("|---|" + "---:|" * wide.shape[1])
    for test, row in wide.fillna("").iterrows():
        name = str(test).replace("|", ", ")
        lines.append(f"| `{name}` | " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"
