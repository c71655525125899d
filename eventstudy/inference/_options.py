"""Options of significance tests: their annotations say what is allowed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from eventstudy.errors import ArgumentError


def check_options(
    key: str, compute: Callable[..., Any], options: Mapping[str, Any]
) -> None:
    """Refuse an option that a test does not have, or a value it does not take.

    Parameters
    ----------
    key : str
        Of the test; errors quote it.
    compute : callable
        Its parameters after the first are the options.
    options : mapping

    Raises
    ------
    ArgumentError
        The message lists what is allowed.
    """
    allowed = list(inspect.signature(compute).parameters)[1:]
    hints = get_type_hints(compute)
    for name, value in options.items():
        if name not in allowed:
            have = f"the options {', '.join(allowed)}" if allowed else "no options"
            raise ArgumentError("tests", name, f"{key} has {have}", "Leave it out.")
        if (bound := _violated(hints[name], value)) is not None:
            way_out = f"Write {key}|{name}=... with one of these, or leave it out."
            raise ArgumentError("tests", f"{key}|{name}={value}", bound, way_out)


def _violated(hint: Any, value: Any) -> str | None:
    """What a value must be, if it is not."""
    if get_origin(hint) is Literal:
        return None if value in get_args(hint) else f"not one of {get_args(hint)}"
    if hint is int:
        fine = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return None if fine else "not a whole number above 0"
    return None if isinstance(value, hint) else f"not a {hint.__name__}"


def literal(text: str) -> Any:
    """An option's value from a key: nothing is True, numbers are numbers."""
    if text in {"", "True", "False"}:
        return text != "False"
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text
