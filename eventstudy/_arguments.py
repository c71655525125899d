"""Checks of plain arguments, each with an error that says what is allowed."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any, TypeGuard, get_args

import numpy as np

from eventstudy._typing import Boundary, Missing
from eventstudy.errors import ArgumentError


def one_of(name: str, value: object, allowed: tuple[Any, ...]) -> Any:
    """One of the allowed words."""
    if isinstance(value, str) and value in allowed:
        return value
    words = ", ".join(repr(word) for word in allowed)
    raise ArgumentError(name, value, f"not one of {words}", "Use one of these.")


def boundary_rule(value: object, missing: Missing) -> Boundary:
    """``boundary`` if it is one of its words, and there are returns that it is for."""
    word: Boundary = one_of("boundary", value, get_args(Boundary))
    if word == "include" and missing != "trade_to_trade":
        raise ArgumentError(
            "boundary",
            word,
            f"missing={missing!r} leaves no return over several days",
            "Leave it out, or pass prices= and missing='trade_to_trade'.",
        )
    return word


def whole_number(name: str, value: object, least: int) -> int:
    """A whole number of at least ``least``."""
    if is_integer(value) and int(value) >= least:
        return int(value)
    bound = f"not a whole number of at least {least}"
    raise ArgumentError(name, value, bound, f"Use {least} or more.")


def confidence_level(value: object) -> float:
    """A level strictly between 0 and 1."""
    if is_real(value) and 0.0 < float(value) < 1.0:
        return float(value)
    way_out = "Write 95 per cent as 0.95."
    raise ArgumentError("confidence", value, "not between 0 and 1", way_out)


def index_weight(value: object) -> float:
    """A share of an index: from 0 up to, but not including, 1."""
    if is_real(value) and math.isfinite(float(value)) and 0.0 <= float(value) < 1.0:
        return float(value)
    bound = "not a share from 0 up to, but not including, 1"
    raise ArgumentError("industry_weight", value, bound, "Write 2 per cent as 0.02.")


def seed_number(value: object) -> int:
    """A seed as a whole number; that of a SeedSequence from its state."""
    if isinstance(value, np.random.SeedSequence):
        return int.from_bytes(value.generate_state(4, np.uint32).tobytes(), "little")
    return whole_number("seed", value, 0)


def is_integer(value: object) -> TypeGuard[int]:
    """Whether this is a whole number and no truth value."""
    return isinstance(value, Integral) and not isinstance(value, bool | np.bool_)


def is_real(value: object) -> TypeGuard[float]:
    """Whether this is a real number and no truth value."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)
