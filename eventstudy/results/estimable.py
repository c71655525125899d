"""Refusing an event that cannot be estimated, before anything is said of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from eventstudy.core.abnormal import Fit, is_collinear
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.errors import CollinearFactorsError, InsufficientDataError
from eventstudy.models._base import coefficient_names

NAMED_WEIGHT = 0.1


def require_estimable(fit: Fit, source: Source, design: Design) -> None:
    """Refuse an event whose model cannot be estimated.

    Raises
    ------
    InsufficientDataError
        Too few valid estimation days, or no valid return in the event window.
    CollinearFactorsError
        Regressors of which one is a combination of the others, by name.
    """
    found, needed = int(fit.n_estimation[0]), design.min_estimation
    ticker, window = source.tickers[0], tuple(design.estimation_window)
    if found < needed:
        day0 = pd.Timestamp(source.dates[source.events.day0[0]]).date()
        raise InsufficientDataError(
            "estimation_window",
            window,
            f"needs {needed} valid days before {day0}, and {ticker} has {found}",
            "Choose a later event or a longer window, or lower min_estimation=.",
        )
    if is_collinear(fit.condition)[0]:
        names = coefficient_names(design.model)
        weights = np.abs(fit.weakest[0])
        culprits = [n for n, w in zip(names, weights, strict=True) if w > NAMED_WEIGHT]
        raise CollinearFactorsError(
            "model",
            design.model.key,
            "in the estimation window these are combinations of each other: "
            f"{', '.join(culprits)}",
            "Leave one of them out.",
        )
    if not (fit.spans[0] > 0).any():
        raise InsufficientDataError(
            "event_window",
            tuple(design.event_window),
            f"{ticker} has no valid return in it",
            "Check the date and the prices around it.",
        )
