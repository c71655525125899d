"""Tests of whether groups of events differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.core.pvalues import p_values
from eventstudy.inference._base import CrossSection
from eventstudy.inference._sample_conditions import independent
from eventstudy.inference._statistic import Condition
from eventstudy.results.study_passes import StudyPasses

# So many events of both groups together, untied, have all their orders counted.
MOST_COUNTED = 20


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Events of a window and the groups they are in.

    Parameters
    ----------
    names : list of objects
    group : ndarray of int, shape (N,)
        Number of each event's group, -1 = none.
    values : ndarray of shape (N,)
        What is compared.
    sample : CrossSection
    positions : ndarray of int, shape (N,)
        Of its events in the caller's order.
    passes : StudyPasses
    """

    names: Sequence[object]
    group: IntArray
    values: FloatArray
    sample: CrossSection
    positions: IntArray
    passes: StudyPasses

    def of(self, number: int) -> FloatArray:
        """Values of a group."""
        return np.asarray(self.values[self.group == number])

    @property
    def each(self) -> list[FloatArray]:
        """Values of every group."""
        return [self.of(number) for number in range(len(self.names))]

    @property
    def difference(self) -> float:
        """Mean of the first of two groups less that of the second."""
        first, second = (x.mean() if x.size else np.nan for x in self.each)
        return float(first - second)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One test of some groups; fields as the columns of :func:`.groups.compare`."""

    test: str
    groups: str
    difference: float
    statistic: float
    df: float | tuple[float, float]
    p_value: float
    null: str
    valid: bool
    reason: str


def comparison(
    test: str,
    groups: Groups,
    null: str,
    found: tuple[float, float | tuple[float, float], float] | str,
    conditions: Sequence[Condition] = (independent,),
) -> Comparison:
    """A test's outcome in a row.

    Parameters
    ----------
    test : str
        Its key.
    groups : Groups
    null : str
        The null hypothesis, a sentence.
    found : tuple or str
        Statistic, degrees of freedom and p-value, or the code of a reason.
    conditions : sequence of Condition
        When its level is assured.

    Returns
    -------
    Comparison
    """
    two = len(groups.names) == 2
    words = [str(name) for name in groups.names]
    nothing = (np.nan, np.nan, np.nan)
    statistic, df, p = nothing if isinstance(found, str) else found
    fails = [c.reason for c in conditions if not c.holds(groups.sample, {})]
    reason = found if isinstance(found, str) else next(iter(fails), "")
    return Comparison(
        test=test,
        groups=" − ".join(words) if two else ", ".join(words),
        difference=groups.difference if two else np.nan,
        statistic=float(statistic),
        df=df,
        p_value=float(p),
        null=null,
        valid=not reason,
        reason=reason,
    )


def of_two(groups: Groups) -> list[Comparison]:
    """Welch's t and Mann-Whitney's U."""
    means = "The mean effects of the two groups are equal."
    orders = "An effect of either group is as likely the larger one."
    return [
        comparison("welch_t", groups, means, _welch_t(*groups.each)),
        comparison("mann_whitney", groups, orders, _mann_whitney(*groups.each)),
    ]


def of_many(groups: Groups) -> list[Comparison]:
    """Welch's F and Kruskal-Wallis' H."""
    means = "The mean effects of all groups are equal."
    orders = "The effects of all groups have one distribution."
    return [
        comparison("welch_anova", groups, means, _welch_anova(groups.each)),
        comparison("kruskal_wallis", groups, orders, _kruskal_wallis(groups.each)),
    ]


def _no_spread(*each: FloatArray) -> str:
    """Why no group can be measured against its spread, or empty."""
    if min(x.size for x in each) < 2:
        return "needs_more_events"
    return "negative_variance" if any(not np.ptp(x) for x in each) else ""


def _welch_t(a: FloatArray, b: FloatArray) -> tuple[float, float, float] | str:
    from statsmodels.stats.weightstats import ttest_ind

    if min(a.size, b.size) < 2:
        return "needs_more_events"
    if not np.ptp(a) and not np.ptp(b):
        return "negative_variance"
    t, _, df = ttest_ind(a, b, usevar="unequal")
    return t, float(df), float(p_values("t", np.asarray(t), np.asarray(df)))


def _mann_whitney(a: FloatArray, b: FloatArray) -> tuple[float, float, float] | str:
    from scipy import stats

    if not a.size or not b.size:
        return "needs_more_events"
    both = np.concatenate([a, b])
    if not np.ptp(both):
        return "negative_variance"
    untied = np.unique(both).size == both.size
    exact = both.size <= MOST_COUNTED and untied
    u, p = stats.mannwhitneyu(
        a, b, method="exact" if exact else "asymptotic", use_continuity=False
    )
    return float(u), np.nan, float(p)


def _welch_anova(
    each: Sequence[FloatArray],
) -> tuple[float, tuple[float, float], float] | str:
    from statsmodels.stats.oneway import anova_oneway

    if reason := _no_spread(*each):
        return reason
    found = anova_oneway(each, use_var="unequal", welch_correction=True)
    df = np.array([found.df_num, found.df_denom], float)
    p = p_values("f", np.asarray(found.statistic), df)
    return found.statistic, (float(df[0]), float(df[1])), float(p)


def _kruskal_wallis(each: Sequence[FloatArray]) -> tuple[float, float, float] | str:
    from scipy import stats

    if not min(x.size for x in each):
        return "needs_more_events"
    if not np.ptp(np.concatenate(each)):
        return "negative_variance"
    h = float(stats.kruskal(*each).statistic)
    df = len(each) - 1.0
    return h, df, float(p_values("chi2", np.asarray(h), np.asarray(df)))
