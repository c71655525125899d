"""The passes over a study's events, kept for the windows that were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eventstudy._typing import IntArray
from eventstudy._windows import Window
from eventstudy.design import Design
from eventstudy.engine import Prepared, Source, prepare
from eventstudy.inference._base import TESTS, CrossSection, Test
from eventstudy.passes import (
    Estimates,
    Executor,
    Progress,
    cross_section,
    first_pass,
    residual_pass,
)

# What interval, headline and warnings need, whichever tests are shown.
ALWAYS_READ = ("common_dates", "placebo_shifts", "event_variance", "residual_moments")

Sums = dict[str, list[Mapping[str, Any]]]


def sample_tests(tests: Sequence[Test] | None) -> tuple[Test, ...]:
    """The tests of many events among those asked for, or all of them.

    Registered variants stand behind their test.
    """
    if tests is not None:
        return tuple(test for test in tests if test.kind == "sample")
    known = [test for test in TESTS.values() if test.kind == "sample"]
    return tuple(
        version
        for test in known
        for version in (test, *(test.using(**options) for options in test.variants))
    )


def ranks_of(ids: Sequence[str]) -> IntArray:
    """The rank of each name in the order of their characters, (N,)."""
    try:
        names = np.array(ids, "S")
    except UnicodeEncodeError:
        order = np.argsort(np.array(ids), kind="stable")
    else:
        # Eight characters at a time as one number, in the order of bytes.
        width = max(-(-names.dtype.itemsize // 8), 1)
        words = names.astype(f"S{8 * width}").view(">u8").reshape(-1, width)
        order = np.lexsort(words.T[::-1])
    rank = np.empty(len(ids), int)
    rank[order] = np.arange(len(ids))
    return rank


class StudyPasses:
    """Runs the passes for windows, and remembers what they came to.

    Parameters
    ----------
    source : Source
        N events in the caller's order.
    design : Design
    executor : Executor, optional
    progress : Progress, optional
    keep_ar : bool
        Keep the abnormal returns of the event windows.
    known : tuple of Prepared and Estimates, optional
        The first pass over these events, which then need not run for the windows of
        the design.
    """

    def __init__(
        self,
        source: Source,
        design: Design,
        executor: Executor | None = None,
        progress: Progress | None = None,
        *,
        keep_ar: bool = True,
        known: tuple[Prepared, Estimates] | None = None,
    ) -> None:
        self.source, self.design = source, design
        self._executor, self._progress, self._keep_ar = executor, progress, keep_ar
        self.prepared: Prepared = (
            known[0] if known else prepare(source.panel, source.events, design)
        )
        self._first = known[1] if known else None
        self.tests = sample_tests(design.tests)
        self._known: dict[Window, tuple[Estimates, Sums, int]] = {}
        self._id_rank = ranks_of(source.ids)

    @property
    def keeps_ar(self) -> bool:
        """Whether the abnormal returns of the event windows are kept."""
        return self._keep_ar

    def run(self, windows: Sequence[Window]) -> Estimates:
        """Both passes for some windows; the estimates of all events."""
        estimates = self._estimated(windows)
        reads = [key for test in self.tests for key in test.reads]
        reads += ALWAYS_READ
        sums = residual_pass(
            self.prepared, self.design, estimates, reads, executor=self._executor,
            progress=self._progress,
        )  # fmt: skip
        for number, window in enumerate(windows):
            self._known[window] = (estimates, sums, number)
        return estimates

    def _estimated(self, windows: Sequence[Window]) -> Estimates:
        """The first pass for some windows."""
        known = self._first
        if known is not None and known.first.windows == tuple(map(tuple, windows)):
            return known
        return first_pass(
            self.prepared, self.design, windows, keep_ar=self._keep_ar,
            executor=self._executor, progress=self._progress,
        )  # fmt: skip

    def estimates(self, windows: Sequence[Window]) -> Estimates:
        """The estimates of all events; the passes run for windows not yet known."""
        new = [window for window in windows if window not in self._known]
        if new:
            self.run(new)
        return self._known[windows[0]][0]

    def cross_section(self, window: Window) -> CrossSection:
        """What the tests of a window read; the passes run if they have not."""
        if window not in self._known:
            self.run([window])
        estimates, sums, number = self._known[window]
        rank = self._id_rank[estimates.order]
        return cross_section(estimates, sums, rank, self.design, number)

    def members(self, window: Window) -> IntArray:
        """Positions, in the caller's order, of the events of a cross-section."""
        if window not in self._known:
            self.run([window])
        estimates, _, number = self._known[window]
        return np.asarray(estimates.order[estimates.first.member[number]])

    def n_rows(self, window: Window) -> IntArray:
        """Abnormal returns of each event in a window, (N,) in the caller's order."""
        estimates = self.estimates([window])
        _, _, number = self._known[window]
        rows = np.empty(len(self.source.ids), int)
        rows[estimates.order] = estimates.first.n_rows[number]
        return rows

    def per_event(self, window: Window) -> tuple[Any, Any]:
        """CAR and its variance, (N,) each in the caller's order; NaN = not a member."""
        if window not in self._known:
            self.run([window])
        estimates, _, number = self._known[window]
        car, variance = np.empty((2, len(self.source.ids)))
        car[estimates.order] = estimates.first.car[number]
        variance[estimates.order] = estimates.first.variance[number]
        return car, variance
