"""Arrays as plain bytes one after the other, and a head for each with its shape."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

KINDS = {"f8": "<f8", "i8": "<i8", "u8": "<u8", "u2": "<u2", "u1": "|u1"}
DIMENSIONS = 2


def packed(arrays: Mapping[str, np.ndarray[Any, Any]]) -> tuple[list[Any], bytes]:
    """Heads, and the numbers of all arrays, bit for bit.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        Floats, integers or booleans of one or two dimensions.

    Returns
    -------
    heads : list
        Name, kind and shape of each.
    data : bytes
    """
    heads, parts = [], []
    for name, array in arrays.items():
        kind = _kind(array)
        heads.append({"name": name, "kind": kind, "shape": list(array.shape)})
        parts.append(np.ascontiguousarray(array).astype(KINDS[kind]).tobytes())
    return heads, b"".join(parts)


def packed_size(arrays: Mapping[str, np.ndarray[Any, Any]]) -> int:
    """Bytes that they take."""
    return sum(a.size * np.dtype(KINDS[_kind(a)]).itemsize for a in arrays.values())


def unpacked(heads: Sequence[Any], data: bytes) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays; never more memory than the bytes that are there.

    Raises
    ------
    ValueError, KeyError, TypeError
        When heads and bytes do not belong together.
    """
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    start = 0
    for head in heads:
        kind, shape = np.dtype(KINDS[head["kind"]]), [int(n) for n in head["shape"]]
        if min(shape) < 0 or len(shape) > DIMENSIONS:
            raise ValueError("an array of another shape")
        count = math.prod(shape)
        end = start + count * kind.itemsize
        if end > len(data):
            raise ValueError("an array lacks bytes")
        found = np.frombuffer(data, kind, count, start).reshape(shape)
        arrays[head["name"]] = found.astype(kind.newbyteorder("="))
        start = end
    if start != len(data):
        raise ValueError("there are bytes that belong to no array")
    return arrays


def _kind(array: np.ndarray[Any, Any]) -> str:
    if array.dtype == bool:
        return "u1"
    return f"{array.dtype.kind}{array.dtype.itemsize}"
