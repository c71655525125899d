"""The result of a study of many events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from eventstudy._typing import IntArray
from eventstudy._windows import Window, window_of
from eventstudy.design import Design
from eventstudy.errors import ArgumentError, NoDataError
from eventstudy.inference._base import CrossSection, find_test
from eventstudy.inference._headline_sample import sample_headline
from eventstudy.report.excel import study_workbook
from eventstudy.report.latex import study_table
from eventstudy.report.methods import study_section
from eventstudy.report.plots import study_draw
from eventstudy.report.study_html import study_card_html, study_page_html
from eventstudy.report.study_text import study_text
from eventstudy.results._documents import Documents
from eventstudy.results._output import Output
from eventstudy.results._saving import Saving
from eventstudy.results.effect import Effect
from eventstudy.results.significance import windows_frame
from eventstudy.results.study_cars import cars_frame
from eventstudy.results.study_comparisons import Comparisons
from eventstudy.results.study_origin import StudyOrigin
from eventstudy.results.study_passes import StudyPasses
from eventstudy.results.study_tables import (
    days_frame,
    events_frame,
    mean_effect,
    overlaps,
    sample_tests_frame,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from eventstudy.results.event_result import EventResult


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StudyResult(Output, Documents, Saving, Comparisons):
    """Abnormal returns of many events, their means, tests and comparisons.

    Built by :func:`eventstudy.study`.  Returns are decimals; NaN means that a value
    does not exist.  Other windows than those of the design, subsets and single events
    re-read the source; nothing needs to be kept for them.

    Parameters
    ----------
    design : Design
    excluded : DataFrame
        Events left out: index ``id``; ``ticker``, ``date``, ``reason`` in words.
    verdict : str
    warnings : tuple of str
    provenance : mapping
    """

    design: Design
    excluded: pd.DataFrame
    verdict: str
    warnings: tuple[str, ...]
    provenance: Mapping[str, Any]
    _columns: pd.DataFrame
    _passes: StudyPasses
    _origin: StudyOrigin
    _rows: IntArray
    _notes: tuple[str, ...]
    _again: Any

    def __len__(self) -> int:
        return len(self._passes.source.ids)

    @property
    def events(self) -> pd.DataFrame:
        """One row an event: estimates, CAR and SCAR per window, own columns."""
        windows = self.design.windows
        estimates = self._passes.estimates(windows)
        frame = events_frame(self._passes, estimates, windows)
        events = self._passes.source.events
        around = events.around(self.design.event_window)
        frame["overlaps"] = overlaps(*around, events.firm)
        own = self._columns.drop(columns=[*frame.columns, "id"], errors="ignore")
        return pd.concat([frame, own.set_axis(frame.index)], axis=1)

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        """Index event id, columns event day, decimals; NaN = no return."""
        estimates = self._passes.estimates(self.design.windows)
        window = self.design.event_window
        if estimates.abnormal_returns.shape[1] == 0:
            raise NoDataError(
                "keep", "summary", "abnormal returns were not kept", "Use keep='ar'."
            )
        days = pd.Index(np.arange(window.start, window.end + 1), name="event_day")
        index = pd.Index(self._passes.source.ids, name="id")
        values = np.empty_like(estimates.abnormal_returns)
        values[estimates.order] = estimates.abnormal_returns
        return pd.DataFrame(values, index, days, copy=False)

    @property
    def aar(self) -> pd.DataFrame:
        """Mean abnormal return of each event day, with interval and p-value."""
        days = self._days()
        self._passes.estimates([Window(day, day) for day in days])
        return days_frame((day, self.caar(day)) for day in days)

    @property
    def caar_path(self) -> pd.DataFrame:
        """CAAR from the first event day to each, with interval and p-value."""
        start = self.design.event_window.start
        days = self._days()
        self._passes.estimates([Window(start, day) for day in days])
        frame = days_frame((day, self.caar(start, day)) for day in days)
        return frame.rename(columns={"aar": "caar"})

    @property
    def windows(self) -> pd.DataFrame:
        """One row a reported window: its label and ends, and the fields of the CAAR."""
        return windows_frame((w, self.caar(w)) for w in self.design.windows)

    @property
    def clustering(self) -> pd.Series[float]:
        """How dependent the events of the headline window are.

        Returns
        -------
        Series
            ``r_bar`` (mean correlation of standardised effects, methods 4.7),
            ``overlapping_pairs`` (share of pairs whose windows share a day),
            ``date_clusters`` (components of overlapping windows), ``variance_ratio``
            of the window to the estimation days and its rank ``variance_p_value``.
        """
        sample = self.sample(self.design.windows[0])
        dates, variance = (sample.sums[k] for k in ("common_dates", "event_variance"))
        found = {
            "r_bar": dates["r_bar"],
            "overlapping_pairs": dates["overlapping_pairs"],
            "date_clusters": np.unique(sample.clusters).size,
            "variance_ratio": variance["ratio"],
            "variance_p_value": variance["p_value"],
        }
        return pd.Series(found, dtype=float, name="clustering")

    def caar(self, start: int | tuple[int, int] = 0, end: int | None = None) -> Effect:
        """Cumulative average abnormal return of a window.

        Parameters
        ----------
        start, end : int
            Nothing is day 0, one number that day, a pair is taken as it is.

        Returns
        -------
        Effect
            Mean CAR with the interval that allows for shared dates (methods 4.7b).
        """
        window = window_of(start, end, self.design.event_window)
        return mean_effect(self.sample(window), mean_label(window))

    def cars(
        self, start: int | tuple[int, int] = 0, end: int | None = None
    ) -> pd.DataFrame:
        """Every event's CAR of a window by itself.

        Parameters
        ----------
        start, end : int
            As in :meth:`caar`.

        Returns
        -------
        DataFrame
            Index the ids; ``ticker``, ``day0``, ``value``, ``std_error``, ``t``,
            ``df``, ``p_value``, ``ci_low``, ``ci_high``; adjusted for their number
            ``holm`` and ``benjamini_hochberg``; ``reason``, a code where there is no
            CAR.
        """
        window = window_of(start, end, self.design.event_window)
        return cars_frame(self._passes, window)

    def tests(
        self, start: int | tuple[int, int] = 0, end: int | None = None
    ) -> pd.DataFrame:
        """All significance tests of a window.

        Parameters
        ----------
        start, end : int
            As in :meth:`caar`.

        Returns
        -------
        DataFrame
            ``test``, ``statistic``, ``df``, ``p_value``, ``null`` (a sentence),
            ``valid``, ``reason`` (a code).
        """
        window = window_of(start, end, self.design.event_window)
        return sample_tests_frame(self.sample(window), self._passes.tests)

    def headline(
        self, start: int | tuple[int, int] = 0, end: int | None = None
    ) -> tuple[str, str]:
        """Keys of the headline test of a window and of the one that confirms it."""
        window = window_of(start, end, self.design.event_window)
        return sample_headline(self.sample(window))

    def test_name(self, key: str) -> str:
        """A test's key as people read it: ``Cross-sectional t``."""
        test = find_test(key)
        _, *options = test.key.split("|")
        return ", ".join([test.name, *(word.replace("_", " ") for word in options)])

    def sample(self, window: Window) -> CrossSection:
        """What the tests of a window read."""
        return self._passes.cross_section(window)

    def result(self, event_id: str) -> EventResult:
        """The full result of one event.

        Parameters
        ----------
        event_id : str
            From the index of ``events``.

        Raises
        ------
        ArgumentError
            When there is no such event.
        """
        ids = self._passes.source.ids
        if event_id not in ids:
            way_out = "Take an id from the index of .events."
            raise ArgumentError("event_id", event_id, "no event of the study", way_out)
        return self._origin.single(int(self._rows[ids.index(event_id)]))

    def __getitem__(self, which: Any) -> StudyResult:
        """The study of some of its events: a mask, ids, or a slice of rows."""
        chosen = self._positions(which)
        subset: StudyResult = self._again(chosen)
        return subset

    def to_frame(self) -> pd.DataFrame:
        """One row an event; the same as ``events``."""
        return self.events

    def to_dict(self) -> dict[str, Any]:
        """All numbers and words of the study by name, raw."""
        headline = self.design.windows[0]
        return {
            "design": repr(self.design),
            "n_events": len(self),
            "confidence": self.design.confidence,
            "events": self.events.reset_index(),
            "excluded": self.excluded.reset_index(),
            "windows": self.windows,
            "tests": self.tests(headline),
            "verdict": self.verdict,
            "warnings": list(self.warnings),
            "provenance": dict(self.provenance),
        }

    def _text(self) -> str:
        return study_text(self)

    def _card(self) -> str:
        return study_card_html(self)

    def _page(self) -> str:
        return study_page_html(self)

    def _files(self) -> Mapping[str, str | bytes]:
        from eventstudy.results.saved_study import files_of_study

        return files_of_study(self)

    def _workbook(self) -> bytes:
        return study_workbook(self)

    def _table(self) -> str:
        return study_table(self)

    def _methods(self) -> list[str]:
        return study_section(self)

    def _draw(self, kind: str, ax: Axes | None, preset: str) -> Figure | Axes:
        return study_draw(self, kind, ax, preset)

    def _days(self) -> range:
        window = self.design.event_window
        return range(window.start, window.end + 1)

    def _positions(self, which: Any) -> list[int]:
        index = pd.Series(range(len(self)), list(self._passes.source.ids))
        try:
            if isinstance(which, slice):
                return list(index.iloc[which])
            values = which.to_numpy() if hasattr(which, "to_numpy") else which
            picked = [values] if isinstance(values, str) else np.asarray(values)
            chosen = index.loc[picked]
        except (KeyError, IndexError) as error:
            raise ArgumentError(
                "events", which, f"not a mask of the events, and no ids ({error})",
                "Use s[s.events.column == value] or s[['id', ...]].",
            ) from None  # fmt: skip
        return list(chosen)


def mean_label(window: Window) -> str:
    """``AAR(0)`` for a day, ``CAAR[-1,+1]`` for more."""
    if window.days == 1:
        return f"AAR({window.label[1:-1].partition(',')[0]})"
    return f"CAAR{window.label}"
