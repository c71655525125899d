"""The rank and sign tests of many events against scipy, one event at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eventstudy.inference._base import find_test
from tests import many
from tests import oracles_ranks as oracle
from tests.rank_cases import CASES, WINDOWS, columns, events, samples

TESTS = {
    "corrado": oracle.corrado,
    "corrado|fpc": lambda *at: oracle.corrado(*at, fpc=True),
    "corrado_zivney_rank": oracle.corrado_zivney_rank,
    "corrado_zivney_rank|fpc": lambda *at: oracle.corrado_zivney_rank(*at, fpc=True),
    "corrado_zivney_sign": oracle.corrado_zivney_sign,
    "grank_t": oracle.grank_t,
    "grank_z": oracle.grank_z,
    "sign_gsar_t": oracle.sign_gsar_t,
    "generalized_sign": oracle.generalized_sign,
    "generalized_sign|daily_p": lambda *at: oracle.generalized_sign(*at, daily=True),
}

every_test = pytest.mark.parametrize("key", TESTS)
every_case = pytest.mark.parametrize("case", CASES)
every_window = pytest.mark.parametrize("window", WINDOWS, ids=str)


@every_window
@every_case
@every_test
def test_against_one_event_at_a_time(key, case, window):
    found = find_test(key)(samples(case)[window])
    value, p = TESTS[key](events(case), columns(window))
    np.testing.assert_allclose(found.statistic.value, value, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(found.p_value, p, rtol=1e-8)


def test_worked_by_hand_from_returns():
    """Four estimation days and day 0, constant mean: the ranks can be read off."""
    y = np.array([[-3.0, -2.0, 1.0, 5.0, 9.0], [-2.0, -3.0, 1.0, 5.0, 9.0]])
    (sample,) = many.run(
        y, event_days=1, windows=((0, 0),), reads=["rank_sums"], min_estimation=4
    )
    # U = rank / 6 - 1/2, ranks 1 2 3 4 5 and 2 1 3 4 5; signs - - 0 + + both
    z = np.array([-3, -3, 0, 2, 4]) / 6 / np.sqrt(2.0)
    found = sample.sums["rank_sums"]
    np.testing.assert_allclose(found["rank"]["days"], z, atol=1e-15)
    z = np.array([-2, -2, 0, 2, 2]) / np.sqrt(2.0)
    np.testing.assert_allclose(found["sign"]["days"], z, atol=1e-15)


def outcome(key, sums, car=(1.0, 2.0), **fields):
    return find_test(key)(many.cross_section(np.array(car), sums=sums, **fields))


def days(z, window=1):
    z = np.asarray(z, float)
    return {"days": z, "window": z[-window:]}


@pytest.mark.parametrize(
    ("key", "reducer", "found", "reason"),
    [
        ("corrado", "rank_sums", {"rank": days([0, 0, 0, 0])}, "negative_variance"),
        ("corrado", "rank_sums", {"rank": days([1, 1, np.nan])}, "no_abnormal_return"),
        ("corrado_zivney_sign", "rank_sums", {"sign": days([0, 0])},
         "negative_variance"),
        ("corrado_zivney_sign", "rank_sums", {"sign": days([1, np.nan])},
         "no_abnormal_return"),
        ("corrado_zivney_rank", "restandardised_rank_sums",
         {"rank": days([1, 1, np.nan]), "most": 1.0}, "needs_more_events"),
        ("corrado_zivney_rank", "restandardised_rank_sums",
         {"rank": days([1, 1, np.nan]), "most": 2.0}, "negative_variance"),
        ("generalized_sign", "positive_share", {"window": np.nan, "daily": 0.5},
         "too_few_days"),
        ("generalized_sign", "positive_share", {"window": 0.0, "daily": 0.5},
         "negative_variance"),
        ("generalized_sign", "positive_share", {"window": 1.0, "daily": 0.5},
         "negative_variance"),
        ("grank_t", "generalised_rank_sums",
         {"rank": np.zeros(4), "number": np.full(4, 2.0)}, "negative_variance"),
        ("grank_t", "generalised_rank_sums",
         {"rank": np.array([np.nan, np.nan, -0.2, 0.2]),
          "number": np.array([0.0, 0.0, 2.0, 2.0])}, "too_few_days"),
        # a sign on the last day alone: Z^2 = T, beyond what t allows
        ("sign_gsar_t", "generalised_rank_sums",
         {"sign": np.array([0, 0, 0, 1.0]), "number": np.full(4, 2.0)},
         "negative_variance"),
    ],
)  # fmt: skip
def test_what_does_not_exist_has_a_reason(key, reducer, found, reason):
    found = outcome(key, {reducer: found})
    assert np.isnan(found.p_value)
    assert found.reason == reason


@pytest.mark.parametrize("car", [(), (1.0,)])
@every_test
def test_needs_two_events(key, car):
    found = outcome(key, {}, car)
    assert np.isnan(found.p_value)
    assert found.reason == "needs_more_events"


@pytest.mark.parametrize("key", ["grank_t", "grank_z", "sign_gsar_t"])
def test_effects_that_do_not_differ(key):
    found = outcome(key, {}, [1.0, 1.0, 1.0])
    assert found.reason == "negative_variance"


def conditions(key, days=1, skewness=0.0, day0=None, ratio=1.0):
    """Why a test is not valid for 40 events, otherwise in order."""
    test = find_test(key)
    window = (0, days - 1)
    sample = many.cross_section(
        np.arange(40.0), window=window,
        day0=1000 * np.arange(40) if day0 is None else day0,
        sums={
            "residual_moments": {"skewness": skewness},
            "event_variance": {"ratio": ratio, "p_value": 0.5},
        },
    )  # fmt: skip
    failing = [c for c in test.conditions if not c.holds(sample, test.options)]
    return {condition.reason for condition in failing}


SYMMETRIC = {"corrado_zivney_rank", "grank_t", "grank_z"}
ANY_SKEWNESS = {"corrado", "corrado_zivney_sign", "generalized_sign"}


@pytest.mark.parametrize("skewness", [-1.2, 1.2])
def test_skewed_returns(skewness):
    for key in SYMMETRIC:
        assert conditions(key, skewness=skewness) == {"skewed"}
        assert conditions(key, skewness=0.9) == set()
    for key in ANY_SKEWNESS:
        assert conditions(key, 3, skewness) == set()
    assert conditions("sign_gsar_t", 1, skewness) == set()
    assert conditions("sign_gsar_t", 3, skewness) == {"skewed"}


def test_shared_and_staggered_dates():
    same, staggered = np.arange(40) // 2 * 100, np.arange(40) * 2
    for key in ("grank_z", "generalized_sign"):
        assert conditions(key, 3, day0=same) == {"clustered"}
    for key in set(TESTS) - {"grank_z", "generalized_sign"}:
        if "|" not in key:
            assert conditions(key, 3, day0=same) == set()
            assert conditions(key, 3, day0=staggered) == {"staggered"}


def test_a_variance_that_rises():
    assert conditions("corrado", ratio=1.6) == {"event_variance"}
    for key in set(TESTS) - {"corrado", "corrado|fpc"}:
        assert conditions(key, ratio=3.0) == set()


def test_share_of_a_day_for_several_days():
    assert conditions("generalized_sign|daily_p", 1) == set()
    assert conditions("generalized_sign|daily_p", 3) == {"one_day_only"}
    assert conditions("generalized_sign", 3) == set()


MINIMUM = {
    "corrado": 5, "corrado_zivney_rank": 20, "corrado_zivney_sign": 6, "grank_t": 20,
    "grank_z": 20, "sign_gsar_t": 10, "generalized_sign": 10,
}  # fmt: skip


@pytest.mark.parametrize(("key", "events"), MINIMUM.items())
def test_smallest_sample(key, events):
    assert find_test(key).min_events == events


@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.integers(2, 8))
def test_grank_is_bounded(seed, n, m):
    """However odd the ranks, Z stays below the root of T - 1."""
    rng = np.random.default_rng(seed)
    rank = np.array([rng.permutation(m + 1) + 1.0 for _ in range(n)])
    found = {"rank": (rank / (m + 2) - 0.5).mean(axis=0), "number": np.full(m + 1, n)}
    size = np.sqrt(np.mean(found["rank"] ** 2))
    assert abs(found["rank"][-1]) <= np.sqrt(m) * size * (1 + 1e-12) + 1e-15
    result = outcome("grank_t", {"generalised_rank_sums": found}, rng.random(n))
    assert np.isfinite(result.statistic.value) or result.reason


def test_a_day_counts_for_the_median():
    """Day 0 beyond all days shifts the median by one place."""
    y = np.zeros((30, 61))
    y[:, ::2], y[:, 1::2] = 0.01, -0.01
    y += 1e-4 * np.random.default_rng(1).standard_normal(y.shape)
    y[:, -1] = 0.5
    (sample,) = many.run(
        y, event_days=1, windows=((0, 0),), reads=["generalised_rank_sums"]
    )
    found = sample.sums["generalised_rank_sums"]["sign"]
    # 61 values: 30 above the median, one on it, 30 below
    np.testing.assert_allclose(found.sum(), 0.0, atol=1e-12)
    assert found[-1] == 1.0


def test_the_window_share_is_not_the_daily_share():
    rng = np.random.default_rng(4)
    y = rng.gamma(2.0, 0.01, (200, 111))
    (sample,) = many.run(y, windows=((-5, 5),), reads=["positive_share"])
    found = sample.sums["positive_share"]
    # gamma(2) exceeds its mean in 40.6 % of days, gamma(22) in 47.2 % of sums
    assert found["daily"] == pytest.approx(stats.gamma(2).sf(2), abs=0.01)
    assert found["window"] == pytest.approx(stats.gamma(22).sf(22), abs=0.015)
