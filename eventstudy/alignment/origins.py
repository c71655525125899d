"""Where the numbers came from, and what the reader should know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from eventstudy.alignment.benchmarks import Factors
from eventstudy.alignment.delistings import delisting_notes
from eventstudy.alignment.firms import Inputs
from eventstudy.alignment.series_notes import NAMED, series_notes
from eventstudy.design import Design
from eventstudy.models._base import needed
from eventstudy.prices.track import Track

LONG_SHORT = ("smb", "hml", "rmw", "cma", "mom")


def provenance_of(
    firms: list[Track],
    benchmarks: Mapping[str, Sequence[Track]],
    factors: Factors | None,
) -> dict[str, Any]:
    """By role: ``firm``, ``market``, ``industry``, ``factors``.

    Where events have benchmarks of their own, those of a role stand in ``each``.
    """
    found: dict[str, Any] = {"firm": firms[0].provenance}
    found |= {role: _facts(tracks) for role, tracks in benchmarks.items()}
    if factors is not None:
        found["factors"] = factors.provenance
    return found


def _facts(tracks: Sequence[Track]) -> dict[str, Any]:
    if len(tracks) == 1:
        return tracks[0].provenance
    names = [track.ticker for track in tracks]
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
    sources = dict.fromkeys(str(track.provenance["source"]) for track in tracks)
    return {
        "ticker": f"{shown} (each event its own)",
        "source": "; ".join(sources),
        "each": {track.ticker: track.provenance for track in tracks},
    }


FILLED = {
    "lumped": (
        "Days without a price have the return 0 (missing='lumped'): only to replicate "
        "studies that did so; their variances are wrong."
    ),
    "uniform": (
        "A return over several days is spread over them (missing='uniform'): only to "
        "replicate studies that did so; their variances are wrong."
    ),
}


STRADDLING = (
    "A return over several days counts in every window in which it ends, even if it "
    "begins before it (boundary='include'): only to replicate studies that did so; the "
    "effect then holds returns of days that are not in the window."
)


def notes_of(
    firms: list[Track],
    benchmarks: Mapping[str, Sequence[Track]],
    factors: Factors | None,
    calendar: pd.DatetimeIndex,
    inputs: Inputs,
    design: Design,
) -> tuple[str, ...]:
    """What is known of the series that were used, each thing once."""
    compared = [track for tracks in benchmarks.values() for track in tracks]
    notes = series_notes(firms, compared, calendar, inputs.sources, design)
    own = next(
        (n for n in ("returns", "prices") if getattr(inputs, n) is not None), None
    )
    notes += [
        f"{track.ticker} is not in {own}=; taken from {track.provenance['source']}"
        for track in compared
        if own and track.bundled
    ]
    for firm in firms:
        days = firm.days
        extra = days[:0] if days is calendar else days.difference(calendar)
        if len(extra):
            notes.append(
                f"{firm.ticker} has {len(extra)} prices on days that are not in the "
                f"market's calendar, the first on {extra[0].date()}; returns pass over "
                "them."
            )
    if design.missing in FILLED:
        notes.append(FILLED[design.missing])
    if design.boundary == "include":
        notes.append(STRADDLING)
    notes += delisting_notes(firms, calendar, inputs.sources, design)
    if factors is not None:
        notes += factors.notes
        if design.return_kind == "log" and set(LONG_SHORT) & set(needed(design.model)):
            notes.append(
                "Long-short factors have no logarithmic form; their published simple "
                "returns stand beside logarithmic ones."
            )
    return tuple(dict.fromkeys(notes))
