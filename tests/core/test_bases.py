"""Orthonormal coordinates of the dates' regressors."""

import numpy as np
import pytest

from eventstudy.core.bases import Basis, orthonormal_basis

FIELDS = Basis.__slots__


def windows(seed=0, dates=3, f=2, days=40, event_days=5, missing=0.1):
    rng = np.random.default_rng(seed)
    x, x_event = (rng.normal(0.001, 0.01, (dates, f, n)) for n in (days, event_days))
    for part in (x, x_event):
        part[rng.random(part.shape) < missing] = np.nan
    return x, x_event


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("f", [1, 2, 5])
def test_orthonormal_and_of_the_same_space(f, intercept):
    x, x_event = windows(f=f)
    basis = orthonormal_basis(x, x_event, intercept=intercept)
    assert basis.intercept == intercept
    for i in range(3):
        ok = np.isfinite(x[i]).all(axis=0)
        q = basis.q[i]
        np.testing.assert_array_equal(basis.ok[i], ok)
        assert not q[:, ~ok].any()
        np.testing.assert_allclose(q @ q.T, np.eye(len(q)), atol=1e-14)
        columns = [np.ones(ok.sum())] * intercept + list(x[i][:, ok])
        q = q[:, ok]
        for column in columns:
            np.testing.assert_allclose(column @ q.T @ q, column, rtol=1e-12)
        # Coordinates to raw coefficients: raw columns times them are the basis.
        np.testing.assert_allclose(np.array(columns).T @ basis.raw[i], q.T, atol=1e-12)


def test_event_rows_are_in_the_same_coordinates():
    x, x_event = windows(1)
    basis = orthonormal_basis(x, x_event, intercept=True)
    for i in range(3):
        ok = np.isfinite(x_event[i]).all(axis=0)
        rows = np.column_stack([np.ones(ok.sum()), x_event[i][:, ok].T])
        np.testing.assert_array_equal(basis.ok_event[i], ok)
        np.testing.assert_allclose(basis.z[i, ok], rows @ basis.raw[i], rtol=1e-11)


def test_rows_over_several_days():
    x, x_event = windows(2)
    basis = orthonormal_basis(x, x_event, intercept=True)
    date, days = np.array([2, 0]), np.array([3.0, 5.0])
    raw = np.array([[0.02, -0.01], [0.3, 0.1]])
    rows = basis.rows(date, days, raw)
    for i in range(2):
        expected = np.array([days[i], *raw[i]]) @ basis.raw[date[i]]
        np.testing.assert_allclose(rows[i], expected, rtol=1e-11)


def test_rows_are_divided_by_the_root_of_their_days():
    x, x_event = windows(3, missing=0.0)
    days = np.random.default_rng(3).integers(0, 4, (3, 40)).astype(float)
    basis = orthonormal_basis(x, x_event, intercept=True, days=days)
    for i in range(3):
        used, q = days[i] > 0, basis.q[i]
        np.testing.assert_array_equal(basis.ok[i], used)
        np.testing.assert_allclose(q @ q.T, np.eye(3), atol=1e-14)
        rows = np.vstack([days[i], x[i]])[:, used] / np.sqrt(days[i, used])
        np.testing.assert_allclose(rows.T @ basis.raw[i], q[:, used].T, atol=1e-12)


def test_condition_is_that_of_centred_columns_at_unit_norm():
    x, x_event = windows(4, f=3, missing=0.0)
    x[1, 2] = x[1, 0] + 1e-5 * x[2, 1]
    basis = orthonormal_basis(x + 1e3, x_event, intercept=True)
    for i in range(3):
        centred = x[i] - x[i].mean(axis=1, keepdims=True)
        expected = np.linalg.cond(
            (centred / np.linalg.norm(centred, axis=1, keepdims=True)).T
        )
        assert basis.condition[i] == pytest.approx(expected, rel=1e-4)


def test_weakest_combination():
    x, x_event = windows(5, f=3, missing=0.0)
    x[:, 2] = x[:, 0] + 1e-7 * x[::-1, 1] ** 2 / 0.01
    basis = orthonormal_basis(x, x_event, intercept=True)
    # At unit norm the two columns are the same; their difference is what vanishes.
    np.testing.assert_allclose(
        np.abs(basis.weakest), [[0.0, 0.5**0.5, 0.0, 0.5**0.5]] * 3, atol=1e-5
    )


@pytest.mark.parametrize("value", [0.0, 0.25, 1e8])
def test_a_constant_column_is_named(value):
    x, x_event = windows(6, f=2, missing=0.0)
    x[1, 1] = value
    basis = orthonormal_basis(x, x_event, intercept=True)
    assert np.isinf(basis.condition[1])
    np.testing.assert_array_equal(basis.weakest[1], [1.0, 0.0, 1.0])
    assert np.isfinite(basis.condition[[0, 2]]).all()


def test_a_date_does_not_depend_on_the_dates_beside_it():
    for f in (0, 1, 4):
        x, x_event = windows(7, dates=20, f=f)
        basis = orthonormal_basis(x, x_event, intercept=True)
        for i in (0, 7, 19):
            one = orthonormal_basis(x[i : i + 1], x_event[i : i + 1], intercept=True)
            for name in FIELDS:
                np.testing.assert_array_equal(
                    getattr(one, name), getattr(basis, name)[i : i + 1], err_msg=name
                )
