"""Estimation days that a study leaves out because they belong to other events."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eventstudy.design import Design
from eventstudy.engine import Source

NAMED = 3


def masked_note(source: Source, design: Design) -> tuple[str, ...]:
    """Say which returns of the first event's estimation window are not used.

    Parameters
    ----------
    source : Source
        With the returns that may be estimated on; all by default.
    design : Design

    Returns
    -------
    tuple of str
        One sentence at most.
    """
    allowed = source.panel.estimable
    if allowed is None:
        return ()
    day0, window = int(source.events.day0[0]), design.estimation_window
    first, end = max(day0 + window.start, 0), max(day0 + window.end + 1, 0)
    masked = first + np.flatnonzero(~allowed[source.events.firm[0]][first:end])
    if not masked.size:
        return ()
    runs = np.split(masked, np.flatnonzero(np.diff(masked) > 1) + 1)
    days = pd.DatetimeIndex(source.dates)
    said = [f"{days[run[0]].date()} to {days[run[-1]].date()}" for run in runs]
    more = f" and {len(said) - NAMED} more times" if len(said) > NAMED else ""
    words = (
        f"{masked.size} returns of the estimation window are not used, because they "
        "lie in the event windows of other events of the firm in the study "
        f"(overlaps='mask'): {', '.join(said[:NAMED])}{more}. One event by itself "
        "does not know of the others, so the line that reproduces the result is that "
        "of the study."
    )
    return (words,)
