"""A study read once: each table is asked for at its first use, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from eventstudy.report.study_view import MeanEffectView, StudyDesignView, StudyView


class Snapshot:
    """What the reports say of a study, computed no more than once.

    Parameters
    ----------
    view : StudyView
    """

    def __init__(self, view: StudyView) -> None:
        self._view = view
        self.design: StudyDesignView = view.design
        self.verdict: str = view.verdict
        self.warnings: tuple[str, ...] = view.warnings
        self.provenance: Mapping[str, Any] = view.provenance
        start, end = view.design.windows[0]
        self.window: tuple[int, int] = (start, end)

    def __len__(self) -> int:
        return len(self._view)

    @cached_property
    def events(self) -> pd.DataFrame:
        """As of the study."""
        return self._view.events

    @cached_property
    def excluded(self) -> pd.DataFrame:
        """As of the study."""
        return self._view.excluded

    @cached_property
    def abnormal_returns(self) -> pd.DataFrame:
        """As of the study."""
        return self._view.abnormal_returns

    @cached_property
    def aar(self) -> pd.DataFrame:
        """As of the study."""
        return self._view.aar

    @cached_property
    def caar_path(self) -> pd.DataFrame:
        """As of the study."""
        return self._view.caar_path

    @cached_property
    def windows(self) -> pd.DataFrame:
        """As of the study."""
        return self._view.windows

    @cached_property
    def effect(self) -> MeanEffectView:
        """The mean of the headline window."""
        return self._view.caar(*self.window)

    @cached_property
    def cars(self) -> pd.DataFrame:
        """Every event's CAR of the headline window with its interval."""
        return self._view.cars(*self.window)

    @property
    def car(self) -> pd.Series:
        """The CARs of the headline window that exist."""
        return self.cars["value"].dropna()

    @cached_property
    def tests(self) -> pd.DataFrame:
        """Tests of the headline window: the two of the verdict, the valid, the rest."""
        frame = self._view.tests(*self.window).reset_index(drop=True)
        rank = {key: place for place, key in enumerate(self.headline_keys) if key}
        missing = frame["statistic"].isna()
        order = frame["test"].map(rank).fillna(2 + ~frame["valid"] + missing)
        return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)

    def cars_of(self, start: int, end: int) -> pd.DataFrame:
        """Every event's CAR of another window."""
        return self._view.cars(start, end)

    def tests_of(self, start: int, end: int) -> pd.DataFrame:
        """Tests of another window, in the order of the study."""
        return self._view.tests(start, end)

    @cached_property
    def headline_keys(self) -> tuple[str, str]:
        """Keys of the headline test and of the confirming one; may be empty."""
        return self._view.headline(*self.window)

    @property
    def headline_row(self) -> Mapping[str, Any] | None:
        """The headline test applied; None where there is none."""
        return self._test(self.headline_keys[0])

    @property
    def confirming_row(self) -> Mapping[str, Any] | None:
        """The confirming test applied; None where there is none."""
        return self._test(self.headline_keys[1])

    def test_name(self, key: str) -> str:
        """A test's key as people read it."""
        return self._view.test_name(key)

    def test_reference(self, key: str) -> str:
        """Author, year and journal of a test."""
        return self._view.test_reference(key)

    def _test(self, key: str) -> Mapping[str, Any] | None:
        rows = self.tests[self.tests["test"] == key].to_dict(orient="records")
        return rows[0] if rows else None  # type: ignore[return-value]


def snapshot(view: StudyView | Snapshot) -> Snapshot:
    """Read a study once; what has been read already is handed back."""
    return view if isinstance(view, Snapshot) else Snapshot(view)
