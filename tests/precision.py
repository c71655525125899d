"""Least squares in 60 digits: what the right answer is where doubles are in doubt.

Inputs are taken as the doubles they are, so that only the error of the code under
test is measured and not the rounding of its inputs.  The normal equations are harmless
here: they lose twice the digits of the condition number, 24 of 60 at worst.
"""

from typing import NamedTuple

import mpmath
import numpy as np

DIGITS = 60


class Exact(NamedTuple):
    """One regression and its predictions; matrices and numbers of mpmath."""

    coefficients: mpmath.matrix
    s2: mpmath.mpf
    abnormal: mpmath.matrix
    variances: list


def regression(y, x, y_event, x_event, d=None, d_event=None):
    """Weighted least squares of y (M,) on x (M, k), and its prediction errors.

    ``d``, ``d_event`` are the days that each observation spans: its variance is that
    many times s2.  Without columns the variance is about the mean per day.
    """
    with mpmath.workdps(DIGITS):
        y, x = matrix(np.atleast_2d(y).T), matrix(x)
        y_event, x_event = matrix(np.atleast_2d(y_event).T), matrix(x_event)
        weights = mpmath.diag([1 / mpmath.mpf(w) for w in ones(d, y.rows)])
        inverse = (x.T * weights * x) ** -1
        coefficients = inverse * (x.T * weights * y)
        error = y - x * coefficients
        s2 = (error.T * weights * error)[0] / (x.rows - x.cols)
        variances = [
            s2 * (days + (x_event[i, :] * inverse * x_event[i, :].T)[0])
            for i, days in enumerate(ones(d_event, y_event.rows))
        ]
        abnormal = y_event - x_event * coefficients
        return Exact(coefficients, s2, abnormal, variances)


def compounded(returns):
    """Simple returns held one after the other."""
    with mpmath.workdps(DIGITS):
        return mpmath.fprod(1 + mpmath.mpf(float(r)) for r in returns) - 1


def summed(values):
    """The exact sum."""
    with mpmath.workdps(DIGITS):
        return mpmath.fsum(mpmath.mpf(float(v)) for v in values)


def errors(found_abnormal, found_s2, exact):
    """Largest error of an abnormal return over sigma, and relative error of s2."""
    with mpmath.workdps(DIGITS):
        sigma = mpmath.sqrt(exact.s2)
        gaps = [
            abs(mpmath.mpf(float(found)) - right) / sigma
            for found, right in zip(found_abnormal, exact.abnormal, strict=True)
        ]
        return float(max(gaps)), float(abs(mpmath.mpf(float(found_s2)) / exact.s2 - 1))


def relative_error(found, exact):
    """Largest relative error of some numbers."""
    with mpmath.workdps(DIGITS):
        pairs = zip(found, exact, strict=True)
        return float(max(abs(mpmath.mpf(float(f)) / e - 1) for f, e in pairs))


def matrix(values):
    """A matrix of the exact values of doubles, or of numbers that are exact already."""
    rows = [
        [v if isinstance(v, mpmath.mpf) else float(v) for v in row] for row in values
    ]
    return mpmath.matrix(rows)


def ones(days, n):
    return [1] * n if days is None else [int(d) for d in days]
