"""Stretches of days, cut the slow way as well."""

import pickle

import numpy as np
import pytest

from eventstudy.core.windows import Cutter, Cutters


def slowly(series, row, start, length):
    found = np.full((len(row), *series.shape[1:-1], length), np.nan)
    for i, (r, s) in enumerate(zip(row, start, strict=True)):
        for day in range(length):
            if 0 <= s + day < series.shape[-1]:
                found[i, ..., day] = series[r, ..., s + day]
    return found


@pytest.mark.parametrize("shape", [(4, 30), (3, 2, 30), (3, 0, 30), (2, 5), (1, 1)])
@pytest.mark.parametrize("length", [1, 7, 30, 31])
def test_against_a_loop(shape, length):
    rng = np.random.default_rng(0)
    series = rng.standard_normal(shape)
    row = rng.integers(0, shape[0], 40)
    start = rng.integers(-length - 3, shape[-1] + 3, 40)
    found = Cutter(series, length)(row, start)
    np.testing.assert_array_equal(found, slowly(series, row, start, length))


def test_a_copy():
    series = np.arange(10.0).reshape(1, 10)
    cut = Cutter(series, 3)(np.array([0]), np.array([2]))
    cut[:] = -1.0
    assert (series >= 0).all()


def test_both_ends_of_a_window_are_in_it():
    series = np.arange(20.0).reshape(1, 20)
    cutters = Cutters.of((-2, 3), series, series, series, series[:, None])
    assert (cutters.start, cutters.days) == (-2, 6)
    found = cutters.returns(np.array([0]), np.array([10 + cutters.start]))
    np.testing.assert_array_equal(found, [[8.0, 9.0, 10.0, 11.0, 12.0, 13.0]])
    assert cutters.x(np.array([0]), np.array([8])).shape == (1, 1, 6)


def test_it_travels_without_its_overlapping_stretches():
    series = np.random.default_rng(0).normal(size=(5, 1000))
    cut = Cutter(series, 250)
    sent = pickle.dumps(cut)
    assert len(sent) < 2 * series.nbytes
    row, start = np.array([1, 4]), np.array([0, 700])
    np.testing.assert_array_equal(pickle.loads(sent)(row, start), cut(row, start))
