"""Which tests are shown for one event, and which of them carries the verdict."""

from __future__ import annotations

import numpy as np

from eventstudy.core.pvalues import attainable
from eventstudy.inference._base import TESTS, Sample, Test
from eventstudy.inference._placebo_runs import ENOUGH_WINDOWS

ORDER = (
    "exact_t",
    "sq",
    "placebo",
    "serial_t",
    "bootstrap",
    "chebyshev",
    "joint_f",
    "squares_placebo",
    "naive",
)
# On one day they repeat another test of the list: sq, sq, exact t and sq.
REPEATED_ON_ONE_DAY = ("placebo", "joint_f", "squares_placebo")
ONLY_ON_ONE_DAY = ("sq", "chebyshev|exchangeable")
SHORT_WINDOW = 5


def single_event_tests(window: tuple[int, int] | None = None) -> tuple[Test, ...]:
    """The tests of one event in the order in which they are shown.

    Parameters
    ----------
    window : tuple of int, optional
        Leaves out what does not exist for it, and what repeats another test on one
        day.  Without it: all.

    Returns
    -------
    tuple of Test
        Registered variants stand behind their test.
    """
    known = [test for test in TESTS.values() if test.kind == "single"]
    place = {key: number for number, key in enumerate(ORDER)}
    ordered = sorted(known, key=lambda test: place.get(test.key, len(place)))
    shown = [
        version
        for test in ordered
        for version in (test, *(test.using(**options) for options in test.variants))
    ]
    if window is None:
        return tuple(shown)
    if window[0] != window[1]:
        return tuple(test for test in shown if test.key not in ONLY_ON_ONE_DAY)
    return tuple(
        test for test in shown if test.key.partition("|")[0] not in REPEATED_ON_ONE_DAY
    )


def headline(sample: Sample, event: int = 0) -> tuple[str, str]:
    """The test that carries the verdict of one event, and the one that confirms it.

    Fixed by the design before a result is seen (methods 9): the exact t, confirmed
    on a day by the sample-quantile test, in a window of up to five days by
    overlapping placebo windows, in a longer one by separate placebo windows; by
    none where these cannot hold their level.

    Parameters
    ----------
    sample : Sample
        Reads the window, its days, the estimation days and the level; no return.
    event : int
        Position of the event.

    Returns
    -------
    headline, confirming : str
        Keys; ``confirming`` is empty where the exact t stands alone.
    """
    days, rows = int(sample.n_estimation[event]), max(int(sample.n_rows[event]), 1)
    if sample.one_day:
        confirming = "sq" if attainable(np.asarray(days), sample.level) else ""
    elif rows <= SHORT_WINDOW and days >= ENOUGH_WINDOWS * rows:
        confirming = "placebo"
    else:
        enough = attainable(np.asarray(days // rows), sample.level)
        confirming = "placebo|non_overlapping" if enough else ""
    return "exact_t", confirming
