"""What the reports read of a result, so that they need to know no result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd


class EventFacts(Protocol):
    """The event as asked."""

    @property
    def headline(self) -> str:
        """What was said; empty if unknown."""

    @property
    def source(self) -> str:
        """Where it stands; empty if unknown."""


class DayZeroView(Protocol):
    """The trading day that counts as day 0."""

    @property
    def sentence(self) -> str:
        """The rule that fixed it, in words."""


class DesignView(Protocol):
    """How the event was looked at; its ``repr`` is the reproducing line of Python."""

    @property
    def event_window(self) -> tuple[int, int]:
        """First and last event day."""

    @property
    def estimation_window(self) -> tuple[int, int]:
        """First and last day of the estimation window, relative to day 0."""

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """The windows reported, the headline window first."""

    @property
    def return_kind(self) -> str:
        """``simple`` or ``log``."""

    @property
    def missing(self) -> str:
        """What was done with days without a return."""

    @property
    def boundary(self) -> str:
        """Whether returns that begin before a window count in it."""


class Designed(Protocol):
    """Anything that says how it was looked at."""

    @property
    def design(self) -> DesignView:
        """The settings."""


class ModelView(Protocol):
    """The expected-return model as estimated."""

    @property
    def name(self) -> str:
        """As people read it."""

    @property
    def reference(self) -> str:
        """Author, year, journal; empty if there is none."""

    @property
    def params(self) -> pd.Series:
        """Coefficients by name; ``alpha`` is a decimal a day."""

    @property
    def std_errors(self) -> pd.Series:
        """Of the coefficients, by name."""

    @property
    def sigma(self) -> float:
        """Residual standard deviation, decimal a day."""

    @property
    def r_squared(self) -> float:
        """NaN where nothing was estimated."""

    @property
    def nobs(self) -> int:
        """Valid estimation days."""

    @property
    def df(self) -> float:
        """Residual degrees of freedom."""


class EffectView(Protocol):
    """An effect with its uncertainty, as ``Effect``."""

    @property
    def value(self) -> float:
        """A decimal return or an amount; NaN = it does not exist."""

    @property
    def std_error(self) -> float:
        """In the unit of the value."""

    @property
    def t(self) -> float:
        """Of the underlying return effect."""

    @property
    def df(self) -> float:
        """Degrees of freedom of ``t``."""

    @property
    def p_value(self) -> float:
        """Two-sided, of ``t``."""

    @property
    def ci_low(self) -> float:
        """Lower end of the interval."""

    @property
    def ci_high(self) -> float:
        """Upper end of the interval."""

    @property
    def empirical_p_value(self) -> float:
        """Of the distribution-free companion; NaN = none."""

    @property
    def empirical_test(self) -> str:
        """Its key."""

    @property
    def reason(self) -> str:
        """Why something is missing, a code; empty otherwise."""


class MarketValueView(Protocol):
    """Shares times the unadjusted close, before a window."""

    @property
    def value(self) -> float:
        """NaN = unknown."""

    @property
    def shares(self) -> float:
        """Shares outstanding."""

    @property
    def close(self) -> float:
        """The unadjusted close."""

    @property
    def close_date(self) -> pd.Timestamp | None:
        """Day of the close."""

    @property
    def shares_date(self) -> pd.Timestamp | None:
        """Day of the share count; None for a number given without one."""

    @property
    def basis(self) -> str:
        """What sort of count it is; empty if unknown."""

    @property
    def reason(self) -> str:
        """Why the value is missing, a code; empty otherwise."""


class Sourced(Protocol):
    """Anything that says where its data are from."""

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Source, day of retrieval and hash of each series, by role."""


class Tested(Protocol):
    """Anything whose tests have sources."""

    def test_reference(self, key: str) -> str:
        """Author, year and journal of a test; empty where it names none."""


class EventView(Sourced, Tested, Protocol):
    """The result of one event, as far as it is shown.

    Frames hold decimals and NaN where a value does not exist.
    """

    @property
    def ticker(self) -> str:
        """The firm."""

    @property
    def day0(self) -> pd.Timestamp:
        """The trading day that counts as day 0."""

    @property
    def event(self) -> EventFacts:
        """The event as asked."""

    @property
    def headline(self) -> str:
        """The news in its own words; empty if unknown."""

    @property
    def day_zero(self) -> DayZeroView:
        """Day 0 and its rule."""

    @property
    def design(self) -> DesignView:
        """The settings."""

    @property
    def model(self) -> ModelView:
        """The model as estimated."""

    @property
    def confidence(self) -> float:
        """Level of every interval."""

    @property
    def currency(self) -> str:
        """Code of the currency of the prices; empty if unknown."""

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        """By ``event_day``: date, abnormal, std_error, ci_low, ci_high, car, ..."""

    @property
    def price_path(self) -> pd.DataFrame:
        """By ``event_day``, one before the window: date, price, expected_price."""

    @property
    def windows(self) -> pd.DataFrame:
        """A row a window: window, start, end, and the fields of its effect."""

    @property
    def diagnostics(self) -> pd.DataFrame:
        """A row a check: check, value, threshold, flag, advice."""

    @property
    def confounders(self) -> pd.DataFrame:
        """A row a further event of the ticker in the windows."""

    @property
    def verdict(self) -> str:
        """What the numbers say, in plain words."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know before using them."""

    def tests(self, start: int = 0, end: int | None = None) -> pd.DataFrame:
        """A row a test: test, statistic, df, p_value, null, valid, reason."""

    def car(self, start: int = 0, end: int | None = None) -> EffectView:
        """Cumulative abnormal return of a window."""

    def impact(self, start: int = 0, end: int | None = None) -> EffectView:
        """Change of market value over a window."""

    def market_value_before(self, day: int = 0) -> MarketValueView:
        """Market value at the last close before an event day."""
