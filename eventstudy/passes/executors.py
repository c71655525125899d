"""Units of work, and where they run."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from eventstudy._typing import IntArray
from eventstudy.engine import BLOCK

LEAVES_IN_A_UNIT = 32


class Executor(Protocol):
    """What runs units of work elsewhere: of the standard library, or a Dask client."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """Start ``fn(*args)``; the answer's ``result()`` waits for it."""


Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]


def units(order: IntArray) -> list[tuple[int, IntArray]]:
    """Runs of leaves, each with its offset; one empty unit where there is no event."""
    size = BLOCK * LEAVES_IN_A_UNIT
    starts = range(0, max(order.size, 1), size)
    return [(start, order[start : start + size]) for start in starts]


def _sent_once(executor: Executor, shared: tuple[Any, ...]) -> tuple[Any, ...]:
    """What all units read; a Dask client gets the first, the panel, in advance."""
    scatter = getattr(executor, "scatter", None)
    if scatter is None:
        return shared
    return (scatter(shared[0], broadcast=True), *shared[1:])


def run_units(
    work: functools.partial[Any],
    units: Sequence[Any],
    executor: Executor | None,
    progress: Progress | None,
    words: str,
) -> Iterator[Any]:
    """The answers in the order of the units."""
    if executor is None:
        answers: Iterable[Any] = map(work, units)
    else:
        shared = _sent_once(executor, work.args)
        futures = [executor.submit(work.func, *shared, unit) for unit in units]
        answers = (future.result() for future in futures)
    yield from answers if progress is None else progress(answers, len(units), words)
