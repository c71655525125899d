"""Run sums by hand and against slices; one bad day spoils no other run."""

import numpy as np
import pytest

from eventstudy.core.runs import run_starts, run_sums


def test_gaps_are_bridged():
    values = np.array([1.0, 2.0, np.nan, 4.0, 8.0])[None, :, None]
    found = run_sums(values, np.isfinite(values[..., 0]), np.array([2]))
    np.testing.assert_array_equal(found[0, :, 0], [3, 6, 12, np.nan, np.nan])


@pytest.mark.parametrize("length", range(1, 14))
def test_against_slices(length):
    rng = np.random.default_rng(1)
    values, used = rng.normal(size=(5, 20, 3)), rng.random((5, 20)) < 0.8
    found = run_sums(values, used, np.full(5, length))
    for event in range(5):
        kept = values[event, used[event]]
        sums = [kept[i : i + length].sum(axis=0) for i in range(len(kept) - length + 1)]
        there = found[event][np.isfinite(found[event, :, 0])]
        np.testing.assert_allclose(
            there, np.reshape(sums, (-1, 3)), rtol=1e-12, atol=1e-14
        )


def test_each_event_has_its_length():
    values, used = np.arange(12.0).reshape(2, 6, 1), np.ones((2, 6), bool)
    found = run_sums(values, used, np.array([2, 5]))[..., 0]
    np.testing.assert_array_equal(found[0], [1, 3, 5, 7, 9, np.nan])
    np.testing.assert_array_equal(found[1], [40, 45, *[np.nan] * 4])


def test_no_runs():
    values, used = np.ones((3, 4, 1)), np.ones((3, 4), bool)
    used[2] = False
    found = run_sums(values, used, np.array([0, 5, 1]))
    assert np.isnan(found).all()


def test_separate_runs_count_back_from_the_end():
    # Seven days, runs of three: days 2-4 and 5-7, the first is left over.
    found = run_starts(np.array([7]), np.array([3]), 8, separate=True)
    assert list(np.flatnonzero(found[0])) == [1, 4]
    overlapping = run_starts(np.array([7]), np.array([3]), 8)
    assert list(np.flatnonzero(overlapping[0])) == [0, 1, 2, 3, 4]


def test_one_enormous_day_keeps_the_digits_of_the_others():
    values = np.full((1, 40, 1), 0.1)
    values[0, 7] = 1e17
    found = run_sums(values, np.ones((1, 40), bool), np.array([5]))[0, :, 0]
    np.testing.assert_allclose(found[8:36], 0.5, rtol=1e-15)


def test_inputs_unchanged():
    values, used = np.ones((2, 9, 1)), np.ones((2, 9), bool)
    values.setflags(write=False)
    used.setflags(write=False)
    run_sums(values, used, np.array([4, 2]))
