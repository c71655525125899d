"""P-values of several windows or groups at once, adjusted for their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from eventstudy._typing import FloatArray, IntArray
from eventstudy._windows import Window
from eventstudy.core.date_clusters import date_clusters
from eventstudy.core.drawn_sums import of_events
from eventstudy.core.multiple import benjamini_hochberg, holm, romano_wolf
from eventstudy.core.resampling import cluster_weights, event_weights, one_draw
from eventstudy.inference._base import CrossSection
from eventstudy.inference._dependence import widening

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult

DRAWS = 1999
FEWEST_CLUSTERS = 6


def with_adjusted(
    study: StudyResult, frame: pd.DataFrame, windows: Sequence[Window]
) -> pd.DataFrame:
    """A table with one row a window of a study, its p-values adjusted beside it.

    Parameters
    ----------
    study : StudyResult
    frame : DataFrame
        ``p_value`` as of :meth:`StudyResult.caar`, rows in the order of ``windows``.
    windows : sequence of Window

    Returns
    -------
    DataFrame
        With ``holm``, ``benjamini_hochberg`` and ``romano_wolf`` (methods 5.3): the
        family is all rows.
    """
    samples = [study.sample(window) for window in windows]
    values = [study._passes.per_event(window)[0] for window in windows]
    drawn = joint_p_values(study, np.column_stack(values), samples, windows)
    return with_columns(frame, drawn)


def with_columns(frame: pd.DataFrame, drawn: FloatArray) -> pd.DataFrame:
    """The three adjusted p-values beside the one of each row."""
    p = frame["p_value"].to_numpy(float)
    return frame.assign(
        holm=holm(p), benjamini_hochberg=benjamini_hochberg(p), romano_wolf=drawn
    )


def joint_p_values(
    study: StudyResult,
    values: FloatArray,
    samples: Sequence[CrossSection],
    windows: Sequence[Window],
) -> FloatArray:
    """Romano and Wolf's p-values from a wild bootstrap that all columns share.

    The statistics are the t of ``cross_sectional_adjusted``.  Events whose windows
    overlap keep one sign, so that their dependence is in the draws.

    Parameters
    ----------
    study : StudyResult
    values : ndarray of shape (N, K)
        CARs, events in the caller's order; NaN = not in the sample of a column.
    samples : sequence of K CrossSection
        Whose correlation scales the t of a column.
    windows : sequence of Window
        Of the columns; any order and number.

    Returns
    -------
    ndarray of shape (K,)
        NaN without a t, or where windows overlap and a column has fewer than six
        clusters of them.
    """
    first = min(window.start for window in windows)
    last = max(window.end for window in windows)
    source = study._passes.source
    cluster = date_clusters(source.events.day0, last - first + 1)
    size = np.bincount(cluster)
    stream = samples[0].stream("romano_wolf")
    apart = size.size == len(values)
    if not apart and size.size < FEWEST_CLUSTERS:
        return np.full(values.shape[1], np.nan)
    if apart:
        cluster = np.argsort(np.argsort(np.asarray(source.ids), kind="stable"))
        weights = event_weights(size.size, stream, DRAWS)
    else:
        weights = cluster_weights(size, stream, DRAWS)
    least = 2 if apart else FEWEST_CLUSTERS
    scale = np.array([_scale(sample) for sample in samples])
    scale[_clusters_of(values, cluster) < least] = np.nan
    observed = scale * of_events(values, one_draw(len(values))).t[0]
    drawn = scale * of_events(values, weights, cluster).t
    return romano_wolf(observed, drawn, complete=weights.complete)


def _clusters_of(values: FloatArray, cluster: IntArray) -> IntArray:
    """Clusters with a value in each column, (K,)."""
    known = np.isfinite(values)
    return np.array([np.unique(cluster[inside]).size for inside in known.T])


def _scale(sample: CrossSection) -> float:
    """The adjusted t over the plain one; NaN where it does not exist."""
    factor, reason = widening(sample, "r_c")
    if reason or sample.n_events < 2:
        return float("nan")
    return float(np.sqrt((1.0 - sample.sums["common_dates"]["r_c"]) / factor))
