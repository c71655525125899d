"""Returns of the event window and their regressors, as sums by event date and day.

Portfolios in calendar time and regressions across events of one event day read the
same sums (methods 4.16, 4.18).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from eventstudy._typing import FloatArray
from eventstudy.core.group_sums import add_by_group
from eventstudy.core.residual_pass import FirstPass, Leaf, State, register_reducer


class ReturnsByDate:
    """Sums of the products of (1, x) with (1, x, y) over the members of a date.

    y is a single-day return as the model explains it, x its f regressors.  A return
    over several days is that of no day, and left out.
    """

    key = "returns_by_date"

    def start(self, first: FirstPass) -> State:
        """Zeros; the number of regressors is known with the first leaf only."""
        days = sum(end - start + 1 for start, end in first.windows)
        return {"products": 0.0, "sar": np.zeros((first.dates.size, days))}

    def accumulate(self, state: State, leaf: Leaf, first: FirstPass) -> None:
        """Add the members of each window to their dates."""
        columns = _read_columns(first)
        products, sar = _products(leaf, columns)
        if not isinstance(state["products"], np.ndarray):
            shape = (*state["sar"].shape, *products.shape[2:])
            state["products"] = np.zeros(shape)
        date, end = first.date[leaf.index], 0
        for window, member in enumerate(first.member[:, leaf.index]):
            at = first.columns(window)
            start, end = end, end + at.stop - at.start
            at = slice(at.start - columns.start, at.stop - columns.start)
            values = {"products": products[:, at].copy(), "sar": sar[:, at].copy()}
            pairs = [
                (state[name][:, start:end], value) for name, value in values.items()
            ]
            add_by_group(pairs, date, np.flatnonzero(member))

    def finish(self, state: State, first: FirstPass) -> list[Mapping[str, Any]]:
        """Per window, of the D dates that have a member with a return on one day.

        ``dates`` (D,): calendar position of day 0.  ``products`` (D, L, 1 + f, 2 + f):
        the first row is their number and the sums of x and y.  ``sar`` (D, L): sums
        of the standardised abnormal returns.  ``benchmark``: whether the model
        compares a return with anything but its own past.
        """
        products, sar = state["products"], state["sar"]
        if not isinstance(products, np.ndarray):
            products = np.zeros((*sar.shape, 1, 2))
        found: list[Mapping[str, Any]] = []
        end = 0
        for window_start, window_end in first.windows:
            start, end = end, end + window_end - window_start + 1
            used = products[:, start:end, 0, 0].any(axis=1)
            found.append(
                {
                    "dates": first.dates[used],
                    "products": products[used, start:end],
                    "sar": sar[used, start:end],
                    "benchmark": products.shape[2] > 1 or first.parameters == 0,
                }
            )
        return found


def _read_columns(first: FirstPass) -> slice:
    """The event-window days that some window reads, and those between them."""
    columns = [first.columns(window) for window in range(len(first.windows))]
    return slice(min(at.start for at in columns), max(at.stop for at in columns))


def _products(leaf: Leaf, columns: slice) -> tuple[FloatArray, FloatArray]:
    """Products (E, L, 1 + f, 2 + f) and SAR (E, L), 0 where there is no return."""
    returns, sar = leaf.returns[:, columns], leaf.sar[:, columns]
    regressors = leaf.regressors[:, columns]
    known = np.isfinite(returns) & np.isfinite(regressors).all(axis=2)
    known &= np.isfinite(sar)
    y = np.where(known, returns, 0.0)[..., None]
    x = np.where(known[..., None], regressors, 0.0)
    left = np.concatenate([known[..., None].astype(float), x], axis=2)
    both = np.concatenate([left, y], axis=2)
    return left[..., :, None] * both[..., None, :], np.where(known, sar, 0.0)


register_reducer(ReturnsByDate())
