"""Differences of two groups whose events are dependent: portfolios, matched pairs."""

from __future__ import annotations

import numpy as np

from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy.core.pvalues import p_values
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import CrossSection
from eventstudy.inference._moments import t_of_mean
from eventstudy.inference._sample_conditions import (
    estimation_days,
    same_dates_only,
    steady_variance,
)
from eventstudy.inference._statistic import Condition
from eventstudy.results.group_tests import Comparison, Groups, comparison
from eventstudy.results.portfolios import mean_scale, residual_projections


def portfolio_difference(groups: Groups) -> Comparison:
    """The difference of the group portfolios against its own history (methods 4.3)."""
    inside = np.flatnonzero(groups.group >= 0)
    conditions = (same_dates_only, steady_variance, estimation_days(60))
    null = (
        "The mean effects of the two groups are equal and the variance of their "
        "difference is that of the estimation window."
    )
    found: tuple[float, float, float] | str = "needs_more_events"
    if min(x.size for x in groups.each):
        first = (groups.group[inside] == 0).astype(float)
        z = np.column_stack([first, 1.0 - first])
        events = groups.positions[inside]
        means = residual_projections(groups.passes, events, z)
        found = _against_history(
            groups.difference, means[:, 0] - means[:, 1], groups.sample, inside
        )
    return comparison("portfolio_difference", groups, null, found, conditions)


def _against_history(
    value: float, history: FloatArray, sample: CrossSection, events: IntArray
) -> tuple[float, float, float] | str:
    df = float(history.size - max(sample.parameters, 1))
    if df < 1:
        return "too_few_days"
    squares = ((history - history.mean()) ** 2).sum()
    t = value / np.sqrt(squares / df * mean_scale(sample, events))
    return t, df, float(p_values("t", np.asarray(t), np.asarray(df)))


def matched_pairs(groups: Groups, pair: IntArray) -> Comparison:
    """Student's t of the differences within pairs."""
    if len(groups.names) != 2:
        raise ArgumentError(
            "pairs", len(groups.names), "pairs are of two groups",
            "Compare two groups, or leave pairs= out.",
        )  # fmt: skip
    kept = np.flatnonzero((pair >= 0) & (groups.group >= 0))
    order = kept[np.lexsort((groups.group[kept], pair[kept]))]
    size = np.bincount(pair[order])
    if (size > 2).any():
        raise ArgumentError(
            "pairs", int(size.max()), "events have the same value",
            "Give the two events of a pair a value of their own.",
        )  # fmt: skip
    order = order[size[pair[order]] == 2]
    first, second = order[::2], order[1::2]
    if (groups.group[first] == groups.group[second]).any():
        raise ArgumentError(
            "pairs", "two events of one group", "a pair has one event of each group",
            "Correct the column of pairs.",
        )  # fmt: skip
    return _paired(groups, first, second)


def _paired(groups: Groups, first: IntArray, second: IntArray) -> Comparison:
    t = t_of_mean(groups.values[first] - groups.values[second])
    found: tuple[float, float, float] | str = str(t.reason)
    if not found and t.df is not None:
        found = float(t.value), float(t.df), float(t.p_value())
    null = "The mean difference within pairs is zero; pairs are independent."
    kept = np.concatenate([first, second])
    only = Groups(
        groups.names, groups.group[kept], groups.values[kept], groups.sample,
        groups.positions[kept], groups.passes,
    )  # fmt: skip
    apart = Condition(
        "clustered", lambda *_: _pairs_apart(groups.sample, first, second)
    )
    return comparison("matched_pairs", only, null, found, (apart,))


def _pairs_apart(sample: CrossSection, first: IntArray, second: IntArray) -> BoolArray:
    """No window of a pair shares a day with one of another pair."""
    day0 = sample.day0[np.concatenate([first, second])]
    pair = np.tile(np.arange(first.size), 2)
    order = np.argsort(day0, kind="stable")
    near = np.diff(day0[order]) < sample.days
    return np.asarray(not np.any(near & (np.diff(pair[order]) != 0)), bool)
