"""A specification curve in words: text, and a card for a notebook."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from eventstudy.report import formats
from eventstudy.report._layout import grid, paragraph
from eventstudy.report._tables import Table

NAMES = {
    "model": "model",
    "market": "market index",
    "industry": "industry index",
    "return_kind": "kind of return",
    "estimation_window": "estimation window",
    "window": "window of the effect",
}
HEAD = ("", "Designs", "Median", "Lowest", "Highest", "Unusual")
LONGEST = 70
FEW = 2


class CurveView(Protocol):
    """What text and figure read."""

    @property
    def table(self) -> pd.DataFrame:
        """A row a specification."""

    @property
    def estimated(self) -> pd.DataFrame:
        """Those that can be estimated."""

    @property
    def ticker(self) -> str:
        """The firm."""

    @property
    def day0(self) -> pd.Timestamp:
        """The event."""

    @property
    def confidence(self) -> float:
        """Level of the intervals."""

    @property
    def median(self) -> float:
        """Of the effects."""

    @property
    def range(self) -> tuple[float, float]:
        """Of the effects."""

    @property
    def share_significant(self) -> float:
        """Of the specifications."""

    def by(self, choice: str) -> pd.DataFrame:
        """Effects along one choice."""

    def varied(self) -> list[str]:
        """Choices that differ, the weightiest first."""


def title(view: CurveView) -> str:
    """What it is of, and how far it hangs on the design."""
    number = len(view.estimated)
    designs = f"{number:,} designs" if number != 1 else "one design"
    return f"{view.ticker} on {formats.day_words(view.day0)} under {designs}"


def sentence(view: CurveView) -> str:
    """The whole curve in words."""
    values, level = view.estimated["value"], formats.level(1.0 - view.confidence)
    low, high = view.range
    signs = (values > 0).sum(), (values < 0).sum()
    same = "All have the same sign" if min(signs) == 0 else "Their signs differ"
    share = view.share_significant
    words = (
        f"Median effect {formats.percent(view.median)}, from {formats.percent(low)} "
        f"to {formats.percent(high)}. {same}; {_share(share)} unusual at the {level} "
        "level."
    )
    if varied := view.varied():
        words += f" The choice that matters most is the {NAMES[varied[0]]}."
    return words


def _share(share: float) -> str:
    if share in {0.0, 1.0}:
        return "all are" if share else "none is"
    return f"{formats.percent(share, 0)} are"


def missing(view: CurveView) -> list[str]:
    """Why some specifications are missing, one sentence a reason."""
    lost = view.table[view.table["value"].isna()]
    return [
        f"{len(rows):,} not estimated ({_which(rows)}): {reason}"
        for reason, rows in lost.groupby("reason", sort=False)
    ]


def _which(rows: pd.DataFrame) -> str:
    """The models and estimation windows of some specifications, if there are few."""
    parts = (rows[name].unique() for name in ("model", "estimation_window"))
    return "; ".join(", ".join(values) for values in parts if len(values) <= FEW)


def choice_words(choice: str, value: str) -> str:
    """One value of a choice, so that it can stand alone."""
    if choice == "industry":
        return "no industry index" if value == "none" else f"industry {value}"
    words = {
        "model": value.replace("_", " "),
        "market": f"market {value}",
        "return_kind": f"{value} returns",
        "estimation_window": f"estimated on {value}",
        "window": f"window {value.replace('-', formats.MINUS)}",
    }
    return words[choice]


def tables(view: CurveView) -> list[tuple[str, Table]]:
    """A table a choice that differs."""
    return [(NAMES[name], _table(name, view.by(name))) for name in view.varied()]


def _table(choice: str, frame: pd.DataFrame) -> Table:
    rows = tuple(
        (
            formats.shortened(choice_words(choice, str(value)), LONGEST),
            f"{int(row['number']):,}",
            *(formats.percent(row[name]) for name in ("median", "lowest", "highest")),
            formats.percent(row["share_significant"], 0),
        )
        for value, row in frame.iterrows()
    )
    return Table(HEAD, rows, "<>>>>>")


CAVEAT = (
    "All designs use the same days of one share. How many of them call the return "
    "unusual describes what the conclusion hangs on; it is no further test."
)


def curve_text(view: CurveView) -> str:
    """The curve as plain text."""
    parts = [title(view), paragraph(sentence(view))]
    for name, table in tables(view):
        parts.append(f"By {name}\n{grid(table.head, table.rows, table.align)}")
    parts += [paragraph(words) for words in [*missing(view), CAVEAT]]
    return "\n\n".join(parts)


def curve_html(view: CurveView) -> str:
    """The curve as a fragment for a notebook; the figure is in it."""
    from eventstudy.report.html import data_uri, environment
    from eventstudy.report.plots._specifications import specifications_figure

    picture = data_uri(specifications_figure(view, headed=False).to_png(1.5))
    context = {
        "title": title(view),
        "sentence": sentence(view),
        "picture": picture,
        "alt": f"Effects of {title(view)}, by size. {sentence(view)}",
        "tables": tables(view),
        "notes": [*missing(view), CAVEAT],
    }
    return environment().get_template("curve.html.j2").render(context)
