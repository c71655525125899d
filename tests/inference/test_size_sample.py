"""How often each test of many events rejects, with and without an effect (slow).

The designs and the figures they are compared with are those of the reference, another
program.  Two simulations differ by chance: four standard errors of their difference
are allowed.  Tests that draw are left to their own files.
"""

import json
import re
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from eventstudy.inference._base import TESTS
from tests.simulate_many import Simulation, allowed, design, rejection_rates

REFERENCE = Path(__file__).parents[1] / "references" / "sample_size.json"
SIZES = json.loads(REFERENCE.read_text())
WINDOWS = {"day0": (0, 0), "w3": (-1, 1), "w11": (-5, 5)}
DRAWING = ("bootstrap", "wild")
OURS = {"jackknife|by date": "jackknife|kind=mean|on=scar|by_date"}
# What the reference shows of a mistake or of a condition ignored: no test of ours.
MISTAKES = ("within-date correlation", "r_bar by relative day")
BALANCED = {"6x10", "sizes 1..11"}


class Cell(NamedTuple):
    """A design, and what is expected by window and test."""

    name: str
    simulation: Simulation
    expected: dict
    theirs: int
    ours: int


def many_events(group, n, theirs):
    """Tables 8.3a and 8.3b: sizes, then power."""
    columns = {}
    for key, rate in SIZES[group].items():
        condition, shock, window, test = key.split("|", 3)
        place = WINDOWS[window], test
        columns.setdefault((condition, float(shock)), {})[place] = rate
    for (condition, shock), expected in columns.items():
        simulation = design(condition, n, shock=shock)
        powered = shock > 0
        yield Cell(
            f"N={n} {condition} {shock}", simulation, expected,
            theirs // 2 if powered else theirs, 400 if powered else 1000,
        )  # fmt: skip


def on_dates():
    """Table 8.4."""
    several = SIZES["several_dates"]
    for dates in ("6x10", "12x5", "30x2"):
        number, size = map(int, dates.split("x"))
        yield Cell(
            f"dates {dates}", Simulation(60, (size,) * number, rho=0.3),
            window_of(several[dates]), several["replications"], 1500,
        )  # fmt: skip
    unequal = SIZES["unequal_dates"]
    for name, expected in unequal.items():
        if name == "replications":
            continue
        sizes = date_sizes(name)
        rho = 0.5 if name == "1x12+48x1" else 0.3
        kept = {
            test: rate
            for test, rate in expected.items()
            if test != "cluster_by_date" or name in BALANCED
        }
        yield Cell(
            f"unequal {name}", Simulation(sum(sizes), sizes, rho=rho),
            window_of(kept), unequal["replications"], 1000,
        )  # fmt: skip


def date_sizes(name):
    """Events on each date, from "1x12+48x1", "sizes 1..11" or the sizes themselves."""
    if name.startswith("sizes"):
        return tuple(range(1, 12))
    if "," in name:
        return tuple(map(int, name.split(",")))
    pairs = (part.split("x") for part in name.split("+"))
    return tuple(size for n, each in pairs for size in (int(each),) * int(n))


def skewed():
    """Table 8.6."""
    for n in (30, 100):
        start = f"skew|{n}|"
        expected = {
            key.removeprefix(start): rate
            for key, rate in SIZES["skewed_returns"].items()
            if key.startswith(start)
        }
        simulation = Simulation(n, skewness=2.0**0.5)
        yield Cell(f"skewed N={n}", simulation, window_of(expected, (0, 0)), 2000, 1000)
        windows = SIZES["skewed_returns_windows"]
        expected = {
            (WINDOWS[window], test): rate
            for key, rate in windows.items()
            if key.startswith(start)
            for window, test in [key.removeprefix(start).split("|", 1)]
        }
        theirs = windows["replications"][str(n)]
        yield Cell(f"skewed windows N={n}", simulation, expected, theirs, 1000)
    for level, expected in SIZES["skewness_levels_N30_one_day"].items():
        yield Cell(
            f"skewness {level}", Simulation(30, skewness=float(level)),
            window_of(expected, (0, 0)), 2500, 1000,
        )  # fmt: skip


def shared_and_staggered():
    """Table 8.9."""
    group = SIZES["shared_and_staggered_dates"]
    for name, expected in group.items():
        if name != "replications":
            yield Cell(
                name, design(name, 60), window_of(expected), group["replications"], 1000
            )


def few_events():
    """Table 8.10."""
    group = SIZES["few_events"]
    names = {
        "normal": "normal", "variance x2": "eiv",
        "common date + variance x2": "corr_eiv",
    }  # fmt: skip
    for key, expected in group.items():
        if key == "replications":
            continue
        size, condition, shock = key.split("|")
        n = int(size.removeprefix("N="))
        if condition in names:
            simulation = design(names[condition], n, shock=float(shock))
        else:
            simulation = Simulation(n, skewness=2.0**0.5)
        yield Cell(
            key, simulation, window_of(expected, (0, 0)), group["replications"], 800
        )


def on_one_date():
    """Table 8.11."""
    group = SIZES["event_day_covariance"]
    added = {
        "none": {},
        "all doubled": {"variance": 2.0},
        "effects sd 2%": {"effect_sd": 0.02},
    }
    for name, expected in group.items():
        if name in {"replications", "design"}:
            continue
        kind, _, amount = name.partition(" +")
        how = {"common": "common", "firm-specific": "own"}
        changes = added[name] if name in added else {how[kind]: float(amount)}
        yield Cell(
            f"one date, {name}", design("corr", 60, **changes),
            window_of(expected), group["replications"], 800,
        )  # fmt: skip


def placebo_blocks():
    """Table 8.12."""
    group = SIZES["placebo_blocks"]
    for name, expected in group.items():
        if name == "replications":
            continue
        m, days, n, spread, rho = (float(x) for x in re.findall(r"=([\d.]+)", name))
        simulation = Simulation(
            int(n), stagger=int(spread), rho=rho, days=int(m), event_days=int(days)
        )
        half = int(days) // 2
        yield Cell(
            name, simulation, window_of(expected, (-half, half)),
            group["replications"], 400,
        )  # fmt: skip


def others():
    """Table 8.7, and the portfolio test of 4.3 over long windows."""
    group = SIZES["missing_returns"]
    expected = window_of({k: v for k, v in group.items() if k != "replications"})
    yield Cell(
        "missing returns", Simulation(30, missing=(0.15, 0.1)), expected,
        group["replications"], 1000,
    )  # fmt: skip
    group = SIZES["portfolio_long_window"]
    for name, expected in group.items():
        if name != "replications":
            m = int(name.split(",")[0].removeprefix("M="))
            yield Cell(
                f"long window {name}", design("corr", 30, days=m, event_days=21),
                window_of(expected, (-10, 10)), group["replications"], 1000,
            )  # fmt: skip


def window_of(expected, window=(-1, 1)):
    return {(window, test): rate for test, rate in expected.items()}


def cells():
    """All designs, with the tests that are there."""
    every = [
        *many_events("multi_N30", 30, 6000), *many_events("multi_N100", 100, 4000),
        *on_dates(), *skewed(), *shared_and_staggered(), *few_events(), *on_one_date(),
        *placebo_blocks(), *others(),
    ]  # fmt: skip
    for cell in every:
        expected = {
            (window, OURS.get(test, test)): rate
            for (window, test), rate in cell.expected.items()
            if test.partition("|")[0] in TESTS
            and not test.startswith(DRAWING)
            and not any(word in test for word in MISTAKES)
        }
        if expected:
            yield cell._replace(expected=expected)


@pytest.mark.slow
@pytest.mark.parametrize("cell", [*cells()], ids=lambda cell: cell.name)
def test_rejection_rates(cell):
    windows = tuple(dict.fromkeys(window for window, _ in cell.expected))
    tests = tuple(dict.fromkeys(test for _, test in cell.expected))
    found = rejection_rates(
        cell.simulation, tests, windows=windows, replications=cell.ours,
        seed=zlib.crc32(cell.name.encode()),
    )  # fmt: skip
    far = {
        (window, test): (found[window, test], theirs)
        for (window, test), theirs in cell.expected.items()
        if abs(found[window, test] - theirs)
        > allowed(found[window, test], cell.ours, theirs, cell.theirs)
    }
    assert far == {}
