"""Ranks and signs few enough to work by hand, for the golden examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eventstudy.inference._cross_section import CrossSection
from eventstudy.inference._events_by_hand import cross_section


def ranked(reducer: str, *events: Sequence[int]) -> CrossSection:
    """Events by their ranks on T days, the last of which is the window.

    Parameters
    ----------
    reducer : str
        Key of the reducer that found them.
    *events : sequences of T ints

    Returns
    -------
    CrossSection
    """
    scores = np.array(events) / (len(events[0]) + 1.0) - 0.5
    return _sample(reducer, {"rank": _days(scores), "most": float(len(events))}, scores)


def signed(reducer: str, *events: Sequence[int]) -> CrossSection:
    """Events by their signs about the median on T days; as :func:`ranked`."""
    scores = np.array(events, float)
    return _sample(reducer, {"sign": _days(scores)}, scores)


def generalised(
    ranks: Sequence[Sequence[int]], signs: Sequence[Sequence[int]]
) -> CrossSection:
    """Events by ranks and signs on M estimation days and, last, the artificial day."""
    n, total = np.shape(ranks)
    found = {
        "rank": np.mean(np.array(ranks) / (total + 1.0) - 0.5, axis=0),
        "sign": np.mean(np.array(signs, float), axis=0),
        "number": np.full(total, float(n)),
        "variance": n * (total - 1.0) / (12.0 * (total + 1.0)),
    }
    return _sample("generalised_rank_sums", found, np.array(ranks, float))


def _days(scores: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, Any]:
    z = scores.sum(axis=0) / np.sqrt(len(scores))
    return {"days": z, "window": z[-1:]}


def _sample(
    reducer: str,
    found: Mapping[str, Any],
    scores: np.ndarray[Any, np.dtype[np.float64]],
) -> CrossSection:
    # Any CARs that differ will do: they are in the ranks already.
    return cross_section([float(i) for i in range(len(scores))], sums={reducer: found})
