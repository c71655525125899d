"""The settings of a result as plain values, and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from eventstudy._windows import window_pair
from eventstudy.design import Design
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import Test, find_test
from eventstudy.models._base import find_model
from eventstudy.prices._base import ShareSeries

SETTINGS = (
    "event_window", "estimation_window", "windows", "return_kind", "missing",
    "boundary", "min_estimation", "calendar", "confidence", "seed", "industry_weight",
    "proceeds", "overlaps", "call",
)  # fmt: skip
LONGEST = 20_000  # trading days of a window, eighty years
MOST_DRAWS = 1_000_000  # or any other number that is an option of a test
MOST_WINDOWS = 1000


def settings_of(design: Design) -> dict[str, Any]:
    """A design as plain values.

    Raises
    ------
    ArgumentError
        For a model or a test that is an object of the caller's: a file cannot hold it;
        and for more windows or draws than it may.
    """
    key = design.model.key
    industry = "industry" in design.model.regressors
    if not _is_registered(key, design):
        raise ArgumentError(
            "model", key, "an object of your own cannot be saved",
            "Save results of the models of list_models().",
        )  # fmt: skip
    if len(design.windows) > MOST_WINDOWS:
        raise ArgumentError(
            "windows", len(design.windows), f"a file holds {MOST_WINDOWS} at most",
            "Name fewer; any window may be asked for afterwards.",
        )  # fmt: skip
    tests = None if design.tests is None else [_test(test) for test in design.tests]
    return {
        **{name: getattr(design, name) for name in SETTINGS},
        "model": key, "industry": industry, "tests": tests,
    }  # fmt: skip


def _is_registered(key: str, design: Design) -> bool:
    try:
        return find_model(key).regressors == tuple(
            name for name in design.model.regressors if name != "industry"
        )
    except ArgumentError:
        return False


def _test(test: Test) -> list[Any]:
    key = test.key.partition("|")[0]
    try:
        known = find_test(key).compute is test.compute
    except ArgumentError:
        known = False
    if not known:
        raise ArgumentError(
            "tests", key, "a test of your own cannot be saved",
            "Save results of the tests of list_tests().",
        )  # fmt: skip
    if _is_too_much(test.options):
        raise ArgumentError(
            "tests", test.key, f"a file holds options up to {MOST_DRAWS:,}",
            "Ask for fewer draws.",
        )  # fmt: skip
    return [key, dict(test.options)]


def _is_too_much(options: Mapping[str, Any]) -> bool:
    return any(isinstance(v, int) and v > MOST_DRAWS for v in options.values())


def design_of(settings: dict[str, Any]) -> Design:
    """The design of plain values.

    Raises
    ------
    EventStudyError, ValueError, KeyError, TypeError
        For values that are none of a design's.
    """
    given = {name: settings[name] for name in (*SETTINGS, "model", "industry")}
    for name in ("event_window", "estimation_window"):
        given[name] = tuple(given[name])
        if max(map(abs, given[name])) > LONGEST:
            raise ValueError(f"{name} is longer than any history")
    given["windows"] = [tuple(pair) for pair in given["windows"]]
    if len(given["windows"]) > MOST_WINDOWS:
        raise ValueError("there are too many windows")
    tests = settings["tests"]
    chosen = None if tests is None else [_chosen(*test) for test in tests]
    hull = window_pair("estimation_window", given["estimation_window"])
    if hull.end >= given["event_window"][0]:
        # Of a study whose events have windows of their own, each before its own.
        given["estimation_window"] = None
    call = given.pop("call")
    design = Design.of(call, tests=chosen, **given)
    return dataclasses.replace(design, estimation_window=hull)


def _chosen(key: str, options: dict[str, Any]) -> Test:
    if _is_too_much(options):
        raise ValueError("an option of a test is too large")
    test = find_test(key)
    return test.using(**options) if options else test


def shares_of(shares: Any) -> Any:
    """Share counts, as a caller may pass them, as plain values.

    Raises
    ------
    ArgumentError
        For an object of the caller's.
    """
    if shares is None or isinstance(shares, int | float | np.number):
        return None if shares is None else float(shares)
    if isinstance(shares, ShareSeries):
        facts = {"ticker": shares.ticker, "source": shares.source}
        return {**shares_of(shares.counts), **facts, "basis": shares.basis}
    if isinstance(shares, pd.Series):
        days = [str(pd.Timestamp(day).date()) for day in shares.index]
        return {"days": days, "counts": [float(count) for count in shares]}
    raise ArgumentError(
        "shares", shares, "an object of your own cannot be saved",
        "Pass a number, or a Series by date.",
    )  # fmt: skip


def read_shares(facts: Any) -> Any:
    """The share counts of plain values; raises as :func:`design_of`."""
    if not isinstance(facts, dict):
        return facts
    days = pd.DatetimeIndex(facts["days"])
    counts = pd.Series(np.array(facts["counts"], float), days)
    if "basis" not in facts:
        return counts
    return ShareSeries(facts["ticker"], counts, facts["source"], basis=facts["basis"])
