"""Which benchmarks the events of a study have: that of the study, or their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from eventstudy._typing import BoolArray
from eventstudy.alignment.benchmarks import benchmark_track
from eventstudy.alignment.firms import Inputs
from eventstudy.design import Design
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.news.own_columns import Choice
from eventstudy.prices.track import Track

Key: TypeAlias = tuple[str, str | None]
ITSELF = "this is the firm itself"


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Benchmarks of C choices.

    Parameters
    ----------
    tracks : tuple of mapping of str to Track, or None
        For each choice, by role; None = they cannot be had, or nobody wants them.
    problems : dict of tuple of int to str
        By firm and choice, why events cannot be compared so.
    """

    tracks: tuple[Mapping[str, Track] | None, ...]
    problems: dict[tuple[int, int], str]

    @property
    def by_role(self) -> dict[str, list[Track]]:
        """Each role's series, the study's own or most used one first."""
        found: dict[str, list[Track]] = {}
        for tracks in self.tracks:
            for role, track in (tracks or {}).items():
                known = found.setdefault(role, [])
                known += [] if any(track is other for other in known) else [track]
        return found


def find_comparisons(
    roles: Sequence[str], choices: Sequence[Choice], used: BoolArray,
    firms: list[Track], design: Design, inputs: Inputs,
) -> Comparisons:  # fmt: skip
    """Find each series once.

    Parameters
    ----------
    roles : sequence of str
        Which of market and industry the model reads.
    choices : sequence of Choice
        C distinct ones.
    used : ndarray of bool, shape (F, C)
        Whether a firm has events with a choice.
    firms : list of Track
    design, inputs
        As for :func:`eventstudy.alignment.align_firms`.

    Returns
    -------
    Comparisons

    Raises
    ------
    EventStudyError
        When the study's own benchmark cannot be had, or no other one.
    """
    tracks: dict[Key, Track] = {}
    failures: dict[Key, EventStudyError] = {}
    for key, mine in _users(roles, choices, used).items():
        try:
            tracks[key] = _find(*key, mine, firms, design, inputs)
        except EventStudyError as error:
            if key[1] is None:
                raise
            failures[key] = error
    found: list[Mapping[str, Track] | None] = []
    problems: dict[tuple[int, int], str] = {}
    for c, choice in enumerate(choices):
        keys = _keys(roles, choice)
        failed = [failures[key] for key in keys if key in failures]
        there = used[:, c].any() and not failed
        found.append({key[0]: tracks[key] for key in keys} if there else None)
        for firm in np.flatnonzero(used[:, c]).tolist():
            said = _problem(keys, firms[firm].ticker, failed)
            if said:
                problems[firm, c] = said
    if failures and all(one is None for one in found):
        raise next(iter(failures.values()))
    return Comparisons(tuple(found), problems)


def _keys(roles: Sequence[str], choice: Choice) -> list[Key]:
    return [(role, getattr(choice, role)) for role in roles]


def _users(
    roles: Sequence[str], choices: Sequence[Choice], used: BoolArray
) -> dict[Key, BoolArray]:
    """Which firms are compared with each series, (F,) each."""
    users: dict[Key, BoolArray] = {}
    for c, choice in enumerate(choices):
        for key in _keys(roles, choice) if used[:, c].any() else ():
            users[key] = users.get(key, np.zeros(len(used), bool)) | used[:, c]
    return users


def _problem(
    keys: Sequence[Key], ticker: str, failed: Sequence[EventStudyError]
) -> str:
    """Why a firm cannot be compared so; empty where it can."""
    said = [f"{role}: {ITSELF}" for role, own in keys if own == ticker]
    said += [f"{error.parameter} {error.value!r}: {error.bound}" for error in failed]
    return next(iter(said), "")


def _find(
    role: str, own: str | None, mine: BoolArray,
    firms: list[Track], design: Design, inputs: Inputs,
) -> Track:  # fmt: skip
    """The series of a role for the firms that are not that series themselves."""
    if own is None:
        return benchmark_track(
            role, [firms[n] for n in np.flatnonzero(mine)], inputs, design
        )
    others = [firms[n] for n in np.flatnonzero(mine) if firms[n].ticker != own]
    if not others:
        raise ArgumentError(role, own, ITSELF, "Pass an index that it is no part of.")
    named = dataclasses.replace(inputs, **{role: own})  # type: ignore[arg-type]
    return benchmark_track(role, others, named, design)
