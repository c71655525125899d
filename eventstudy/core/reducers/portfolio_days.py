"""The events as one portfolio over the estimation days (methods 4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.residual_pass import (
    FirstPass,
    Leaf,
    State,
    register_reducer,
    zero_unless,
)


class PortfolioDays:
    """Sums of residuals by estimation day.

    Days are relative, which is the same as calendar days where events share a date.
    A return over several days is not that of its last day and is left out.
    """

    key = "portfolio_days"

    def start(self, first: FirstPass) -> State:
        """Zeros, (W, M) each."""
        days = first.estimation_window[1] - first.estimation_window[0] + 1
        shape = (len(first.windows), days)
        return {"sum": np.zeros(shape), "number": np.zeros(shape)}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add the residuals of the members of each window."""
        member = first.member[:, leaf.index].astype(float)
        known, errors = leaf.known, leaf.errors
        if not leaf.whole_days:
            known = known & (leaf.residual_spans == 1)
            errors = zero_unless(known, errors)
        state["sum"] += member @ errors
        state["number"] += member @ known.astype(float)

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window ``aar`` (M,), decimals, NaN = no event; ``c_bar``.

        ``c_bar`` is the mean over events of the variance of the CAR over sigma^2.
        """
        number: FloatArray = state["number"]
        aar = state["sum"] / np.where(number > 0, number, np.nan)
        scale = first.variance / first.sigma**2
        return [
            {"aar": aar[w], "c_bar": float(scale[w, member].mean())
             if member.any() else np.nan}
            for w, member in enumerate(first.member)
        ]  # fmt: skip


register_reducer(PortfolioDays())
