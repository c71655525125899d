"""What the reports read of a study of many events, so that they need to know none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd

from eventstudy.report._base import DesignView, Tested


class ModelFacts(Protocol):
    """The expected-return model, which every event estimates for itself."""

    @property
    def key(self) -> str:
        """By which users name it."""

    @property
    def name(self) -> str:
        """As people read it."""

    @property
    def reference(self) -> str:
        """Author, year, journal; empty if there is none."""


class StudyDesignView(DesignView, Protocol):
    """How the events were looked at; its ``repr`` is the reproducing line of Python."""

    @property
    def model(self) -> ModelFacts:
        """The expected-return model."""

    @property
    def confidence(self) -> float:
        """Level of every interval."""


class MeanEffectView(Protocol):
    """A mean over events with its uncertainty, as ``Effect``."""

    @property
    def value(self) -> float:
        """Decimal; NaN = it does not exist."""

    @property
    def std_error(self) -> float:
        """Decimal; NaN below two events."""

    @property
    def ci_low(self) -> float:
        """Lower end of the interval."""

    @property
    def ci_high(self) -> float:
        """Upper end of the interval."""

    @property
    def n(self) -> int:
        """Events behind the value."""

    @property
    def reason(self) -> str:
        """Why something is missing, a code; empty otherwise."""


class StudyView(Tested, Protocol):
    """The result of a study, as far as it is shown.

    Frames hold decimals and NaN where a value does not exist; days count from day 0.
    """

    def __len__(self) -> int:
        """Events studied."""

    @property
    def design(self) -> StudyDesignView:
        """The settings."""

    @property
    def events(self) -> pd.DataFrame:
        """A row an event: ticker, day0, n_estimation, ..., the caller's columns."""

    @property
    def excluded(self) -> pd.DataFrame:
        """The events left out: ticker, date, reason in words."""

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        """A row an event, a column a day."""

    @property
    def aar(self) -> pd.DataFrame:
        """By ``event_day``: aar and the other fields of its effect."""

    @property
    def caar_path(self) -> pd.DataFrame:
        """By ``event_day``: caar from the first day on, and its effect's fields."""

    @property
    def windows(self) -> pd.DataFrame:
        """A row a window: window, start, end, and the fields of its effect."""

    @property
    def verdict(self) -> str:
        """What the numbers say, in plain words."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know before using them."""

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Where the data are from, by role."""

    def caar(self, start: int = 0, end: int | None = None) -> MeanEffectView:
        """Mean cumulative abnormal return of a window."""

    def cars(self, start: int = 0, end: int | None = None) -> pd.DataFrame:
        """A row an event: ticker, day0, value, t, ci_low, ci_high, holm, ..."""

    def tests(self, start: int = 0, end: int | None = None) -> pd.DataFrame:
        """A row a test: test, statistic, df, p_value, null, valid, reason."""

    def headline(self, start: int = 0, end: int | None = None) -> tuple[str, str]:
        """Keys of the headline test and of the confirming one; may be empty."""

    def test_name(self, key: str) -> str:
        """A test's key as people read it."""
