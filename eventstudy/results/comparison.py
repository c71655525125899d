"""Several events beside each other: one table and small multiples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from eventstudy._windows import Window
from eventstudy.report.comparison_files import comparison_table, comparison_workbook
from eventstudy.report.comparison_html import comparison_card, comparison_page
from eventstudy.report.comparison_text import comparison_text
from eventstudy.results._documents import Tables
from eventstudy.results._output import Output
from eventstudy.results.event_result import EventResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison(Output, Tables):
    """Results of several events, or of one event in several designs, side by side.

    Built by :func:`eventstudy.compare`.  Nothing is estimated anew.

    Parameters
    ----------
    results : tuple of EventResult
        In the caller's order.
    ids : tuple of str
        Ticker and day 0 of each; a repeated one ends with ``-2``, ``-3``, ...
    window : tuple of int
        Whose abnormal return is compared.
    notes : tuple of str
        How the results differ in design, which share days.
    labels : tuple of str
        What each is of: ticker and day 0 in words.
    designs : tuple of str
        What sets the design of each apart, in words; empty if nothing does.
    """

    results: tuple[EventResult, ...]
    ids: tuple[str, ...]
    window: Window
    notes: tuple[str, ...]
    labels: tuple[str, ...]
    designs: tuple[str, ...]
    _rows: pd.DataFrame

    def __len__(self) -> int:
        return len(self.results)

    @property
    def table(self) -> pd.DataFrame:
        """A row a result, in the caller's order; built anew at each access.

        ``id``, ``ticker``, ``date`` (as asked), ``day0``, ``headline``, the settings
        (``model``, ``market``, ``industry``, ``return_kind``, ``estimation_window``,
        ``event_window``, ``missing``) as words, ``window``, ``start``, ``end``, the
        fields of the :class:`eventstudy.Effect` in decimals, ``holm`` (the p-value
        adjusted for the number of results) and ``unusual`` (whether the exact t test
        rejects at the level of the result).  NaN = it does not exist; ``reason``
        says why.
        """
        return self._rows.copy()

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        """Event windows day by day, below each other; ``id`` says whose days."""
        frames = [
            result.abnormal_returns.reset_index().assign(id=key)
            for key, result in zip(self.ids, self.results, strict=True)
        ]
        whole = pd.concat(frames, ignore_index=True)
        return whole[["id", *whole.columns.drop("id")]]

    @property
    def code(self) -> str:
        """The line of Python that makes it again; an event given whole is named."""
        calls = ", ".join(map(_call, self.results))
        return f"es.compare([{calls}], window={tuple(self.window)})"

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Where the data are from, by ``id/role``."""
        return {
            f"{key}/{role}": facts
            for key, result in zip(self.ids, self.results, strict=True)
            for role, facts in result.provenance.items()
        }

    def to_frame(self) -> pd.DataFrame:
        """The table: a row a result."""
        return self.table

    def to_dict(self) -> dict[str, Any]:
        """All numbers and words by name, raw."""
        return {
            "window": list(self.window),
            "table": self.table,
            "abnormal_returns": self.abnormal_returns,
            "notes": list(self.notes),
            "code": self.code,
            "provenance": dict(self.provenance),
        }

    def _text(self) -> str:
        return comparison_text(self)

    def _card(self) -> str:
        return comparison_card(self)

    def _page(self) -> str:
        return comparison_page(self)

    def _workbook(self) -> bytes:
        return comparison_workbook(self)

    def _table(self) -> str:
        return comparison_table(self)

    def _draw(self, kind: str, ax: Axes | None, preset: str) -> Figure | Axes:
        from eventstudy.report.plots._comparisons import draw_comparison

        return draw_comparison(self, kind, ax, preset)


def _call(result: EventResult) -> str:
    """The call of a result, with ticker and day 0 where an event was passed whole."""
    subject = f"es.analyze({result.ticker!r}, {result.day0.date().isoformat()!r}"
    call = repr(result.design)
    return re.sub(r"^es\.analyze\(event(?=[,)])", lambda _: subject, call)
