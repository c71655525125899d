"""Ranks, medians and signs within rows against scipy and numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eventstudy.core.ranks import TIE, medians, ranks, signs, sort_rows

SHAPES = ["continuous", "whole numbers", "heavy", "zeros", "far off"]


NARROW, WIDE = st.integers(1, 40), st.sampled_from([255, 256, 257, 513, 1100])


@st.composite
def tables(draw, widths=NARROW):
    """Rows of values, some missing, some rows empty."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (draw(st.integers(1, 7)), draw(widths))
    values = {
        "continuous": rng.standard_normal(shape),
        "whole numbers": np.round(2 * rng.standard_normal(shape)),
        "heavy": rng.standard_cauchy(shape),
        "zeros": np.where(rng.random(shape) < 0.7, -0.0, rng.standard_normal(shape)),
        "far off": 1e6 + np.round(rng.standard_normal(shape), 1),
    }[draw(st.sampled_from(SHAPES))]
    values[rng.random(shape) < draw(st.sampled_from([0.0, 0.3]))] = np.nan
    values[rng.random(len(values)) < 0.2] = np.nan
    return values


def by_scipy(row):
    known = np.isfinite(row)
    found = np.zeros(row.size)
    found[known] = stats.rankdata(row[known])
    return found


@given(tables())
def test_ranks(values):
    found = ranks(sort_rows(values))
    np.testing.assert_array_equal(found, [by_scipy(row) for row in values])


@given(tables(WIDE))
def test_ranks_of_many_columns(values):
    found = ranks(sort_rows(values))
    np.testing.assert_array_equal(found, [by_scipy(row) for row in values])


def test_by_hand():
    values = np.array([[3.0, np.nan, 1.0, 3.0, 2.0, -1.0]])
    np.testing.assert_array_equal(ranks(sort_rows(values)), [[4.5, 0, 2, 4.5, 3, 1]])


@given(tables())
def test_rows_are_sorted(values):
    rows = sort_rows(values)
    np.testing.assert_array_equal(rows.count, np.isfinite(values).sum(axis=1))
    for row, count, column in zip(values, rows.count, rows.column, strict=True):
        expected = np.sort(row)[:count]
        np.testing.assert_array_equal(np.sort(column), np.arange(row.size))
        np.testing.assert_allclose(row[column[:count]], expected, rtol=1e-12)


def test_values_that_differ_by_rounding_are_tied():
    values = np.array([[1.0, 1.0 + 3e-16, 2.0], [1.0, 1.0 + 1e-9, 2.0]])
    np.testing.assert_array_equal(
        ranks(sort_rows(values)), [[1.5, 1.5, 3.0], [1.0, 2.0, 3.0]]
    )


def test_each_row_has_its_own_tie():
    values = np.tile([1.0, 1.1, 2.0], (3, 1))
    found = ranks(sort_rows(values, np.array([[0.2], [0.01], [np.nan]])))
    np.testing.assert_array_equal(found, [[1.5, 1.5, 3], [1, 2, 3], [1, 2, 3]])


def test_rows_touch_without_a_tie():
    # The largest of a row equals the smallest of the next.
    values = np.array([[1.0, 5.0], [5.0, 9.0]])
    np.testing.assert_array_equal(ranks(sort_rows(values)), [[1, 2], [1, 2]])


def test_no_rows():
    rows = sort_rows(np.zeros((0, 5)))
    assert ranks(rows).shape == (0, 5)
    assert medians(rows).shape == (0,)


@given(tables())
def test_medians(values):
    found = medians(sort_rows(values))
    expected = [np.median(r[np.isfinite(r)]) if np.isfinite(r).any() else np.nan
                for r in values]  # fmt: skip
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-12)


@given(tables(), st.integers(0, 2**32 - 1))
def test_medians_with_one_more_value(values, seed):
    more = np.round(np.random.default_rng(seed).standard_normal(len(values)), 1)
    found = medians(sort_rows(values), more)
    both = [
        np.append(row[np.isfinite(row)], x) for row, x in zip(values, more, strict=True)
    ]
    expected = [np.median(row) for row in both]
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-12)


def test_missing_further_value_gives_no_median():
    assert np.isnan(medians(sort_rows(np.array([[1.0, 2.0]])), np.array([np.nan])))


def test_signs():
    values = np.array([[1.0, 2.0, 2.0 + TIE / 2, 3.0, np.nan]])
    found = signs(values, np.array([2.0]))
    np.testing.assert_array_equal(found, [[-1, 0, 0, 1, 0]])


@pytest.mark.parametrize("function", [ranks, medians])
def test_inputs_unchanged(function):
    values = np.array([[2.0, 2.0, np.nan, 1.0]])
    values.setflags(write=False)
    rows = sort_rows(values)
    before = rows.column.copy()
    function(rows)
    np.testing.assert_array_equal(rows.column, before)
