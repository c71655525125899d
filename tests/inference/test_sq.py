"""Sample quantiles and the conformal interval: hand counts, duality, limits."""

import dataclasses

import numpy as np
import pytest

from eventstudy.errors import ArgumentError
from eventstudy.inference._base import find_test
from eventstudy.inference._by_hand import constant_mean
from eventstudy.inference.sq import conformal_interval
from tests.samples import market, sample_of


def test_raw_residuals_by_hand():
    # abs(residual) >= 2.5: none of 1, 1, 2; studentised (golden example) it is one.
    outcome = find_test("sq|raw")(constant_mean([1, 1, -2], [2.5]))
    assert outcome.statistic.value[0] == 2.5
    assert outcome.p_value[0] == 1 / 4


def test_drop_and_rise_by_hand():
    # SAR = -1.25 against 0.71, 0.71, -1.41.
    sample = constant_mean([1, 1, -2], [-2.5])
    assert find_test("sq|side=lower")(sample).p_value[0] == 2 / 4
    assert find_test("sq|side=upper")(sample).p_value[0] == 3 / 4
    assert find_test("sq|tails")(sample).p_value[0] == 1.0


def test_a_tie_counts_against_rejection():
    # 2 / sqrt(2) twice over: the day is as large as the largest estimation day.
    sample = constant_mean([1, 1, -2], [2 * np.sqrt(2)])
    assert find_test("sq")(sample).p_value[0] == 2 / 4


def test_published_rule_is_the_raw_rank():
    # Reject a drop at 5 % below the floor(0.05 * (M + 1))-th smallest residual.
    returns = market(11, events=400, days=119)
    sample = sample_of(returns, (0, 0))
    sixth = np.sort(sample.residuals, axis=1)[:, 5]
    ours = find_test("sq|raw|side=lower")(sample).p_value <= 0.05 * (1 + 1e-12)
    np.testing.assert_array_equal(ours, sample.car < sixth)
    assert 5 < ours.sum() < 40


def test_p_values_are_ranks():
    p = find_test("sq")(sample_of(market(4, events=200, days=99), (0, 0))).p_value
    np.testing.assert_allclose(100 * p, np.round(100 * p), atol=1e-12)
    assert p.min() >= 0.01


def test_several_days():
    outcome = find_test("sq")(sample_of(market(1), (-1, 1)))
    assert np.isnan(outcome.p_value).all()
    assert set(outcome.reason) == {"one_day_only"}


@pytest.mark.parametrize(
    ("level", "days", "tails", "valid"),
    [
        (0.05, 19, False, True),
        (0.05, 18, False, False),
        (0.01, 99, False, True),
        (0.01, 98, False, False),
        (0.05, 39, True, True),
        (0.05, 38, True, False),
    ],
)
def test_level_must_be_attainable(level, days, tails, valid):
    sample = sample_of(market(2, days=days), (0, 0), level=level)
    outcome = find_test("sq|tails" if tails else "sq")(sample)
    assert not np.isnan(outcome.p_value).any()
    assert outcome.valid.all() == valid
    assert set(outcome.reason) == {"" if valid else "level_not_attainable"}


def test_two_answers_to_which_side():
    with pytest.raises(ArgumentError, match=r"tails.*two-sided"):
        find_test("sq|tails|side=lower")(sample_of(market(1), (0, 0)))


def test_multi_day_residuals_are_taken_per_root_day():
    # Residuals 2 over four days and 1 over one day weigh the same in the raw form.
    sample = constant_mean([2, -1, -1], [1])
    sample = dataclasses.replace(sample, residual_spans=np.array([[4.0, 1.0, 1.0]]))
    assert find_test("sq|raw")(sample).p_value[0] == 1.0


def test_interval_by_hand():
    # SARs 0.71, 0.71, 1.41 of M = 3; at 25 % the third smallest: q = sqrt(2), and the
    # standard error of the day is 2.
    sample = dataclasses.replace(constant_mean([1, 1, -2], [3]), level=0.25)
    low, high = conformal_interval(sample)
    np.testing.assert_allclose([low[0], high[0]], 3 + np.array([-2, 2]) * np.sqrt(2))


@pytest.mark.parametrize("level", [0.1, 0.05, 0.02])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_interval_holds_what_sq_does_not_reject(level, missing):
    sample = sample_of(market(8, days=140, missing=missing), (0, 0), level=level)
    for bound, inward in zip(conformal_interval(sample), (1, -1), strict=True):
        at = np.where(np.isfinite(bound), bound, 0.0)[:, None]
        known = np.isfinite(bound)
        for step, rejected in ((1e-6, False), (-1e-6, True)):
            shifted = sample.abnormal_returns - (at + inward * step)
            moved = dataclasses.replace(sample, abnormal_returns=shifted)
            p = find_test("sq")(moved).p_value[known]
            np.testing.assert_array_equal(p <= level, rejected)
        assert known.sum() >= 3


def test_interval_of_a_short_estimation_window_is_infinite():
    low, high = conformal_interval(sample_of(market(1, days=18), (0, 0)))
    assert np.isneginf(low).all()
    assert np.isposinf(high).all()
    low, high = conformal_interval(sample_of(market(1, days=19), (0, 0)))
    assert np.isfinite(low).all()


def test_interval_needs_one_day_and_a_return():
    for each in conformal_interval(sample_of(market(1), (-1, 1))):
        assert np.isnan(each).all()
    returns = market(1)
    returns.y_event[2, 5] = np.nan
    for each in conformal_interval(sample_of(returns, (0, 0))):
        assert list(np.flatnonzero(np.isnan(each))) == [2]


def test_interval_covers_under_fat_tails():
    rng = np.random.default_rng(3)
    returns = market(3, events=4000, days=120, event_days=1)
    noise = 0.02 * rng.standard_t(4, (4000, 121))
    fat = returns._replace(y=noise[:, :120], y_event=noise[:, 120:])
    low, high = conformal_interval(sample_of(fat, (0, 0)))
    covered = np.mean((low <= 0) & (high >= 0))
    # Exchangeable rows: ceil(0.95 * 121) / 121 = 115 / 121 of the days lie inside.
    expected = 115 / 121
    assert abs(covered - expected) < 4 * np.sqrt(expected * (1 - expected) / 4000)
