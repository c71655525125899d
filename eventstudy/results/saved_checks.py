"""What a saved result must hold, whoever wrote the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from eventstudy.models._base import ExpectedReturnModel, needed

# What reading damaged files raises; some of it is also what our own errors are.
DAMAGED = (
    KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError,
    RecursionError, MemoryError, ArithmeticError,
)  # fmt: skip


def read_json(text: str) -> Any:
    """The values of a file; texts that have no form in UTF-8 are refused."""
    found = json.loads(text)
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    return found


def word(value: Any) -> str:
    """A text; ValueError for anything else."""
    if isinstance(value, str):
        return value
    raise ValueError(f"{str(value)[:40]!r} is no text")


def words(values: Any) -> list[str]:
    """A list of texts."""
    if isinstance(values, list):
        return [word(value) for value in values]
    raise ValueError(f"{str(values)[:40]!r} is no list")


def origin(facts: Any) -> dict[str, Any]:
    """Where one series is from, with the names of its ticker and source."""
    found: dict[str, Any] = dict(facts)
    word(found["source"])
    for name in ("ticker", "retrieved_at", "sha256", "currency", "first", "last"):
        word(found.get(name) or "")
    words(found.get("notes", []))
    for one in dict(found.get("each", {})).values():
        origin(one)
    return found


def origins(provenance: Any) -> dict[str, Any]:
    """Where all series are from, by role, and the versions that computed."""
    found = dict(provenance)
    for role, facts in found.items():
        if role != "versions":
            origin(facts)
    for name, version in dict(found.get("versions", {})).items():
        word(name), word(version)
    origin(found.get("firm"))
    return found


def require_series(model: ExpectedReturnModel, names: Iterable[str]) -> None:
    """Every series that the model reads must be there."""
    if lacking := set(needed(model)) - set(names):
        raise ValueError(f"there is no series {', '.join(sorted(lacking))}")


def firms(facts: Mapping[str, Any]) -> dict[str, tuple[dict[str, Any], str | None]]:
    """Provenance and currency by ticker."""
    found = {}
    for ticker, (known, currency) in facts.items():
        found[ticker] = origin(known), None if currency is None else word(currency)
    return found
