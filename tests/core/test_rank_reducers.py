"""Sums of ranks, signs and shares over events, day by day, against plain loops."""

import dataclasses

import numpy as np
import pytest

from eventstudy.core.reducers._restandardised import spreads
from eventstudy.core.residual_pass import REDUCERS, FirstPass, Leaf, merge_sums
from tests import many
from tests import oracles_ranks as oracle
from tests.rank_cases import CASES, EVENT_DAYS, READS, WINDOWS, columns, events, samples

CLOSE = {"rtol": 1e-11, "atol": 1e-12}

every_case = pytest.mark.parametrize("case", CASES)
every_window = pytest.mark.parametrize("window", WINDOWS, ids=str)
every_reducer = pytest.mark.parametrize("key", READS)


def scores(name, used):
    """Scores of each member, by the oracle."""
    each = {"rank": oracle.ranks, "sign": oracle.signs}[name]
    return [each(event.daily, event.sigma) for event in used]


@every_window
@every_case
@pytest.mark.parametrize("name", ["rank", "sign"])
def test_scores_of_each_day(name, case, window):
    found = samples(case)[window].sums["rank_sums"][name]
    used = oracle.members(events(case), columns(window))
    expected = oracle.z_of_days(scores(name, used), used, columns(window))
    np.testing.assert_allclose(found["days"], expected, **CLOSE)
    m = expected.size - EVENT_DAYS
    inside = expected[m:][slice(*columns(window))]
    np.testing.assert_allclose(found["window"], inside, **CLOSE)


@every_window
@every_case
def test_generalised_scores(case, window):
    found = samples(case)[window].sums["generalised_rank_sums"]
    gsar = oracle.generalised(events(case), columns(window))
    for name, each in (("rank", oracle.ranks), ("sign", oracle.signs)):
        means, number = oracle.day_means([each(values) for values in gsar])
        np.testing.assert_allclose(found[name], means, **CLOSE)
        np.testing.assert_array_equal(found["number"], number)


@every_window
@every_case
def test_shares(case, window):
    found = samples(case)[window].sums["positive_share"]
    at = events(case), columns(window)
    for name in ("window", "daily"):
        expected = oracle.positive_share(*at, daily=name == "daily")
        np.testing.assert_allclose(found[name], expected, rtol=1e-13)


@every_window
@every_case
def test_skewness(case, window):
    found = samples(case)[window].sums["residual_moments"]["skewness"]
    expected = oracle.skewness(events(case), columns(window))
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


def test_skewness_of_skewed_returns():
    rng = np.random.default_rng(2)
    y = rng.gamma(1.0, 0.01, (60, 2011))  # skewness 2
    (sample,) = many.run(y, windows=((0, 0),), reads=("residual_moments",))
    found = sample.sums["residual_moments"]["skewness"]
    assert found == pytest.approx(2.0, abs=0.15)


def study(n=60, m=40, seed=4):
    """A first pass and its one leaf, from numbers: day 0 is missing for some."""
    rng = np.random.default_rng(seed)
    days, windows = 5, ((0, 0), (-1, 1), (-2, -1), (0, 1))
    residuals, event = rng.standard_normal((n, m)), rng.standard_normal((n, days))
    residuals[rng.random((n, m)) < 0.1] = np.nan
    event[rng.random(event.shape) < 0.1] = np.nan
    member = np.stack([np.isfinite(event[:, first + 2]) for first, _ in windows])
    sar, known = np.nan_to_num(event), np.isfinite(event).astype(float)
    moments = [member @ part for part in (known, sar, sar**2)]
    ones = np.ones(n)
    first = FirstPass(
        windows=windows, event_window=(-2, 2), estimation_window=(-2 - m, -3),
        day0=np.arange(n), date=np.arange(n), dates=np.arange(n), sigma=ones, df=ones,
        n_estimation=np.isfinite(residuals).sum(axis=1), member=member,
        car=np.where(member, rng.standard_normal((4, n)), np.nan),
        variance=np.where(member, 1.0, np.nan),
        length=np.where(member, rng.integers(1, 4, (4, n)), np.nan),
        n_rows=np.ones((4, n), int), sar_moments=np.stack(moments, axis=1),
        parameters=1,
    )  # fmt: skip
    leaf = Leaf(
        index=np.arange(n), residuals=residuals, abnormal_returns=event,
        residual_spans=np.isfinite(residuals).astype(float), spans=known,
        residual_rows=np.zeros((n, m, 1)), residual_sar=residuals * 1.1, sar=event,
        returns=event, regressors=np.zeros((n, days, 1)),
    )  # fmt: skip
    return first, leaf


def part(leaf, index):
    """Some events of a leaf."""
    return dataclasses.replace(
        leaf,
        **{f.name: getattr(leaf, f.name)[index] for f in dataclasses.fields(leaf)},
    )


def summed(key, first, leaves):
    state = REDUCERS[key].start(first)
    for leaf in leaves:
        REDUCERS[key].accumulate(state, leaf, first)
    return state


def assert_close(found, expected, **tolerance):
    """Two nested mappings agree."""
    assert found.keys() == expected.keys()
    for name, value in found.items():
        if isinstance(value, dict):
            assert_close(value, expected[name], **tolerance)
        else:
            np.testing.assert_allclose(value, expected[name], **tolerance)


@every_reducer
def test_leaves_and_states_add_up(key):
    first, leaf = study()
    pieces = [
        part(leaf, slice(0, 7)),
        part(leaf, slice(7, 40)),
        part(leaf, slice(40, 60)),
    ]
    whole = summed(key, first, [leaf])
    merged = summed(key, first, pieces[:1])
    merge_sums(merged, summed(key, first, pieces[1:]))
    for found, expected in zip(
        REDUCERS[key].finish(merged, first), REDUCERS[key].finish(whole, first),
        strict=True,
    ):  # fmt: skip
        assert_close(found, expected, **CLOSE)


@every_reducer
def test_states_do_not_grow_with_the_events(key):
    sizes = {
        n: {name: np.shape(value) for name, value in summed(key, *pair(n)).items()}
        for n in (20, 200)
    }
    assert sizes[20] == sizes[200]


def pair(n):
    first, leaf = study(n)
    return first, [leaf]


@every_reducer
def test_windows_do_not_touch_each_other(key):
    first, leaf = study()
    together = REDUCERS[key].finish(summed(key, first, [leaf]), first)
    names = ("member", "car", "variance", "length", "n_rows", "sar_moments")
    for w, window in enumerate(first.windows):
        own = {name: getattr(first, name)[[w]] for name in names}
        alone = dataclasses.replace(first, windows=(window,), **own)
        (found,) = REDUCERS[key].finish(summed(key, alone, [leaf]), alone)
        assert_close(found, together[w], rtol=1e-13, atol=1e-14)


@every_reducer
def test_inputs_unchanged(key):
    first, leaf = study()
    many.read_only(first)
    many.read_only(leaf)
    summed(key, first, [leaf])


@every_reducer
def test_events_outside_every_window_change_nothing(key):
    first, leaf = study()
    member = first.member.copy()
    member[:, 10:20] = False
    moments = [
        member @ values
        for values in (
            leaf.spans,
            np.nan_to_num(leaf.sar),
            np.nan_to_num(leaf.sar) ** 2,
        )
    ]
    hidden = {
        name: np.where(member, getattr(first, name), np.nan)
        for name in ("car", "variance", "length")
    }
    first = dataclasses.replace(
        first, member=member, sar_moments=np.stack(moments, axis=1), **hidden
    )
    others = np.r_[0:10, 20:60]
    with_them = REDUCERS[key].finish(summed(key, first, [leaf]), first)
    without = REDUCERS[key].finish(summed(key, first, [part(leaf, others)]), first)
    for found, expected in zip(with_them, without, strict=True):
        assert_close(found, expected, **CLOSE)


def test_spreads():
    first, leaf = study()
    found = spreads(first)
    for w, member in enumerate(first.member):
        expected = np.std(first.scar[w, member], ddof=1)
        assert found.scar[w] == pytest.approx(expected, rel=1e-14)
    # Members have a return on the first day of the window, here.
    assert found.groups == ([0, 3], [1], [2])
    for windows, days in zip(found.groups, found.days, strict=True):
        rows = leaf.sar[first.member[windows[0]]]
        expected = [np.std(day[np.isfinite(day)], ddof=1) for day in rows.T]
        np.testing.assert_allclose(days, expected, rtol=1e-12)


def test_spreads_belong_to_their_study():
    one, _ = study(seed=1)
    other, _ = study(seed=2)
    expected = spreads(other).scar
    assert spreads(one).scar[0] != expected[0]
    np.testing.assert_array_equal(spreads(other).scar, expected)
    fewer = dataclasses.replace(other, member=np.zeros_like(other.member))
    assert np.isnan(spreads(fewer).scar).all()


@pytest.mark.parametrize("values", [[2.0] * 6, [1.5] + [np.nan] * 5])
def test_no_spread(values):
    first, _ = study(6)
    member = np.tile(np.isfinite(values), (4, 1))
    n, x = member.sum(axis=1)[:, None] * np.ones(5), values[0]
    first = dataclasses.replace(
        first, member=member, car=np.tile(values, (4, 1)), variance=np.ones((4, 6)),
        sar_moments=np.stack([n, n * x, n * x**2], axis=1),
    )  # fmt: skip
    assert np.isnan(spreads(first).scar).all()
    assert np.isnan(spreads(first).days).all()


def test_day_with_one_event_is_left_out():
    first, leaf = study()
    sar, moments = leaf.sar.copy(), first.sar_moments.copy()
    sar[1:, 4] = np.nan
    moments[:, :, 4] = np.array([1.0, sar[0, 4], sar[0, 4] ** 2])
    first = dataclasses.replace(first, sar_moments=moments)
    leaf = dataclasses.replace(leaf, sar=sar)
    state = summed("restandardised_rank_sums", first, [leaf])
    for found in REDUCERS["restandardised_rank_sums"].finish(state, first):
        assert np.isnan(found["rank"]["days"][-1])
        assert np.isfinite(found["rank"]["days"][:-1]).all()


def test_one_enormous_return_spoils_no_other_run():
    first, leaf = study()
    residuals = leaf.residuals.copy()
    residuals[:, 0] = 1e30
    huge = dataclasses.replace(leaf, residuals=residuals)
    residuals = residuals.copy()
    residuals[:, 0] = 1.0
    plain = dataclasses.replace(leaf, residuals=residuals)
    one, other = (summed("positive_share", first, [each]) for each in (huge, plain))
    # with 1 or 1e30 in front, the first runs alone may differ, and only upwards
    number = one["number"]
    assert (one["daily"] == other["daily"]).all()
    assert (one["window"] - other["window"] <= 3 * number / 30).all()
