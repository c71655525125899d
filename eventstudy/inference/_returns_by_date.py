"""What tests of raw returns read: sums by event date and event day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eventstudy._typing import FloatArray, IntArray
from eventstudy.inference._cross_section import CrossSection
from eventstudy.inference._events_by_hand import cross_section

KEY = "returns_by_date"


@dataclass(frozen=True, slots=True, eq=False)
class ReturnsByDate:
    """Sums over the events of D dates on the L days of a window.

    Parameters
    ----------
    dates : ndarray of int, shape (D,)
        Calendar position of day 0, rising.
    products : ndarray of shape (D, L, p, p + 1)
        Of (1, x) with (1, x, y), summed; y a return, x its p - 1 regressors.
    sar : ndarray of shape (D, L)
        Standardised abnormal returns, summed.
    benchmark : bool
        Whether the model compares a return with anything but its own past.
    """

    dates: IntArray
    products: FloatArray
    sar: FloatArray
    benchmark: bool

    @classmethod
    def of(cls, sample: CrossSection) -> ReturnsByDate:
        """As the residual pass found them."""
        return cls(**sample.sums[KEY])


def one_event_a_date(x: Sequence[float], y: Sequence[float]) -> CrossSection:
    """A sample to work by hand: returns on day 0 of dates that are far apart."""
    left = np.stack([np.ones(len(x)), np.asarray(x, float)], axis=1)
    both = np.concatenate([left, np.asarray(y, float)[:, None]], axis=1)
    sample = cross_section(y)
    sums = {
        "dates": sample.day0,
        "products": (left[:, :, None] * both[:, None, :])[:, None],
        "sar": sample.sar_sum[:, None],
        "benchmark": True,
    }
    return cross_section(y, sums={KEY: sums})
