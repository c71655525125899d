"""Where the numbers came from, and what the reader should know of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from eventstudy.alignment.benchmarks import Factors
from eventstudy.alignment.firms import Inputs
from eventstudy.design import Design
from eventstudy.models._base import needed
from eventstudy.prices.chain import STAND_IN
from eventstudy.prices.track import Track

LONG_SHORT = ("smb", "hml", "rmw", "cma", "mom")


def provenance_of(
    firms: list[Track], benchmarks: Mapping[str, Track], factors: Factors | None
) -> dict[str, Any]:
    """By role: ``firm``, ``market``, ``industry``, ``factors``."""
    found: dict[str, Any] = {"firm": firms[0].provenance}
    found |= {name: track.provenance for name, track in benchmarks.items()}
    if factors is not None:
        found["factors"] = factors.provenance
    return found


def notes_of(
    firms: list[Track],
    benchmarks: Mapping[str, Track],
    factors: Factors | None,
    calendar: pd.DatetimeIndex,
    inputs: Inputs,
    design: Design,
) -> tuple[str, ...]:
    """What is known of the series that were used, each thing once."""
    notes = [
        f"{track.ticker}: {note}"
        for track in [*firms, *benchmarks.values()]
        for note in track.notes
        if not track.bundled or note.startswith(STAND_IN)
    ]
    own = next(
        (n for n in ("returns", "prices") if getattr(inputs, n) is not None), None
    )
    notes += [
        f"{track.ticker} is not in {own}=; taken from {track.provenance['source']}"
        for track in benchmarks.values()
        if own and track.bundled
    ]
    for firm in firms:
        extra = firm.days.difference(calendar)
        if len(extra):
            notes.append(
                f"{firm.ticker} has {len(extra)} prices on days that are not in the "
                f"market's calendar, the first on {extra[0].date()}; returns pass over "
                "them."
            )
    if factors is not None:
        notes += factors.notes
        if design.return_kind == "log" and set(LONG_SHORT) & set(needed(design.model)):
            notes.append(
                "Long-short factors have no logarithmic form; their published simple "
                "returns stand beside logarithmic ones."
            )
    return tuple(dict.fromkeys(notes))
