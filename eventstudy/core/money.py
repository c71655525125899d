"""What an abnormal return is worth in money, and how far that is known (methods 3.8).

The arrays hold one window: ``(..., L)`` days of the window, ``(...)`` events.  A day
on which no observation ends is NaN in returns and leaves the figures unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from eventstudy._typing import BoolArray, FloatArray, ReturnKind


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """An amount with its standard error and interval, each of shape (...).

    Parameters
    ----------
    value, std_error, low, high : ndarray of shape (...)
        In the currency of the market value.  NaN where an input is NaN.
    """

    value: FloatArray
    std_error: FloatArray
    low: FloatArray
    high: FloatArray


def critical_value(confidence: float, df: FloatArray) -> FloatArray:
    """Two-sided quantile of Student's t; the normal one for infinite ``df``.

    Parameters
    ----------
    confidence : float
        Level of the interval, 0.95 for 95 %.
    df : ndarray of shape (...)

    Returns
    -------
    ndarray of shape (...)
    """
    tail = (1.0 + confidence) / 2.0
    finite = np.where(np.isinf(df), 1.0, df)
    return np.where(np.isinf(df), special.ndtri(tail), special.stdtrit(finite, tail))


def first_order(
    market_value: FloatArray,
    car: FloatArray,
    std_error: FloatArray,
    critical: FloatArray,
) -> Money:
    """Market value times the cumulative abnormal return.

    Parameters
    ----------
    market_value : ndarray of shape (...)
        Before the window.
    car, std_error : ndarray of shape (...)
        Cumulative abnormal return and its standard error, decimals.
    critical : ndarray of shape (...)
        From :func:`critical_value`.

    Returns
    -------
    Money
    """
    return _symmetric(market_value * car, market_value * std_error, critical)


def buy_and_hold(
    market_value: FloatArray,
    actual: FloatArray,
    expected: FloatArray,
    covariance: FloatArray,
    critical: FloatArray,
) -> Money:
    """Market value times the buy-and-hold abnormal return.

    The realised path is known; only the path that the model expects carries the
    prediction error, hence the gradient of its compounded return.

    Parameters
    ----------
    market_value : ndarray of shape (...)
    actual, expected : ndarray of shape (..., L)
        Simple returns, and those that the model expects; decimals.
    covariance : ndarray of shape (..., L, L)
        Of the abnormal returns, prediction error included.
    critical : ndarray of shape (...)

    Returns
    -------
    Money
    """
    value = buy_and_hold_path(actual, expected)[..., -1]
    missing = np.isnan(actual - expected)
    variance = _quadratic(expected_gradient(expected, missing), covariance, missing)
    return _symmetric(market_value * value, market_value * np.sqrt(variance), critical)


def daily_sum(
    abnormal: FloatArray,
    market_values: FloatArray,
    covariance: FloatArray,
    critical: FloatArray,
) -> Money:
    """Abnormal returns times the market values they fell on, added up.

    Parameters
    ----------
    abnormal : ndarray of shape (..., L)
        Abnormal returns, decimals.
    market_values : ndarray of shape (..., L)
        Actual market value at the close before each observation; it contains what
        the event has done by then.
    covariance : ndarray of shape (..., L, L)
    critical : ndarray of shape (...)

    Returns
    -------
    Money
    """
    missing = np.isnan(abnormal)
    value = np.where(missing, 0.0, abnormal * market_values).sum(axis=-1)
    variance = _quadratic(market_values, covariance, missing)
    return _symmetric(_none(missing, value), np.sqrt(variance), critical)


def log_change(
    market_value: FloatArray,
    actual: FloatArray,
    car: FloatArray,
    std_error: FloatArray,
    critical: FloatArray,
) -> Money:
    """Market value times the change that logarithmic abnormal returns compound to.

    The limits put the two limits of the cumulative abnormal return in its place,
    with the actual path held fixed; the standard error is first order.

    Parameters
    ----------
    market_value : ndarray of shape (...)
    actual : ndarray of shape (..., L)
        Logarithmic returns.
    car, std_error : ndarray of shape (...)
        Logarithmic cumulative abnormal return and its standard error.
    critical : ndarray of shape (...)

    Returns
    -------
    Money
    """
    end = market_value * np.exp(np.nansum(actual, axis=-1))
    half = critical * std_error
    return Money(
        -end * np.expm1(-car),
        end * np.exp(-car) * std_error,
        -end * np.expm1(half - car),
        -end * np.expm1(-half - car),
    )


def buy_and_hold_path(
    actual: FloatArray, expected: FloatArray, return_kind: ReturnKind = "simple"
) -> FloatArray:
    """Buy-and-hold abnormal return from the first day up to each day (methods 2.9).

    Parameters
    ----------
    actual, expected : ndarray of shape (..., L)
        Returns, and those that the model expects; decimals of ``return_kind``.
    return_kind : {"simple", "log"}

    Returns
    -------
    ndarray of shape (..., L)
        Simple returns; its last column is the BHAR of the window.  NaN up to the
        first day that has both returns.
    """
    missing = np.isnan(actual - expected)
    held = _compounded(np.where(missing, 0.0, actual), return_kind)
    benchmark = _compounded(np.where(missing, 0.0, expected), return_kind)
    begun = np.logical_or.accumulate(~missing, axis=-1)
    return np.where(begun, held - benchmark, np.nan)


def expected_gradient(expected: FloatArray, missing: BoolArray) -> FloatArray:
    """Differentiate the compounded expected return by each day's, (..., L).

    Parameters
    ----------
    expected : ndarray of shape (..., L)
        Simple expected returns.
    missing : ndarray of bool, shape (..., L)
        Days left out.

    Returns
    -------
    ndarray of shape (..., L)
        The product of 1 + expected over all other days; 0 on days left out.
    """
    growth = np.where(missing, 1.0, 1.0 + expected)
    one = np.ones_like(growth[..., :1])
    before = np.concatenate([one, np.cumprod(growth, axis=-1)[..., :-1]], axis=-1)
    reverse = np.cumprod(growth[..., ::-1], axis=-1)[..., ::-1]
    after = np.concatenate([reverse[..., 1:], one], axis=-1)
    return np.where(missing, 0.0, before * after)


def _compounded(returns: FloatArray, return_kind: ReturnKind) -> FloatArray:
    if return_kind == "log":
        return np.exp(np.cumsum(returns, axis=-1))
    return np.cumprod(1.0 + returns, axis=-1)


def _quadratic(
    weights: FloatArray, covariance: FloatArray, missing: BoolArray
) -> FloatArray:
    """Quadratic form over the days that are not missing; NaN where all are."""
    w = np.where(missing, 0.0, weights)
    pair = missing[..., :, None] | missing[..., None, :]
    v = np.where(pair, 0.0, covariance)
    return _none(missing, np.einsum("...i,...ij,...j->...", w, v, w))


def _none(missing: BoolArray, value: FloatArray) -> FloatArray:
    return np.where(missing.all(axis=-1), np.nan, value)


def _symmetric(value: FloatArray, std_error: FloatArray, critical: FloatArray) -> Money:
    half = critical * np.abs(std_error)
    return Money(value, np.abs(std_error), value - half, value + half)
