"""The result of one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from eventstudy import engine
from eventstudy._windows import Window, window_of
from eventstudy.core.abnormal import Fit
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.inference._base import Sample
from eventstudy.inference.sq import conformal_interval
from eventstudy.prices.shares import shares_before
from eventstudy.report.excel import event_workbook
from eventstudy.report.html import card_html, page_html
from eventstudy.report.latex import event_table
from eventstudy.report.methods import event_section
from eventstudy.report.plots import draw
from eventstudy.report.text import summary_text
from eventstudy.results._documents import Documents
from eventstudy.results._output import Output
from eventstudy.results._saving import Saving
from eventstudy.results.effect import Effect
from eventstudy.results.estimates import (
    ModelEstimate,
    event_day_frame,
    price_frame,
)
from eventstudy.results.event_record import event_record
from eventstudy.results.impact import Figure, Impact, headline_figure, money_effects
from eventstudy.results.market_value import MarketValue, market_value
from eventstudy.results.significance import (
    covariance,
    run_tests,
    tests_frame,
    window_effect,
    windows_frame,
)
from eventstudy.results.words import car_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

    from eventstudy.news.event import Event
    from eventstudy.news.sessions import DayZero


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EventResult(Output, Documents, Saving):
    """Abnormal returns of one event, their tests, and what they mean.

    Built by :func:`eventstudy.analyze`.  Returns are decimals; NaN means that a
    value does not exist, and a reason stands beside it.  Frames are built anew at
    each access, so that changing one changes nothing here.

    Parameters
    ----------
    event : Event
        The event as asked.
    day_zero : DayZero
        Day 0 and the rule that fixed it.
    design : Design
        The settings; its ``repr`` is the line of Python that reproduces the result.
    headline : str
        The news in its own words, where it is known; else empty.
    currency : str
        Of the prices; empty if unknown.
    verdict : str
        What the numbers say, in plain words.
    warnings : tuple of str
        What the reader should know before using them.
    provenance : mapping
        Where the data are from, by role; versions.
    """

    event: Event
    day_zero: DayZero
    design: Design
    headline: str
    currency: str
    verdict: str
    warnings: tuple[str, ...]
    provenance: Mapping[str, Any]
    _shares: Any
    _source: Source
    _fit: Fit
    _diagnostics: pd.DataFrame
    _confounders: pd.DataFrame
    _known: tuple[Event, ...] = ()
    _notes: tuple[str, ...] = ()

    @property
    def ticker(self) -> str:
        """The firm."""
        return self.event.ticker

    @property
    def day0(self) -> pd.Timestamp:
        """The trading day that counts as day 0."""
        return self.day_zero.session

    @property
    def confidence(self) -> float:
        """Level of every interval."""
        return self.design.confidence

    @property
    def model(self) -> ModelEstimate:
        """The expected-return model as estimated."""
        return ModelEstimate.of(self._source, self.design, self._fit)

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        """The event window day by day; see :func:`event_day_frame` for the columns."""
        delisted = "delisting" in self.provenance.get("firm", {})
        return event_day_frame(self._source, self.design, self._fit, delisted=delisted)

    @property
    def price_path(self) -> pd.DataFrame:
        """Closes around the event beside those that the model expected."""
        return price_frame(self._source, self.design, self._fit)

    @property
    def windows(self) -> pd.DataFrame:
        """One row a reported window: its label and ends, and the effect's fields."""
        return windows_frame(
            (window, self.car(window)) for window in self.design.windows
        )

    @property
    def diagnostics(self) -> pd.DataFrame:
        """Checks: check, value, threshold, flags_when, flag, advice; a row a check."""
        return self._diagnostics.copy()

    @property
    def confounders(self) -> pd.DataFrame:
        """Other known events of the ticker, each with its own abnormal return."""
        return self._confounders.copy()

    @property
    def residuals(self) -> pd.Series[float]:
        """Estimation-window residuals by event day, decimals; NaN = no return."""
        start, end = self.design.estimation_window
        days = pd.Index(np.arange(start, end + 1), name="event_day")
        return pd.Series(self._fit.residuals[0], days, name="residual")

    def car(self, start: int | tuple[int, int] = 0, end: int | None = None) -> Effect:
        """Cumulative abnormal return of a window.

        Parameters
        ----------
        start, end : int
            Nothing is day 0, one number that day, a pair is taken as it is.

        Returns
        -------
        Effect
            Decimal; NaN with a reason where no valid return lies in the window.

        Raises
        ------
        WindowError
            When the window leaves the event window.

        Examples
        --------
        >>> import eventstudy as es
        >>> round(float(es.analyze("IMGN", "2010-08-27").car(-1, 1)), 6)
        -0.301847
        """
        window = window_of(start, end, self.design.event_window)
        return window_effect(self.sample(window), car_label(window))

    def impact(
        self, start: int | tuple[int, int] = 0, end: int | None = None
    ) -> Effect:
        """Change of market value against the model's path (methods 3.8).

        Parameters
        ----------
        start, end : int
            As in :meth:`car`.

        Returns
        -------
        Effect
            In the currency of the prices.  Buy-and-hold for windows in which
            compounding matters, first order else; ``t`` and ``p_value`` are those
            of the CAR.  NaN with a reason without a share count.
        """
        figures, headline = self._impact(
            window_of(start, end, self.design.event_window)
        )
        return figures[headline]

    def impact_figures(
        self, start: int | tuple[int, int] = 0, end: int | None = None
    ) -> pd.DataFrame:
        """All money figures that apply, with a mark at that of :meth:`impact`.

        Parameters
        ----------
        start, end : int
            As in :meth:`car`.

        Returns
        -------
        DataFrame
            Index ``figure``; the fields of the effect, and ``headline``.
        """
        figures, headline = self._impact(
            window_of(start, end, self.design.event_window)
        )
        frame = pd.DataFrame(
            [effect.to_dict() for effect in figures.values()],
            index=pd.Index(list(figures), name="figure"),
        )
        return frame.assign(headline=frame.index == headline)

    def market_value_before(self, day: int = 0) -> MarketValue:
        """Market value at the last close before an event day.

        Parameters
        ----------
        day : int
            First day of a window.

        Returns
        -------
        MarketValue
            NaN with a reason where no share count of an earlier day, at most 400 days
            old, is known.
        """
        window = window_of(day, None, self.design.event_window)
        position = int(self._source.events.day0[0]) + window.start - 1
        firm = self._source.events.firm[0]
        closes = pd.Series(
            self._source.closes[firm], pd.DatetimeIndex(self._source.dates)
        )
        if position < 0:
            return MarketValue(currency=self.currency, reason="no_price_before_window")
        before = closes.index[position]
        count = shares_before(self.ticker, before, self._shares)
        return market_value(count, closes, before, self.currency)

    def tests(
        self, start: int | tuple[int, int] = 0, end: int | None = None
    ) -> pd.DataFrame:
        """Significance tests of a window.

        Parameters
        ----------
        start, end : int
            As in :meth:`car`.

        Returns
        -------
        DataFrame
            ``test``, ``statistic``, ``df``, ``p_value``, ``null`` (a sentence),
            ``valid`` (whether its level is assured here), ``reason`` (a code of why
            it is not, or why the statistic does not exist).
        """
        window = window_of(start, end, self.design.event_window)
        return tests_frame(run_tests(self.sample(window), self.design.tests))

    def conformal_interval(self, day: int = 0) -> tuple[float, float]:
        """Interval of one day's abnormal return without normality (methods 3.2).

        Parameters
        ----------
        day : int
            Event day.

        Returns
        -------
        tuple of float
            Decimals; infinite when the estimation window is too short for the level.
        """
        window = window_of(day, None, self.design.event_window)
        low, high = conformal_interval(self.sample(window))
        return float(low[0]), float(high[0])

    def to_frame(self) -> pd.DataFrame:
        """The event window day by day; the same as ``abnormal_returns``."""
        return self.abnormal_returns

    def to_dict(self) -> dict[str, Any]:
        """All numbers and words of the result by name, raw."""
        return event_record(self)

    def sample(self, window: Window) -> Sample:
        """What a significance test reads for a window of this event."""
        return engine.sample(self._fit, self._source.events.keys, self.design, window)

    def _files(self) -> Mapping[str, str | bytes]:
        from eventstudy.results.saved_event import files_of

        return dict(files_of(self))

    def _text(self) -> str:
        return summary_text(self)

    def _card(self) -> str:
        return card_html(self)

    def _page(self) -> str:
        return page_html(self)

    def _workbook(self) -> bytes:
        return event_workbook(self)

    def _table(self) -> str:
        return event_table(self)

    def _methods(self) -> list[str]:
        return event_section(self)

    def _draw(self, kind: str, ax: Axes | None, preset: str) -> Picture | Axes:
        return draw(self, kind, ax, preset)

    def _impact(self, window: Window) -> tuple[dict[Figure, Effect], Figure]:
        sample, days = self.sample(window), self.abnormal_returns
        inside = days.loc[window.start : window.end]
        value = self.market_value_before(window.start)
        closes = self.price_path["price"].loc[window.start - 1 : window.end - 1]
        daily = value.shares * closes.to_numpy() if (sample.spans == 1).all() else None
        figures = Impact(
            window, self.car(window), value, inside["actual"].to_numpy(),
            inside["expected"].to_numpy(), covariance(sample), daily,
            self.design.return_kind,
        )  # fmt: skip
        return money_effects(figures), headline_figure(figures)
