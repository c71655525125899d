"""Groups of events: the mean effect of each, and whether they differ (methods 5.2)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from eventstudy._typing import BoolArray, IntArray
from eventstudy._windows import Window
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import CrossSection, find_test
from eventstudy.results.characteristics import attribute, group_members
from eventstudy.results.family import joint_p_values, with_columns
from eventstudy.results.group_differences import matched_pairs, portfolio_difference
from eventstudy.results.group_tests import Comparison, Groups, of_many, of_two
from eventstudy.results.study_passes import StudyPasses
from eventstudy.results.study_tables import COMPANION, INTERVAL_TEST, mean_effect

if TYPE_CHECKING:
    from eventstudy.results.study_result import StudyResult


def by(study: StudyResult, column: str) -> pd.DataFrame:
    """The mean effect of each group of events in each window of the design.

    Parameters
    ----------
    study : StudyResult
    column : str
        Of the events; each of its values is a group, none is no group.

    Returns
    -------
    DataFrame
        One row a group and window: ``group``, ``window``, ``start``, ``end``, the
        fields of an Effect, and the p-values adjusted for the family of all rows:
        ``holm``, ``benjamini_hochberg``, ``romano_wolf``.

    Raises
    ------
    ArgumentError
        For a column that does not exist, or has more than 50 values.
    """
    windows = study.design.windows
    rows, values, samples = [], [], []
    for name, members in group_members(study, column).items():
        passes = _passes_of(study, members)
        passes.estimates(windows)
        for window in windows:
            samples.append(passes.cross_section(window))
            car = np.full(members.size, np.nan)
            car[members] = passes.per_event(window)[0]
            values.append(car)
            rows.append(_row(name, window, samples[-1]))
    frame = pd.DataFrame(rows)
    every = [Window(*sample.window) for sample in samples]
    drawn = joint_p_values(study, np.column_stack(values), samples, every)
    return with_columns(frame, drawn)


def _row(name: object, window: Window, sample: CrossSection) -> dict[str, object]:
    effect = mean_effect(sample, "").to_dict()
    del effect["label"], effect["unit"]
    place = {"window": window.label, "start": window.start, "end": window.end}
    return {"group": name, **place, **effect}


def _passes_of(study: StudyResult, members: BoolArray) -> StudyPasses:
    """The passes over some events, for their mean effects alone."""
    from eventstudy.results.study_assembly import subset

    whole = study._passes
    tests = tuple(find_test(key) for key in (INTERVAL_TEST, COMPANION))
    return StudyPasses(
        subset(whole.source, np.flatnonzero(members).tolist()),
        dataclasses.replace(study.design, tests=tests),
        whole._executor,
        keep_ar=False,
    )


def compare(
    study: StudyResult,
    column: str,
    window: Window,
    *,
    pairs: str | None = None,
    on: Literal["car", "scar"] = "car",
) -> pd.DataFrame:
    """Whether the effects of groups differ.

    Parameters
    ----------
    study : StudyResult
    column : str
        Of the events; two values are compared as first less second.
    window : Window
    pairs : str, optional
        A column that names pairs: one event of each group has the same value, and
        the differences within pairs are tested.
    on : {"car", "scar"}
        What is compared.

    Returns
    -------
    DataFrame
        One row a test: ``test``, ``groups``, ``difference`` (of the means, decimals;
        NaN for more than two groups), ``statistic``, ``df``, ``p_value``, ``null`` (a
        sentence), ``valid``, ``reason`` (a code).  Welch's t and Mann-Whitney's U of
        two groups, Welch's F and Kruskal-Wallis' H of more; where two groups share
        calendar days also the difference of their portfolios.

    Raises
    ------
    ArgumentError
        For a column that does not exist, one group, or pairs that are none.
    """
    names, which = _assigned(study, column)
    sample, positions = study.sample(window), study._passes.members(window)
    group = which[positions]
    values = sample.car if on == "car" else sample.scar
    groups = Groups(names, group, values, sample, positions, study._passes)
    if pairs is not None:
        return _table([matched_pairs(groups, _pair_numbers(study, pairs)[positions])])
    if len(names) > 2:
        return _table(of_many(groups))
    found = of_two(groups)
    if sample.shared_dates and on == "car":
        found.append(portfolio_difference(groups))
    return _table(found)


def _assigned(study: StudyResult, column: str) -> tuple[list[object], IntArray]:
    """Names of the groups, and the number of each event's, -1 = none."""
    members = group_members(study, column)
    if len(members) < 2:
        raise ArgumentError(
            "column", column, "all events have the same value",
            "Take a column with two or more.",
        )  # fmt: skip
    which = np.full(len(study), -1)
    for number, inside in enumerate(members.values()):
        which[inside] = number
    return list(members), which


def _pair_numbers(study: StudyResult, column: str) -> IntArray:
    """The number of each event's pair, -1 = none."""
    return np.asarray(pd.factorize(attribute(study, column))[0])


def _table(found: list[Comparison]) -> pd.DataFrame:
    return pd.DataFrame([dataclasses.asdict(each) for each in found])
