"""What a timeline shows of each event: date, size, kind, and whether it is unusual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.report._study_snapshot import Snapshot
from eventstudy.report.plots._study_calendar import days_of

COLUMN = "category"
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Marks:
    """The events with an abnormal return, in the order of the study.

    Parameters
    ----------
    days, value : ndarray of shape (n,)
        Dates as numbers of days; decimals.
    row : ndarray of shape (n,)
        Into ``kinds``.
    kinds : list of str
        The one with the most events first.
    unusual, overlaps : ndarray of shape (n,)
        After the adjustment for all events; whether event windows overlap.
    said : list of str
        What each is called.
    """

    days: FloatArray
    value: FloatArray
    row: IntArray
    kinds: list[str]
    unusual: BoolArray
    overlaps: BoolArray
    said: list[str]

    def count(self, chosen: BoolArray | None = None) -> IntArray:
        """Events of each kind, (K,)."""
        row = self.row if chosen is None else self.row[chosen]
        return np.bincount(row, minlength=len(self.kinds))


def marks_of(view: Snapshot) -> Marks:
    """What is drawn of a study."""
    cars, events = view.cars.dropna(subset=["value"]), view.events
    events = events.loc[cars.index]
    kind = _kinds(events)
    counted = kind.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    kinds = list(counted.index)
    said = events.get("headline", pd.Series(index=events.index, dtype=object))
    names = [
        text if isinstance(text, str) and text else str(name)
        for name, text in said.items()
    ]
    overlaps = events.get("overlaps", pd.Series(False, events.index))
    level = 1.0 - view.design.confidence
    return Marks(
        days_of(cars["day0"]), cars["value"].to_numpy(float),
        pd.Index(kinds).get_indexer(kind), [_spaced(name) for name in kinds],
        (cars["holm"] < level).to_numpy(), overlaps.to_numpy(bool), names,
    )  # fmt: skip


def _kinds(events: pd.DataFrame) -> pd.Series:
    """The row of each event; beyond the most that fit, the rarest are one."""
    firms = events["ticker"].astype(str)
    few = 1 < firms.nunique() <= MOST_ROWS
    alone = firms if few else pd.Series("all events", events.index)
    kind = _said(events[COLUMN]) if COLUMN in events else alone
    counted = kind.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    rare = counted.index[MOST_ROWS - 1 :]
    return kind if len(counted) <= MOST_ROWS else kind.mask(kind.isin(rare), "others")


def _said(column: pd.Series) -> pd.Series:
    """Categories in words, of whatever type they are."""
    return column.astype(object).where(column.notna(), "not said").astype(str)


def _spaced(name: str) -> str:
    return name.replace("_", " ")
