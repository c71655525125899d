"""Examples 2 and 3 event by event and across events, and that no value is passed over.

The tests of the windows stand in ``test_worked_examples_2_3.py``.
"""

import functools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy._windows import Window
from eventstudy.core.multiple import benjamini_hochberg, holm
from eventstudy.results.cross_section import regress
from tests import many
from tests.test_worked_examples_2_3 import (
    DETAIL_VALUES,
    DETAILS,
    EXAMPLES,
    KEYS,
    VALUES,
    window_of,
)

DAYS = [(-1, -1), (0, 0), (1, 1)]
EXACT = {"rtol": 1e-9, "atol": 1e-15}


@functools.cache
def estimates(name):
    """The first pass over the events of an example, each day and window of it."""
    inputs, expected = EXAMPLES[name]["inputs"], EXAMPLES[name]["expected"]
    shared = {k: v for k, v in inputs.items() if k != "events"} | {"date_cluster": 1}
    events = [shared | event for event in inputs["events"]]
    y, x = (
        np.array([e[f"{who}_estimation"] + e[f"{who}_event"] for e in events], float)
        for who in ("firm", "market")
    )
    labels = [window_of(key) for key in expected if key.startswith("window")]
    windows = list(dict.fromkeys([*DAYS, *labels]))
    found, *_ = many.both_passes(
        y, x, event_days=3, windows=windows,
        day0=1000 * np.array([e["date_cluster"] for e in events]),
    )  # fmt: skip
    assert list(found.order) == list(range(len(events)))
    return found, windows


def of_windows(name, what, windows):
    """CAR or SCAR, one row a window; NaN = the event is not in it."""
    found, known = estimates(name)
    first = found.first
    values = first.car if what == "car" else first.car / np.sqrt(first.variance)
    return values[[known.index(window) for window in windows]]


PER_EVENT = {
    "alpha": lambda name: estimates(name)[0].coefficients[:, 0],
    "beta": lambda name: estimates(name)[0].coefficients[:, 1],
    "sigma": lambda name: estimates(name)[0].first.sigma,
    "M": lambda name: estimates(name)[0].first.n_estimation,
    "AR": lambda name: of_windows(name, "car", DAYS).T,
    "SAR": lambda name: of_windows(name, "scar", DAYS).T,
}


def per_event(name, key):
    """Figures of every event under a key of the reference."""
    if key in PER_EVENT:
        return PER_EVENT[key](name)
    what, window = key.split("[")
    return of_windows(name, what.lower(), [window_of(f"window [{window}")])[0]


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name, e in EXAMPLES.items() for key in e["expected"]["per_event"]],
)  # fmt: skip
def test_every_event(name, key):
    expected = np.array(EXAMPLES[name]["expected"]["per_event"][key], float)
    np.testing.assert_allclose(per_event(name, key), expected, **EXACT)


def test_abnormal_returns_are_kept_as_they_are():
    for name in EXAMPLES:
        found = estimates(name)[0].abnormal_returns
        np.testing.assert_array_equal(found, per_event(name, "AR"))


EXAMPLE = EXAMPLES["example_3"]
ACROSS = EXAMPLE["expected"]["cross_section"]


@functools.cache
def study():
    """Six events on three dates; each date a stretch of the calendar."""
    days = pd.bdate_range("2020-01-01", periods=51, unit="ns")
    frame, rows = pd.DataFrame(index=days), []
    for number, event in enumerate(EXAMPLE["inputs"]["events"]):
        start = 17 * (event["date_cluster"] - 1)
        for column, who in (("M", "market"), (f"F{number}", "firm")):
            values = event[f"{who}_estimation"] + event[f"{who}_event"]
            frame.loc[days[start : start + 17], column] = np.array(values, float)
        rows.append((f"F{number}", days[start + 15], event["size"], number < 3))
    table = pd.DataFrame(rows, columns=["ticker", "date", "size", "first"])
    return es.study(
        table, returns=frame, market="M", event_window=(-1, 1), windows=[(-1, 1)],
        estimation_window=(-15, -2), min_estimation=5,
    )  # fmt: skip


def term(method, column):
    """A column of a regression on size."""
    found = regress(study(), "size", Window(-1, 1), method=method, min_clusters=2)
    return found.frame[column]


def group_test(test, column):
    """A figure of the comparison of events 1 to 3 with the others."""
    return study().compare("first", -1, 1).set_index("test").loc[test, column]


def classical_errors():
    """From our effects and coefficients: errors for equal variances are not offered."""
    size = np.array([event["size"] for event in EXAMPLE["inputs"]["events"]])
    rows = np.column_stack([np.ones(6), size])
    car = of_windows("example_3", "car", [(-1, 1)])[0]
    residual = car - rows @ term("hc3", "coefficient").to_numpy()
    inverse = np.linalg.inv(rows.T @ rows)
    return np.sqrt(np.diag(inverse) * (residual @ residual) / 4)


FAMILY = np.array([0.001, 0.010, 0.020, 0.040, 0.300])
CROSS_SECTION = {
    "ols_coef": lambda: term("hc3", "coefficient"),
    "ols_se": classical_errors,
    "hc1_se": lambda: term("hc1", "std_error"),
    "hc3_se": lambda: term("hc3", "std_error"),
    "cluster_date_se": lambda: term("by_date", "std_error"),
    "wls_coef": lambda: term("wls", "coefficient"),
    "wls_se": lambda: term("wls", "std_error"),
    "welch_t": lambda: group_test("welch_t", "statistic"),
    "welch_df": lambda: group_test("welch_t", "df"),
    "welch_p": lambda: group_test("welch_t", "p_value"),
    "mannwhitney_U": lambda: group_test("mann_whitney", "statistic"),
    "mannwhitney_exact_p": lambda: group_test("mann_whitney", "p_value"),
    "holm": lambda: holm(FAMILY),
    "benjamini_hochberg": lambda: benjamini_hochberg(FAMILY),
}


@pytest.mark.parametrize("key", ACROSS)
def test_across_events(key):
    np.testing.assert_allclose(CROSS_SECTION[key](), ACROSS[key], **EXACT)


def leaves(value, path=()):
    """Path of every number, and of every list of them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path


def asserted():
    """Paths that a test compares."""
    for name, example in EXAMPLES.items():
        yield from (
            (name, "per_event", key) for key in example["expected"]["per_event"]
        )
    yield from (("example_3", "cross_section", key) for key in CROSS_SECTION)
    for name, label, key, _ in VALUES:
        place = (name, label, "details", key) if key in KEYS else (name, label, key)
        yield from ((*place, part) for part in ("statistic", "df", "p"))
    yield from (
        (name, label, "details", key)
        for name, label, key, _ in DETAIL_VALUES
        if key in DETAILS
    )


def test_every_value_of_the_references_is_compared():
    given = {
        (name, *path)
        for name, example in EXAMPLES.items()
        for path in leaves(example["expected"])
    }
    assert given == set(asserted())


def test_the_walk_would_see_a_value_that_nobody_compares():
    reference = Path(__file__).parent / "references" / "worked_examples_2_3.json"
    example = json.loads(reference.read_text())["example_2"]["expected"]
    example["window [0,0]"]["details"]["new"] = 1.0
    paths = {("example_2", *path) for path in leaves(example)}
    assert paths - set(asserted()) == {("example_2", "window [0,0]", "details", "new")}
