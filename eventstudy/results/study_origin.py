"""What a study was made of, beyond its numbers: what a saved one needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventstudy.prices.track import Track
    from eventstudy.results.event_result import EventResult


@dataclass(frozen=True, slots=True, eq=False)
class StudyOrigin:
    """How the events of a study become results of their own, and what is known.

    Parameters
    ----------
    single : callable
        Row of the table -> the full result of its event.
    own : callable
        Row of the table -> the arguments of :func:`eventstudy.analyze` that it names
        itself: ``market``, ``industry``, ``estimation_window``.
    call : callable
        Row of the table -> the line of Python that reproduces its result.
    firms : mapping
        By ticker the provenance of its series, and their currency.
    shares : object
        As the caller passed them.
    """

    single: Callable[[int], EventResult]
    own: Callable[[int], Mapping[str, Any]]
    call: Callable[[int], str]
    firms: Mapping[str, tuple[Mapping[str, Any], str | None]]
    shares: Any = None

    @classmethod
    def of(
        cls,
        single: Callable[[int], EventResult],
        own: Callable[[int], Mapping[str, Any]],
        call: Callable[[int], str],
        firms: Iterable[Track],
        shares: Any = None,
    ) -> StudyOrigin:
        """That of a study of some firms; the rest as in the class."""
        known = {firm.ticker: (firm.provenance, firm.currency) for firm in firms}
        return cls(single, own, call, known, shares)
