"""The designs in which the reference counted rejections, and what it counted.

Each design is a cell: a simulation, and by window and test the share of replications
that another program rejected.  Tests bear our keys.
"""

import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.simulate_many import Simulation, design

REFERENCE = Path(__file__).parent / "references" / "sample_size.json"
SIZES = json.loads(REFERENCE.read_text())
WINDOWS = {"day0": (0, 0), "w3": (-1, 1), "w11": (-5, 5)}
DRAWS = 499  # of each bootstrap, as in the reference
OURS = {
    "jackknife|by date": "jackknife|kind=mean|on=scar|by_date",
    "bootstrap_t": f"bootstrap_t|draws={DRAWS}",
    "wild_bootstrap": f"wild_bootstrap|draws={DRAWS}",
    "wild_bootstrap|webb": f"wild_bootstrap|weights=webb|draws={DRAWS}",
    "wild_bootstrap_by_date": f"wild_bootstrap_by_date|draws={DRAWS}",
}
BALANCED = {"6x10", "sizes 1..11"}


class Cell(NamedTuple):
    """A design, and rates by window and test.

    ``theirs`` and ``ours``: replications of the reference, and of the slow suite.
    """

    table: str
    name: str
    simulation: Simulation
    expected: Mapping
    theirs: int
    ours: int

    @property
    def seed(self):
        """Its own, and the same in every process."""
        return zlib.crc32(self.name.encode())

    @property
    def windows(self):
        """Test windows of its tests."""
        return tuple(dict.fromkeys(window for window, _ in self.expected))

    @property
    def tests(self):
        """Keys of its tests."""
        return tuple(dict.fromkeys(test for _, test in self.expected))


def designs(group):
    """Names of the designs of a table, in its order."""
    return [name for name in group if name not in {"replications", "design"}]


def of_window(expected, window=(-1, 1)):
    """Rates of one window."""
    return {
        (window, OURS.get(test, test)): rate
        for test, rate in expected.items()
        if test != "replications"
    }


def many_events(table, n, theirs, ours):
    """Tables 8.3a and 8.3b: sizes, then power; what draws, in fewer replications."""
    columns = {}
    for key, rate in SIZES[f"multi_N{n}"].items():
        condition, shock, window, test = key.split("|", 3)
        drawn = " drawing" if test.startswith(("bootstrap", "wild")) else ""
        place = WINDOWS[window], OURS.get(test, test)
        columns.setdefault((condition, float(shock), drawn), {})[place] = rate
    for (condition, shock, drawn), expected in columns.items():
        part = (3 if drawn else 1) * (2 if shock else 1)
        yield Cell(
            table, f"N={n} {condition} {shock}{drawn}",
            design(condition, n, shock=shock), expected,
            theirs // (2 if shock else 1), ours // part,
        )  # fmt: skip


def on_dates():
    """Table 8.4."""
    several, unequal = SIZES["several_dates"], SIZES["unequal_dates"]
    for dates in ("6x10", "12x5", "30x2"):
        number, size = map(int, dates.split("x"))
        yield Cell(
            "8.4", f"dates {dates}", Simulation(60, (size,) * number, rho=0.3),
            of_window(several[dates]), several["replications"], 1000,
        )  # fmt: skip
    for name in designs(unequal):
        sizes = date_sizes(name)
        expected = dict(unequal[name])
        if name not in BALANCED:
            ignored = expected.pop("cluster_by_date")
            expected["cluster_by_date|condition ignored"] = ignored
        rho = 0.5 if name == "1x12+48x1" else 0.3
        yield Cell(
            "8.4", f"unequal {name}", Simulation(sum(sizes), sizes, rho=rho),
            of_window(expected), unequal["replications"], 800,
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
    windows = SIZES["skewed_returns_windows"]
    for n in (30, 100):
        simulation, start = Simulation(n, skewness=2.0**0.5), f"skew|{n}|"
        one_day = {
            key.removeprefix(start): rate
            for key, rate in SIZES["skewed_returns"].items()
            if key.startswith(start)
        }
        yield Cell(
            "8.6", f"skewed N={n}", simulation, of_window(one_day, (0, 0)), 2000, 800
        )
        expected = {}
        for key, rate in windows.items():
            if key.startswith(start):
                window, test = key.removeprefix(start).split("|", 1)
                expected[WINDOWS[window], OURS.get(test, test)] = rate
        theirs = windows["replications"][str(n)]
        yield Cell("8.6", f"skewed windows N={n}", simulation, expected, theirs, 800)
    for level, expected in SIZES["skewness_levels_N30_one_day"].items():
        yield Cell(
            "8.6", f"skewness {level}", Simulation(30, skewness=float(level)),
            of_window(expected, (0, 0)), 2500, 800,
        )  # fmt: skip


def shared_and_staggered():
    """Table 8.9; its last two rows have fewer replications."""
    group = SIZES["shared_and_staggered_dates"]
    for name in designs(group):
        wrong = {k: v for k, v in group[name].items() if "relative day" in k}
        right = {k: v for k, v in group[name].items() if k not in wrong}
        simulation = design(name, 60)
        yield Cell(
            "8.9", name, simulation, of_window(right), group["replications"], 1000
        )
        yield Cell(
            "8.9", f"{name}, by relative day", simulation, of_window(wrong), 1500, 1000
        )


def few_events():
    """Table 8.10."""
    group = SIZES["few_events"]
    names = {
        "normal": "normal", "variance x2": "eiv",
        "common date + variance x2": "corr_eiv",
    }  # fmt: skip
    for key in designs(group):
        size, condition, shock = key.split("|")
        n = int(size.removeprefix("N="))
        if condition in names:
            simulation = design(names[condition], n, shock=float(shock))
        else:
            simulation = Simulation(n, skewness=2.0**0.5)
        yield Cell(
            "8.10", key, simulation, of_window(group[key], (0, 0)),
            group["replications"], 600,
        )  # fmt: skip


def on_one_date():
    """Table 8.11."""
    group = SIZES["event_day_covariance"]
    added = {
        "none": {},
        "all doubled": {"variance": 2.0},
        "effects sd 2%": {"effect_sd": 0.02},
    }
    for name in designs(group):
        kind, _, amount = name.partition(" +")
        how = {"common": "common", "firm-specific": "own"}
        changes = added[name] if name in added else {how[kind]: float(amount)}
        yield Cell(
            "8.11", f"one date, {name}", design("corr", 60, **changes),
            of_window(group[name]), group["replications"], 800,
        )  # fmt: skip


def placebo_blocks():
    """Table 8.12."""
    group = SIZES["placebo_blocks"]
    for name in designs(group):
        m, days, n, spread, rho = (float(x) for x in re.findall(r"=([\d.]+)", name))
        simulation = Simulation(
            int(n), stagger=int(spread), rho=rho, days=int(m), event_days=int(days)
        )
        half = int(days) // 2
        yield Cell(
            "8.12", name, simulation, of_window(group[name], (-half, half)),
            group["replications"], 400,
        )  # fmt: skip


def others():
    """Table 8.7, and the portfolio test of 4.3 over long windows."""
    group, long = SIZES["missing_returns"], SIZES["portfolio_long_window"]
    yield Cell(
        "8.7", "missing returns", Simulation(30, missing=(0.15, 0.1)),
        of_window(group), group["replications"], 800,
    )  # fmt: skip
    for name in designs(long):
        m = int(name.split(",")[0].removeprefix("M="))
        yield Cell(
            "8.8", f"long window {name}", design("corr", 60, days=m, event_days=21),
            of_window(long[name], (-10, 10)), long["replications"], 800,
        )  # fmt: skip


def cells():
    """All designs, table by table."""
    return [
        *many_events("8.3a", 30, 6000, 800), *many_events("8.3b", 100, 4000, 500),
        *on_dates(), *skewed(), *shared_and_staggered(), *few_events(), *on_one_date(),
        *placebo_blocks(), *others(),
    ]  # fmt: skip
