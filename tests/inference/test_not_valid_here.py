"""The table of properties, row by row: when a test of many events is not valid.

Written down from the specification, not read from the registry.
"""

import functools

import numpy as np
import pytest

from eventstudy._reasons import REASONS
from eventstudy.inference._base import TESTS, find_test
from tests import many, studies

DAY, THREE, ELEVEN = studies.WINDOWS

# Key: fewest events, then why its level may not be assured for a sample.
PROPERTIES = {
    "cross_sectional_t": (10, {"clustered", "skewed"}),
    "cross_sectional_adjusted": (10, {"skewed"}),
    "bw_independence": (5, {"clustered", "event_variance", "too_few_days"}),
    "independence_exact": (5, {"clustered", "event_variance", "too_few_days"}),
    "bw_portfolio": (3, {"staggered", "event_variance", "too_few_days"}),
    "patell": (5, {"clustered", "event_variance", "too_few_days"}),
    "patell_sum_of_sar": (5, {"clustered", "event_variance", "too_few_days"}),
    "patell_adjusted": (5, {"event_variance"}),
    "bmp": (3, {"clustered", "skewed"}),
    "bmp_adjusted": (3, {"skewed"}),
    "bmp_adjusted_fixed_cov": (10, {"skewed"}),
    "johnson": (50, {"clustered"}),
    "hall": (50, {"clustered"}),
    "corrado": (5, {"staggered", "event_variance"}),
    "corrado_zivney_rank": (20, {"staggered", "skewed"}),
    "corrado_zivney_sign": (6, {"staggered"}),
    "grank_t": (20, {"staggered", "skewed"}),
    "grank_z": (20, {"clustered", "skewed"}),
    "sign_gsar_t": (10, {"staggered", "skewed"}),
    "generalized_sign": (10, {"clustered"}),
    "generalized_sign|daily_p": (10, {"clustered", "one_day_only"}),
    "sign": (6, {"clustered", "skewed"}),
    "wilcoxon": (6, {"clustered", "skewed"}),
    "cluster_by_date": (6, {"few_clusters", "unbalanced_clusters", "skewed"}),
    "date_means": (6, {"few_clusters", "skewed"}),
    "jackknife": (10, {"clustered", "skewed"}),
    "jackknife|by_date": (10, {"few_clusters", "unbalanced_clusters", "skewed"}),
    "bootstrap_t": (10, {"clustered", "skewed"}),
    "wild_bootstrap": (10, {"clustered", "skewed"}),
    "wild_bootstrap_by_date": (6, {"few_clusters", "skewed"}),
    "placebo_in_time": (3, {"too_few_placebo_blocks"}),
    "calendar_time": (3, {"too_few_days"}),
    "rats": (30, {"staggered", "few_dates", "skewed"}),
}
# What such a statistic is compared with does not exist: no number at all.
NO_NUMBER = {
    ("cluster_by_date", "few_clusters"), ("cluster_by_date", "unbalanced_clusters"),
    ("date_means", "few_clusters"), ("wild_bootstrap_by_date", "few_clusters"),
    ("rats", "few_dates"),
}  # fmt: skip
# Fault: the window that is looked at.
FAULTS = {
    "clustered": THREE, "staggered": ELEVEN, "event_variance": THREE, "skewed": THREE,
    "too_few_days": THREE, "one_day_only": THREE, "few_clusters": THREE,
    "unbalanced_clusters": THREE, "few_dates": DAY, "too_few_placebo_blocks": ELEVEN,
}  # fmt: skip
# Where not on a study with this fault by name.
ELSEWHERE = {("calendar_time", "too_few_days"): "clustered"}
DAYS = 130


def dates(fault, n):
    """Day 0 of n events by fault; far apart where dates are not it."""
    place = np.arange(n)
    layouts = {
        "clustered": 50 * (place % 8), "staggered": 4 * (place % 10),
        "few_clusters": 50 * (place % 4), "few_dates": 50 * (place % 8),
        "unbalanced_clusters": 50 * np.maximum(place - n + 8, 0),
    }  # fmt: skip
    return layouts.get(fault, 300 * place) + DAYS + 5


@functools.cache
def study(fault="", n=60, seed=12):
    """Events at which nothing happens, by the engine and both passes, with a fault."""
    rng = np.random.default_rng(seed)
    market = rng.normal(0.0004, 0.01, (n, DAYS + 11))
    errors = rng.standard_normal(market.shape)
    if fault == "skewed":
        errors = rng.exponential(1.0, market.shape) - 1.0
    if fault == "event_variance":
        errors[:, DAYS:] *= 2.0
    y = market + 0.02 * errors
    if fault == "too_few_days":
        y[:, : DAYS - 50] = np.nan
    return studies.run(y, market, dates(fault, n), min_estimation=40)


def shown(key, fault):
    """A test applied to a study with a fault."""
    return find_test(key)(study(fault, events_of(fault))[FAULTS[fault]])


def events_of(fault):
    """So many that most tests are content; fifty make skewness harmless."""
    return 40 if fault == "skewed" else 60


def test_the_table_has_every_test():
    sample = {test.key for test in TESTS.values() if test.kind == "sample"}
    assert {key for key in PROPERTIES if "|" not in key} == sample


@pytest.mark.parametrize(
    ("key", "reason"),
    [(key, reason) for key, (_, all_) in PROPERTIES.items() for reason in sorted(all_)],
)
def test_not_valid_and_why(key, reason):
    found = shown(key, ELSEWHERE.get((key, reason), reason))
    assert (str(found.reason), bool(found.valid)) == (reason, False)
    assert np.isnan(found.p_value) == ((key, reason) in NO_NUMBER)
    assert REASONS[reason]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("key", PROPERTIES)
def test_what_the_table_does_not_name_does_no_harm(key, fault):
    fewest, reasons = PROPERTIES[key]
    found = shown(key, fault)
    if fewest > events_of(fault):
        assert found.reason == "below_minimum"
    else:
        assert str(found.reason) in {"", *reasons}


@pytest.mark.parametrize("key", PROPERTIES)
def test_a_study_without_faults_is_valid(key):
    found = find_test(key)(study()[DAY])
    assert (str(found.reason), bool(found.valid)) == ("", True)


@pytest.mark.parametrize("key", PROPERTIES)
def test_fewest_events(key):
    fewest = PROPERTIES[key][0]
    assert find_test(key).min_events == fewest
    assert not find_test(key)(study(n=fewest - 1)[DAY]).valid
    assert find_test(key)(study(n=fewest)[DAY]).reason != "below_minimum"


ADJUSTED = ("bmp_adjusted", "cross_sectional_adjusted", "patell_adjusted")


def of_one_date(y):
    """Events of one date under the constant-mean model."""
    return many.run(
        y, day0=np.full(len(y), 65), windows=(THREE,), min_estimation=10,
        reads=("common_dates",),
    )[0]  # fmt: skip


@pytest.mark.parametrize("key", [*ADJUSTED, "bmp_adjusted_fixed_cov"])
def test_correlation_that_is_not_known(key):
    """One has returns on the first half of the days, the other on the second."""
    y = np.random.default_rng(3).normal(0, 0.02, (2, 71))
    y[0, 30:60] = y[1, :30] = np.nan
    found = find_test(key)(of_one_date(y))
    assert (found.reason, found.valid) == ("few_common_days", False)
    assert np.isnan(found.p_value)


@pytest.mark.parametrize("key", ADJUSTED)
def test_correlation_that_leaves_no_variance(key):
    """Two that move against each other."""
    rng = np.random.default_rng(3)
    one = rng.normal(0, 0.02, 71)
    found = find_test(key)(of_one_date(np.stack([one, 0.001 * rng.random(71) - one])))
    assert (found.reason, found.valid) == ("invalid_r_bar", False)
    assert np.isnan(found.p_value)
