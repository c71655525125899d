"""Records of arrays whose first axis counts the same things."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from eventstudy._typing import IntArray

Record = TypeVar("Record")


def room(part: Record, n: int) -> Record:
    """Arrays for n things, as wide as those of a part; not filled.

    Parameters
    ----------
    part : dataclass of arrays
    n : int
    """
    arrays = (getattr(part, name) for name in _names(part))
    return type(part)(*(np.empty((n, *each.shape[1:]), each.dtype) for each in arrays))


def put(target: Record, at: slice | IntArray, part: Record) -> None:
    """Write a part into its place, in all arrays.

    Parameters
    ----------
    target, part : dataclass of arrays
    at : slice or ndarray of int
        Places along the first axis, as many as the part has things.
    """
    for name in _names(part):
        getattr(target, name)[at] = getattr(part, name)


def _names(record: Any) -> list[str]:
    return [field.name for field in fields(record)]
