"""Correlation of events that share days: sums by date against the loop over pairs."""

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from eventstudy.core.correlation import DateSums, mean_correlation
from eventstudy.core.group_sums import add_by_group
from eventstudy.core.residual_pass import REDUCERS
from tests import many
from tests import oracles_correlation as oracle
from tests.correlation_cases import (
    DATES,
    GAPS,
    MIN_OVERLAP,
    WINDOWS,
    case,
    in_pieces,
    reduced,
    study,
)

CLOSE = {"rel": 0, "abs": 1e-14}

every_dates = pytest.mark.parametrize("dates", DATES)
every_gaps = pytest.mark.parametrize("gaps", GAPS)


def agrees(found, given, windows=WINDOWS):
    """Each window is what the double loop says."""
    for window, mine in zip(windows, found, strict=True):
        if len(oracle.members(given.found, window, given.design)) < 2:
            assert mine["reason"] == "needs_more_events"
            assert np.isnan([mine["r_bar"], mine["r_c"]]).all()
            continue
        right = oracle.correlations(given.found, window, given.design, MIN_OVERLAP)
        shares = ("overlapping_pairs", "pairs_without_overlap")
        assert [mine[name] for name in shares] == pytest.approx(
            [right[name] for name in shares], **CLOSE
        )
        if right["pairs_without_overlap"] > 0.01:
            assert mine["reason"] == "few_common_days"
            assert np.isnan([mine["r_bar"], mine["r_c"]]).all()
        else:
            assert mine["reason"] == ""
            assert mine["r_bar"] == pytest.approx(right["r_bar"], **CLOSE)
            assert mine["r_c"] == pytest.approx(right["r_c"], **CLOSE)


@every_gaps
@every_dates
def test_equals_the_loop_over_pairs(dates, gaps):
    agrees(reduced("common_dates", case(dates, gaps)), case(dates, gaps))


@every_gaps
@every_dates
def test_blocks_merged_in_any_order(dates, gaps):
    given = case(dates, gaps)
    for seed in range(3):
        agrees(in_pieces("common_dates", given, 3, np.random.default_rng(seed)), given)


@settings(max_examples=25)
@drawn(
    seed=st.integers(0, 2**32 - 1),
    dates=st.lists(st.integers(95, 130), min_size=1, max_size=8, unique=True),
    missing=st.sampled_from([0.0, 0.02, 0.3, 0.6, 0.8]),
    treatment=st.sampled_from(["available", "trade_to_trade"]),
    n=st.integers(3, 12),
    stretches=st.sampled_from([0, 0, 3, 12]),
)
def test_any_dates_and_any_missing_pattern(
    seed, dates, missing, treatment, n, stretches
):
    windows = ((0, 0), (-1, 1), (-10, 10))
    given = study(
        seed, dates, missing, treatment, n=n, windows=windows, stretches=stretches
    )
    for found in (
        reduced("common_dates", given),
        in_pieces("common_dates", given, 2, np.random.default_rng(seed)),
    ):
        agrees(found, given, windows)


@pytest.mark.parametrize("gaps", ["one gap in ten", "trade to trade"])
def test_more_loose_events_than_are_kept(gaps):
    # Of the 60 events on 2 dates so many lack a day that they are folded.
    given = study(2, [100, 103], *GAPS[gaps], n=60, windows=((-1, 1), (0, 1)))
    start = REDUCERS["common_dates"].start(given.first)
    loose = given.first.length != np.array([[3], [2]])
    assert loose.any(axis=0).sum() > start["loose"].most > 0
    found = in_pieces("common_dates", given, 10, np.random.default_rng(0))
    agrees(found, given, ((-1, 1), (0, 1)))


def test_several_leaves():
    given = study(3, DATES["staggered"], 0.1, "available", n=600, windows=((-1, 1),),
                  alone=False)  # fmt: skip
    whole = reduced("common_dates", given)[0]
    parts = in_pieces("common_dates", given, 70, np.random.default_rng(1))[0]
    for name in ("r_bar", "r_c"):
        assert parts[name] == pytest.approx(whole[name], rel=1e-12)


def one_date(n=9, m=50, seed=4):
    """Correlated events on one date, nothing missing."""
    rng = np.random.default_rng(seed)
    market, common = rng.normal(0, 0.01, m + 11), rng.standard_normal(m + 11)
    sigma = rng.uniform(0.01, 0.03, (n, 1))
    noise = 0.6 * common + rng.standard_normal((n, m + 11))
    return market + sigma * noise, market


@pytest.mark.parametrize("window", [(0, 0), (-1, 1), (-5, 5)])
def test_one_date_without_gaps_is_the_published_mean(window):
    y, market = one_date()
    found = many.run(y, market, day0=np.full(9, 60), windows=(window,),
                     reads=("common_dates",))[0]  # fmt: skip
    x = np.column_stack([np.ones(50), market[:50]])
    e = y[:, :50] - (x @ np.linalg.lstsq(x, y[:, :50].T, rcond=None)[0]).T
    z = (e - e.mean(axis=1, keepdims=True)) / e.std(axis=1, keepdims=True)
    n, v = 9, z.mean(axis=0).var()
    r_bar = (n * v - 1) / (n - 1)
    pairwise = np.corrcoef(e)[np.triu_indices(n, 1)].mean()
    covariance = np.cov(e, ddof=0)
    r_c = covariance[np.triu_indices(n, 1)].mean() / np.diag(covariance).mean()
    mine = found.sums["common_dates"]
    assert mine["r_bar"] == pytest.approx(r_bar, rel=1e-12)
    assert mine["r_bar"] == pytest.approx(pairwise, rel=1e-12)
    assert mine["r_c"] == pytest.approx(r_c, rel=1e-12)
    assert mine["overlapping_pairs"] == 1.0


def test_events_of_one_firm_on_neighbouring_days_are_nearly_one():
    rng = np.random.default_rng(0)
    e = rng.normal(0, 0.02, 200)
    y = np.stack([e[q : q + 111] for q in range(3)])
    found = many.run(y, day0=100 + 5 + np.arange(3), windows=((-5, 5),),
                     reads=("common_dates",))[0]  # fmt: skip
    weights = np.mean([10 / 11, 10 / 11, 9 / 11])
    assert found.sums["common_dates"]["r_bar"] == pytest.approx(weights, abs=0.03)


def test_windows_apart_have_no_correlation_at_all():
    y, _ = one_date()
    day0 = 60 + 11 * np.arange(9)
    series = np.random.default_rng(1).normal(0, 0.01, 300)
    x = series[day0[:, None] - 55 + np.arange(61)]
    for windows in ((-5, 5), (0, 0)):
        found = many.run(y, x, day0=day0, windows=(windows,),
                         reads=("common_dates",))[0].sums["common_dates"]  # fmt: skip
        assert (found["r_bar"], found["r_c"]) == (0.0, 0.0)
        assert found["overlapping_pairs"] == 0.0


def test_fewer_than_two_events():
    y, market = one_date()
    for n in (0, 1):
        found = many.run(y[:n], market, day0=np.full(n, 60), windows=((0, 0),),
                         reads=("common_dates",))  # fmt: skip
        mine = found[0].sums["common_dates"]
        assert np.isnan([mine["r_bar"], mine["r_c"]]).all()
        assert mine["reason"] == "needs_more_events"


def test_one_pair_of_dates_too_few_in_a_hundred_is_enough():
    """Pairs without common days count as uncorrelated up to a hundredth of all."""
    rng = np.random.default_rng(2)
    days = np.array([0, 1, 100])
    known = np.zeros((3, 40))
    known[0, :20], known[1, 20:], known[2] = 1, 1, 40

    def found(n):
        number = np.array([1.0, 1, n])
        sums = DateSums(
            3, days, number, known * number[:, None] / [[1], [1], [40]],
            np.zeros(3), np.ones(3), rng.normal(size=(3, 40)), rng.normal(size=(3, 40)),
        )  # fmt: skip
        return mean_correlation(sums, 5)

    # 2 of 2 + n (n - 1) ordered pairs.
    assert found(14).reason == "few_common_days"
    assert found(15).reason == ""
    assert found(15).pairs_without_overlap == pytest.approx(2 / 212)


@pytest.mark.parametrize("n", [1, 2, 7, 100])
@pytest.mark.parametrize("groups", [1, 3, 60])
def test_rows_added_by_group(n, groups):
    rng = np.random.default_rng(n)
    group = rng.integers(0, groups, n)
    rows = np.flatnonzero(rng.random(n) < 0.7)
    values, number = rng.normal(size=(n, 5)), rng.integers(0, 9, n)
    right, counted = np.zeros((groups, 5)), np.zeros(groups, int)
    np.add.at(right, group[rows], values[rows])
    np.add.at(counted, group[rows], number[rows])
    total, count = np.zeros((groups, 5)), np.zeros(groups, int)
    add_by_group([(total, values), (count, number)], group, rows)
    np.testing.assert_allclose(total, right, rtol=1e-12, atol=1e-13)
    np.testing.assert_array_equal(count, counted)
