"""Putting a study together: passes, verdict, warnings, and the ways back to events."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy.design import Design
from eventstudy.engine import Prepared, Source
from eventstudy.passes import Estimates, Executor, Progress
from eventstudy.results.study_origin import StudyOrigin
from eventstudy.results.study_passes import StudyPasses
from eventstudy.results.study_result import StudyResult
from eventstudy.results.study_verdict import study_facts, study_verdict, study_warnings


def assemble_study(  # noqa: PLR0913 - the parts of a study in one place
    design: Design,
    columns: pd.DataFrame,
    source: Source,
    rows: IntArray,
    excluded: pd.DataFrame,
    origin: StudyOrigin,
    provenance: Mapping[str, Any],
    notes: Sequence[str],
    executor: Executor | None,
    progress: Progress | None,
    keep: str,
    known: tuple[Prepared, Estimates] | None = None,
) -> StudyResult:
    """Run the passes and say what they came to.

    Parameters
    ----------
    design : Design
    columns : DataFrame
        The caller's table, a row an event, whether it stays or not.
    source : Source
        The events that stay.
    rows : ndarray of int, shape (N,)
        Their rows in the table.
    excluded : DataFrame
    origin : StudyOrigin
        How a row of the table becomes a result of its own.
    provenance : mapping
    notes : sequence of str
        On the data.
    executor, progress
        As for :func:`eventstudy.passes.first_pass`.
    keep : {"ar", "summary"}
    known : tuple of Prepared and Estimates, optional
        The first pass over these events for the windows of the design, if it was made.

    Returns
    -------
    StudyResult
    """
    passes = StudyPasses(
        source, design, executor, progress, keep_ar=keep == "ar", known=known
    )
    passes.run(design.windows)
    result = StudyResult(
        design=design,
        excluded=excluded,
        verdict="",
        warnings=(),
        provenance=provenance,
        _columns=_of_rows(columns, rows).set_axis(list(source.ids)),
        _passes=passes,
        _origin=origin,
        _rows=rows,
        _notes=tuple(notes),
        _again=lambda chosen: assemble_study(
            design, columns, subset(source, chosen), rows[chosen], excluded, origin,
            provenance, notes, executor, progress, keep,
        ),
    )  # fmt: skip
    facts = study_facts(result)
    return dataclasses.replace(
        result, verdict=study_verdict(facts), warnings=study_warnings(facts, notes)
    )


def _of_rows(columns: pd.DataFrame, rows: IntArray) -> pd.DataFrame:
    """Some rows of the table; nothing is copied where they are all of it."""
    every = np.array_equal(rows, np.arange(len(columns)))
    return columns if every else columns.iloc[rows]


def subset(source: Source, chosen: Sequence[int]) -> Source:
    """The same panel with some of its events."""
    index = np.asarray(chosen, int)
    ids = tuple(source.ids[i] for i in index)
    events = source.events.take(index)
    return dataclasses.replace(source, events=events, ids=ids)
