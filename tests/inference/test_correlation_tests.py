"""Tests that allow for events which share days, against loops and other software."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from eventstudy.inference._base import find_test
from tests import many
from tests import oracles_correlation as oracle
from tests.correlation_cases import (
    DATES,
    GAPS,
    MIN_OVERLAP,
    WINDOWS,
    case,
    samples,
)
from tests.simulate_many import design as simulated

CLOSE = {"rel": 1e-9, "abs": 1e-11}


class Numbers:
    """What the oracle knows of one window of a study."""

    def __init__(self, given, window):
        self.given, self.window, self.design = given, window, given.design
        mine = oracle.members(given.found, window, self.design)
        pairs = [oracle.car(one, window, self.design) for one in mine]
        self.car = np.array([car for car, _ in pairs])
        self.c = np.array([c for _, c in pairs])
        self.scar = self.car / np.sqrt(self.c) / [one.fit.sigma for one in mine]
        self.df = np.array([one.fit.df for one in mine])
        self.n = len(mine)

    def correlation(self, which):
        """r_bar or r_c, and NaN where the rule on common days forbids it."""
        found = oracle.correlations(
            self.given.found, self.window, self.design, MIN_OVERLAP
        )
        return np.nan if found["pairs_without_overlap"] > 0.01 else found[which]

    def adjusted(self, x, which):
        """Statistic and p of the adjusted t of values."""
        r = self.correlation(which)
        room = 1 + (self.n - 1) * r
        if not (room > 0.05 and r < 1):
            return np.nan, np.nan
        t = stats.ttest_1samp(x, 0.0).statistic * np.sqrt((1 - r) / room)
        return t, 2 * stats.t.sf(abs(t), self.n - 1)


def bmp_adjusted(known):
    return known.adjusted(known.scar, "r_bar")


def cross_sectional_adjusted(known):
    return known.adjusted(known.car, "r_c")


def bmp_adjusted_fixed_cov(known):
    variance = known.scar.var(ddof=1) / known.n + known.correlation("r_bar")
    if not variance > 0:
        return np.nan, np.nan
    t = known.scar.mean() / np.sqrt(variance)
    return t, 2 * stats.t.sf(abs(t), known.n - 1)


def patell_adjusted(known):
    r = known.correlation("r_bar")
    room = 1 + (known.n - 1) * r
    if not (room > 0.05 and r < 1):
        return np.nan, np.nan
    q = [stats.t.var(df) for df in known.df]
    z = known.scar.sum() / np.sqrt(np.sum(q) * room)
    return z, 2 * stats.norm.sf(abs(z))


def portfolio(known):
    aar = oracle.portfolio(known.given.found, known.window, known.design)
    return aar[np.isfinite(aar)], aar


def bw_portfolio(known):
    aar, _ = portfolio(known)
    t = known.car.mean() / np.sqrt(aar.var(ddof=2) * known.c.mean())
    return t, 2 * stats.t.sf(abs(t), len(aar) - 2)


def bw_portfolio_published(known):
    aar, _ = portfolio(known)
    length = known.window[1] - known.window[0] + 1
    t = known.car.mean() / (aar.std(ddof=1) * np.sqrt(length))
    return t, 2 * stats.t.sf(abs(t), len(aar) - 1)


def bw_portfolio_autocovariance(known):
    kept, aar = portfolio(known)
    length, mean = known.window[1] - known.window[0] + 1, kept.mean()
    variance = length * kept.var(ddof=1)
    for lag in range(1, length):
        pairs = [(aar[t] - mean) * (aar[t - lag] - mean) for t in range(lag, len(aar))]
        variance += 2 * (length - lag) * np.nansum(pairs) / (len(kept) - 1)
    if variance <= 0:
        return np.nan, np.nan
    t = known.car.mean() / np.sqrt(variance)
    return t, 2 * stats.t.sf(abs(t), len(kept) - 1)


def placebo(known, statistic):
    """The statistic of the window and its rank among those of the shifts."""
    value = statistic(known.scar)
    shifts = oracle.placebo_shifts(known.given.found, known.window, known.design)
    others = [statistic(s) for s in shifts if len(s) >= max(3, known.n / 2)]
    if not others:
        return np.nan, np.nan
    exceed = sum(abs(other) >= abs(value) for other in others)
    return value, (1 + exceed) / (1 + len(others))


def studentised(x):
    """The t of a mean; inf where one firm stands twice and alone on its day."""
    sd = np.std(x, ddof=1)
    return np.inf if sd < 1e-12 else np.sqrt(len(x)) * np.mean(x) / sd


def placebo_in_time(known):
    return placebo(known, studentised)


def placebo_in_time_mean(known):
    return placebo(known, np.mean)


TESTS = {
    "bmp_adjusted": bmp_adjusted,
    "bmp_adjusted_fixed_cov": bmp_adjusted_fixed_cov,
    "cross_sectional_adjusted": cross_sectional_adjusted,
    "patell_adjusted": patell_adjusted,
    "bw_portfolio": bw_portfolio,
    "bw_portfolio|published": bw_portfolio_published,
    "bw_portfolio|autocovariance": bw_portfolio_autocovariance,
    "placebo_in_time": placebo_in_time,
    "placebo_in_time|mean": placebo_in_time_mean,
}


@pytest.mark.parametrize("gaps", GAPS)
@pytest.mark.parametrize("dates", DATES)
def test_against_loops_and_scipy(dates, gaps):
    for window in WINDOWS:
        known = Numbers(case(dates, gaps), window)
        for key, expected in TESTS.items():
            found = find_test(key)(samples(dates, gaps)[window])
            value, p_value = expected(known)
            at = f"{key} {window}"
            assert found.statistic.value == pytest.approx(
                value, nan_ok=True, **CLOSE
            ), at
            assert found.p_value == pytest.approx(p_value, nan_ok=True, **CLOSE), at


@pytest.mark.parametrize("gaps", GAPS)
@pytest.mark.parametrize("window", WINDOWS[:2])
def test_windows_apart_leave_the_plain_tests_to_the_bit(window, gaps):
    sample = samples("all apart", gaps)[window]
    for adjusted, plain in [
        ("bmp_adjusted", "bmp"),
        ("cross_sectional_adjusted", "cross_sectional_t"),
        ("patell_adjusted", "patell"),
    ]:
        found, expected = find_test(adjusted)(sample), find_test(plain)(sample)
        assert found.statistic.value == expected.statistic.value
        assert found.p_value == expected.p_value
    fixed = find_test("bmp_adjusted_fixed_cov")(sample).statistic.value
    assert fixed == pytest.approx(find_test("bmp")(sample).statistic.value, rel=1e-14)


def clustered(reason="", **correlations):
    """Eleven events and a correlation."""
    sums = {"common_dates": {"r_bar": 0.1, "r_c": 0.1, "reason": reason} | correlations}
    car = np.random.default_rng(3).normal(1.0, 1.0, 11)
    return many.cross_section(car, sums=sums)


ADJUSTED = ["bmp_adjusted", "cross_sectional_adjusted", "patell_adjusted"]


@pytest.mark.parametrize("key", ADJUSTED)
def test_a_correlation_that_leaves_no_variance(key):
    # 1 + (N - 1) r is to be above 0.05.
    low, fine = (clustered(r_bar=r, r_c=r) for r in (-0.0951, -0.0949))
    assert find_test(key)(low).reason == "invalid_r_bar"
    assert np.isnan(find_test(key)(low).p_value)
    assert find_test(key)(fine).valid
    one = clustered(r_bar=1.0, r_c=1.0)
    assert find_test(key)(one).reason == "invalid_r_bar"


def test_a_fixed_covariance_that_leaves_no_variance():
    sample = clustered()
    least = -sample.scar.var(ddof=1) / 11
    for r, reason in [(least * 1.001, "invalid_r_bar"), (least * 0.999, "")]:
        found = find_test("bmp_adjusted_fixed_cov")(clustered(r_bar=r))
        assert found.reason == reason


@pytest.mark.parametrize("key", [*ADJUSTED, "bmp_adjusted_fixed_cov"])
def test_an_unknown_correlation_adjusts_nothing(key):
    unknown = clustered("few_common_days", r_bar=np.nan, r_c=np.nan)
    found = find_test(key)(unknown)
    assert np.isnan(found.statistic.value)
    assert found.reason == "few_common_days"
    assert not found.valid


@pytest.mark.parametrize("key", [*ADJUSTED, "bmp_adjusted_fixed_cov"])
def test_a_negative_correlation_is_kept(key):
    plain, negative = clustered(r_bar=0.0, r_c=0.0), clustered(r_bar=-0.05, r_c=-0.05)
    found, expected = (
        find_test(key)(each).statistic.value for each in (negative, plain)
    )
    assert found > expected > 0


def shifts(number, n=8):
    """Events whose shifts have so many of them each."""
    rng = np.random.default_rng(1)
    number = np.asarray(number, float)
    sums = {
        "number": number,
        "sum": rng.normal(size=number.size),
        "squares": 2 * number,
    }
    return many.cross_section(
        rng.normal(1, 1, n), sums={"placebo_shifts": sums}, n_estimation=250
    )


def test_shifts_with_few_events_do_not_count():
    found = find_test("placebo_in_time")(shifts([8, 4, 3, 2, 0]))
    assert found.statistic.draws == 2
    found = find_test("placebo_in_time")(shifts([3, 3, 2], n=3))
    assert found.statistic.draws == 2
    for key in ("placebo_in_time", "placebo_in_time|mean"):
        found = find_test(key)(shifts([3, 3, 0]))
        assert np.isnan(found.p_value)
        assert found.reason == "no_placebo_shift"


def test_a_shift_without_spread_counts_as_extreme():
    sample = shifts([8, 8])
    sums = {"number": np.array([8.0, 8]), "sum": np.array([8.0, 0]),
            "squares": np.array([8.0, 8])}  # fmt: skip
    sample = dataclasses.replace(sample, sums={"placebo_shifts": sums})
    assert find_test("placebo_in_time")(sample).p_value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("window", "day0", "stretch"),
    [
        ((0, 0), [0, 0, 1, 2], 1),
        ((0, 0), [0, 5, 9, 9], 1),
        ((-1, 1), [0, 0, 0, 0], 3),
        ((-1, 1), [0, 2, 4, 60], 7),
        ((-1, 1), [0, 3, 6, 9], 3),
        ((-5, 5), [0, 10, 11, 40], 22),
    ],
)
def test_placebo_time_in_stretches_of_joined_windows(window, day0, stretch):
    sums = {
        "number": np.full(30, 4.0),
        "sum": np.arange(30.0),
        "squares": np.arange(30.0) ** 2,
    }
    for days, valid in [(20 * stretch, True), (20 * stretch - 1, False)]:
        sample = many.cross_section(
            [1.0, 2, 4, 7], window=window, day0=np.array(day0), n_estimation=days,
            sums={"placebo_shifts": sums},
        )  # fmt: skip
        found = find_test("placebo_in_time")(sample)
        assert found.valid == valid
        assert found.reason == ("" if valid else "too_few_placebo_blocks")


def test_placebo_reads_the_median_event():
    sums = {"number": np.full(9, 4.0), "sum": np.ones(9), "squares": np.full(9, 9.0)}
    sample = many.cross_section(
        [1.0, 2, 4], n_estimation=np.array([20, 20, 5]), sums={"placebo_shifts": sums}
    )
    assert find_test("placebo_in_time")(sample).valid


def portfolio_of(aar, window=(0, 0), c_bar=1.0):
    """Events and the portfolio's abnormal returns."""
    sums = {"portfolio_days": {"aar": np.asarray(aar, float), "c_bar": c_bar}}
    return many.cross_section([1.0, 2, 4], window=window, sums=sums)


def test_portfolio_without_enough_days_or_spread():
    for key, days, reason in [
        ("bw_portfolio", [1, 2, np.nan], "too_few_days"),
        ("bw_portfolio", [1, 1, 1], "zero_variance"),
        ("bw_portfolio|published", [1, np.nan], "too_few_days"),
    ]:
        found = find_test(key)(portfolio_of(days))
        assert np.isnan(found.statistic.value)
        assert found.reason == reason


def test_a_portfolio_that_swings_to_and_fro_has_a_small_variance():
    # Deviations 1 and -1 in turn: s^2 = 8 / 7, lag one -7 / 7, lag two 6 / 7.
    swinging = portfolio_of([1, -1] * 4, window=(0, 2))
    found = find_test("bw_portfolio|autocovariance")(swinging)
    variance = (3 * 8 - 2 * 2 * 7 + 2 * 6) / 7
    assert found.statistic.value == pytest.approx((7 / 3) / np.sqrt(variance))


def test_portfolio_of_the_market_adjusted_model_has_one_parameter():
    sample = dataclasses.replace(portfolio_of([1, -1, 1, -1]), parameters=0)
    found = find_test("bw_portfolio")(sample)
    assert found.statistic.df == 3
    assert found.statistic.value == pytest.approx((7 / 3) / np.sqrt(4 / 3))


def test_portfolio_counts_parameter_error():
    few, many_days = portfolio_of([1, -1] * 5, c_bar=4.0), portfolio_of([1, -1] * 5)
    t = [find_test("bw_portfolio")(s).statistic.value for s in (few, many_days)]
    assert t[0] == pytest.approx(t[1] / 2)
    published = [
        find_test("bw_portfolio|published")(s).statistic.value for s in (few, many_days)
    ]
    assert published[0] == published[1]


def by_relative_day(y, x, days):
    """r_bar of all pairs by relative day, as if all events were on one date."""
    rows = np.stack([np.ones(days), np.empty(days)], axis=1)
    z = []
    for returns, market in zip(y, x, strict=True):
        rows[:, 1] = market[:days]
        e = returns[:days] - rows @ np.linalg.lstsq(rows, returns[:days], rcond=None)[0]
        z.append((e - e.mean()) / e.std())
    n = len(z)
    return (n * np.mean(z, axis=0).var() - 1) / (n - 1)


@pytest.mark.slow
def test_size_on_staggered_dates():
    """Correlation by calendar day and overlap holds the level; by relative day not."""
    replications, level = 4000, 0.05  # standard error of a size of 5 %: 0.34
    simulation = simulated("staggered", 60)
    hits = {"bmp_adjusted": 0, "by relative day": 0, "bmp": 0}
    for number, rng in enumerate(np.random.default_rng(89).spawn(replications)):
        draw = simulation.draw(rng)
        sample = many.run(
            draw.y, draw.x, day0=draw.day0, windows=((-1, 1),), tests=["bmp_adjusted"],
            seed=number,
        )[0]  # fmt: skip
        r = by_relative_day(draw.y, draw.x, simulation.days)
        wrong = {"common_dates": {"r_bar": r, "reason": ""}}
        for name, key, sums in [
            ("bmp_adjusted", "bmp_adjusted", sample.sums),
            ("by relative day", "bmp_adjusted", wrong),
            ("bmp", "bmp", {}),
        ]:
            found = find_test(key)(dataclasses.replace(sample, sums=sums))
            hits[name] += found.p_value <= level
    size = {name: count / replications for name, count in hits.items()}
    assert 0.035 <= size["bmp_adjusted"] <= 0.065, size
    assert size["by relative day"] >= 0.12, size
    assert size["bmp"] >= 0.18, size
