"""Skewness of the standardised residuals of all events together (methods 4.10, 9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class ResidualMoments:
    """Sums over members and days of the first three powers of the residual SARs."""

    key = "residual_moments"

    def start(self, first: FirstPass) -> State:
        """Zeros, (W, 4): number, sum, squares, cubes."""
        return {"powers": np.zeros((len(first.windows), 4))}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add the powers of members."""
        member = first.member[:, leaf.index].astype(float)
        powers = [(member @ power).sum(axis=1) for power in leaf.sar_powers]
        _, sar, squares = leaf.sar_powers
        cubes = (squares[:, None] @ sar[..., None])[:, 0, 0]
        state["powers"] += np.stack([*powers, member @ cubes], axis=1)

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """``skewness`` of each window: third central moment over the cubed sd."""
        skewness = _skewness(state["powers"])
        return [{"skewness": float(skewness[w])} for w in range(len(first.windows))]


def _skewness(powers: FloatArray) -> FloatArray:
    """From number, sum, squares and cubes, (W, 4)."""
    number = np.where(powers[:, 0] > 0, powers[:, 0], np.nan)
    mean, second, third = (powers[:, 1:] / number[:, None]).T
    variance = second - mean**2
    central = third - 3 * mean * second + 2 * mean**3
    return np.asarray(central / np.where(variance > 0, variance, np.nan) ** 1.5)


register_reducer(ResidualMoments())
