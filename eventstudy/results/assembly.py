"""Putting an event's result together: checks, other news, verdict, warnings."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from eventstudy import engine
from eventstudy._windows import Window
from eventstudy.inference._base import Sample, find_test
from eventstudy.inference._headline import headline
from eventstudy.news.event import Event
from eventstudy.results.confounders import (
    Search,
    confounders,
    news_days,
    news_elsewhere,
    news_words,
)
from eventstudy.results.diagnostics import DiagnosticInputs, diagnose
from eventstudy.results.effect import Effect
from eventstudy.results.estimates import window_dates, window_values
from eventstudy.results.event_result import EventResult
from eventstudy.results.listed_hour import announcement, listed_hour
from eventstudy.results.membership import membership
from eventstudy.results.neighbour_day import neighbour_day
from eventstudy.results.other_designs import curve_call, other_designs
from eventstudy.results.significance import window_effect
from eventstudy.results.verdict import verdict
from eventstudy.results.verdict_facts import Confirmation, VerdictFacts
from eventstudy.results.warnings_ import result_warnings
from eventstudy.results.words import car_label, in_sentence

RUN_UP_END = -2


class Measured(NamedTuple):
    """An estimated event about which nothing is said yet.

    ``known`` are announcements of the firm, ``notes`` what is said on the data.
    """

    result: EventResult
    known: Sequence[Event]
    notes: Sequence[str]


def assemble(
    result: EventResult, known: Sequence[Event], notes: Sequence[str]
) -> EventResult:
    """Complete a result with its checks, other news, verdict and warnings.

    Parameters
    ----------
    result : EventResult
        With estimates, and nothing said yet.
    known : sequence of Event
        Announcements of the firm, the event itself perhaps among them.
    notes : sequence of str
        On the data.

    Returns
    -------
    EventResult
    """
    search = _search(result)
    news = confounders(known, search)
    checks = diagnose(_inputs(result, news))
    itself = announcement(result.event, known, result.day_zero.rule)
    facts = _facts(result, itself, news, checks, search)
    said = [*membership(result, facts.significant), *notes]
    return dataclasses.replace(
        result,
        headline=facts.headline,
        verdict=verdict(facts),
        warnings=result_warnings(facts, checks, said),
        _diagnostics=checks,
        _confounders=news,
        _known=tuple(known),
        _notes=tuple(notes),
    )


def _search(result: EventResult) -> Search:
    design, source = result.design, result._source
    window = design.windows[0]

    def own_return(day: int) -> float:
        series = result.residuals if day <= design.estimation_window.end else None
        values = result.abnormal_returns["abnormal"] if series is None else series
        return float(values.get(day, math.nan))

    def without(days: Sequence[int]) -> Effect:
        positions = int(source.events.day0[0]) + np.asarray(days, int)
        panel = engine.without_days(source.panel, source.events, positions)
        fit = engine.estimate(panel, source.events, design)
        return window_effect(
            engine.sample(fit, source.events.keys, design, window), car_label(window)
        )

    return Search(
        result.event,
        result.day0,
        pd.DatetimeIndex(source.dates),
        design.estimation_window,
        design.event_window,
        own_return,
        without,
        design.calendar,
    )


def _inputs(result: EventResult, news: pd.DataFrame) -> DiagnosticInputs:
    design, source = result.design, result._source
    x, x_event = engine.regressor_days(source.panel, source.events, design)
    start, end = design.estimation_window
    days = np.arange(start, end + 1)
    return DiagnosticInputs(
        event_window=result.sample(design.event_window),
        headline=result.sample(design.windows[0]),
        estimation_dates=window_dates(source, days),
        event_dates=window_dates(
            source, np.arange(design.event_window.start, design.event_window.end + 1)
        ),
        regressors=design.model.regressors,
        factors_estimation=x,
        factors_event=x_event,
        firm_returns_estimation=window_values(source.panel.returns, source, days),
        closes_estimation=window_values(source.closes, source, days),
        params=result.model.params,
        r_squared=result.model.r_squared,
        run_up=_run_up(result),
        run_up_news=news_words(news, (design.event_window.start, RUN_UP_END)),
        confounders=len(news),
    )


def _run_up(result: EventResult) -> Effect | None:
    """CAR from the first event day to day -2, where there are such days."""
    start = result.design.event_window.start
    end = min(RUN_UP_END, result.design.event_window.end)
    return result.car(start, end) if start <= end else None


def _facts(
    result: EventResult,
    itself: Event | None,
    news: pd.DataFrame,
    checks: pd.DataFrame,
    search: Search,
) -> VerdictFacts:
    design, zero = result.design, result.day_zero
    window = design.windows[0]
    figures = result.impact_figures(window)
    days_without = news_days(news, design.estimation_window)
    estimation = int((news["where"] == "estimation window").sum())
    unsettled = checks.loc[checks["check"] == "variance rank p", "flag"].any()
    elsewhere, windows_elsewhere = news_elsewhere(news, design.windows)
    next_day = Window(0, 1)
    hour = listed_hour(
        result.event, zero, itself, pd.DatetimeIndex(search.sessions), design.calendar
    )
    time_unknown = zero.time_unknown and zero.rule != "rolled"
    return VerdictFacts(
        ticker=result.ticker,
        day=result.day0,
        window=window,
        effect=result.car(window),
        model=in_sentence(design.model.name),
        headline=result.event.headline or (itself.headline if itself else ""),
        confirming=_confirmation(result.sample(window)),
        money=result.impact(window),
        market_value=result.market_value_before(window.start),
        compounded=bool(figures["headline"].get("buy_and_hold", False)),
        same_day=tuple(news.loc[news["where"] == "same day", "headline"]),
        in_window=news_words(news, (window.start, window.end)),
        elsewhere=elsewhere,
        windows_elsewhere=windows_elsewhere,
        in_estimation=estimation,
        without=search.without(days_without) if estimation else None,
        moved=zero.sentence if zero.shifted_days else "",
        listed=hour,
        listed_effect=_effect_of(result, hour.event_day) if hour else None,
        time_unknown=time_unknown,
        next_day=result.car(next_day) if design.event_window.holds(next_day) else None,
        neighbour=neighbour_day(result) if time_unknown else None,
        valid_days=result.model.nobs,
        asked_days=design.estimation_window.days,
        unsettled=bool(unsettled),
        return_kind=design.return_kind,
        others=other_designs(result),
        curve=curve_call(design.call),
    )


def _effect_of(result: EventResult, day: int) -> Effect | None:
    """The abnormal return of a day of the event window; None beyond it."""
    return result.car(day) if result.design.event_window.holds((day, day)) else None


def _confirmation(sample: Sample) -> Confirmation:
    """The confirming test that the design fixes, applied."""
    key = headline(sample)[1]
    if not key:
        outcome = find_test("sq" if sample.one_day else "placebo")(sample)
        return Confirmation(reason=str(outcome.reason[0]))
    outcome = find_test(key)(sample)
    exceed, draws = outcome.statistic.exceed, outcome.statistic.draws
    if exceed is None or draws is None or np.isnan(outcome.p_value[0]):
        return Confirmation(key, reason=str(outcome.reason[0]))
    return Confirmation(key, float(outcome.p_value[0]), int(exceed[0]), int(draws[0]))
