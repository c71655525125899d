"""Attributes of events as groups and as columns of a regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.errors import ArgumentError

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult

MOST_GROUPS = 50


def attribute(study: StudyResult, column: str) -> pd.Series:
    """A column of ``study.events``; refused where there is none of that name."""
    events = study.events
    if column not in events.columns:
        raise ArgumentError(
            "column", column, f"not a column of the events: {list(events.columns)}",
            "Take one of these, or add it to the table of events.",
        )  # fmt: skip
    found: pd.Series = events[column]
    return found


def group_members(study: StudyResult, column: str) -> dict[object, BoolArray]:
    """Which events, (N,) each, have each value of a column, in order of appearance.

    Events without a value are in no group.
    """
    values = attribute(study, column)
    if isinstance(values.dtype, pd.CategoricalDtype):
        present = set(values.dropna())
        names = [name for name in values.cat.categories if name in present]
    else:
        names = list(pd.unique(values.dropna()))
    if not names or len(names) > MOST_GROUPS:
        raise ArgumentError(
            "column", column, f"it has {len(names)} different values",
            f"Take one with 1 to {MOST_GROUPS}; pd.qcut makes groups of a number.",
        )  # fmt: skip
    return {name: (values == name).to_numpy(bool, na_value=False) for name in names}


@dataclass(frozen=True, slots=True, eq=False)
class Regressors:
    """The rows of a regression across events.

    Parameters
    ----------
    names : tuple of str
        Of the p columns, the constant first.
    z : ndarray of shape (n, p)
    used : ndarray of int, shape (n,)
        Positions of their events among those asked for.
    notes : tuple of str
    """

    names: tuple[str, ...]
    z: FloatArray
    used: IntArray
    notes: tuple[str, ...]


def regressors(
    study: StudyResult, columns: Sequence[str], events: IntArray
) -> Regressors:
    """Numbers as they are, categories as dummies against their first value.

    Parameters
    ----------
    study : StudyResult
    columns : sequence of str
    events : ndarray of int, shape (n,)
        Positions of the events in the caller's order.

    Returns
    -------
    Regressors
        Without the events that lack a value.
    """
    parts, notes = [], []
    for column in columns:
        values = attribute(study, column).iloc[events]
        if _is_number(values):
            parts.append(values.astype(float).rename(column))
        else:
            dummies, base = _dummies(column, values)
            parts += dummies
            notes.append(f"{column} is compared with {base}")
    frame = (
        pd.concat(parts, axis=1) if parts else pd.DataFrame(index=range(len(events)))
    )
    z = frame.to_numpy(float)
    known = np.isfinite(z).all(axis=1)
    if not known.all():
        missing = [
            str(c) for c in frame if not np.isfinite(frame[c].to_numpy(float)).all()
        ]
        words = f"{(~known).sum()} of {known.size} events lack {', '.join(missing)}"
        notes.append(f"{words} and are left out")
    z = np.column_stack([np.ones(len(z)), z])[known]
    return Regressors(
        ("constant", *map(str, frame.columns)), z, np.flatnonzero(known), tuple(notes)
    )


def _is_number(values: pd.Series) -> bool:
    kind = pd.api.types
    if kind.is_datetime64_any_dtype(values.dtype):
        raise ArgumentError(
            "columns", values.name, "a date is no number and no group",
            "Add a column of numbers made from it.",
        )  # fmt: skip
    return bool(kind.is_numeric_dtype(values.dtype))


def _dummies(column: str, values: pd.Series) -> tuple[list[pd.Series], object]:
    """One column for each value but the first in order; NaN where there is none."""
    names = sorted(pd.unique(values.dropna()), key=str)
    if not 2 <= len(names) <= MOST_GROUPS:
        raise ArgumentError(
            "columns", column, f"it has {len(names)} different values",
            f"Take one with 2 to {MOST_GROUPS} values, or a number.",
        )  # fmt: skip
    missing = values.isna()
    return [
        (values == name).astype(float).mask(missing).rename(f"{column}[{name}]")
        for name in names[1:]
    ], names[0]
