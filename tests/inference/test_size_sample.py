"""How often each test of many events rejects, with and without an effect (slow).

The designs and the figures they are compared with are those of the reference, another
program.  Two simulations differ by chance: four standard errors of their difference
are allowed.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from eventstudy.inference._base import TESTS
from tests import many
from tests.mistakes import MISTAKES
from tests.simulate_many import allowed, design, rejection_rates, samples
from tests.size_tables import SIZES, cells

CELLS = cells()


@pytest.mark.slow
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_rejection_rates(cell):
    found = rejection_rates(
        cell.simulation, cell.tests, windows=cell.windows, replications=cell.ours,
        seed=cell.seed,
    )  # fmt: skip
    far = {
        place: (found[place], theirs)
        for place, theirs in cell.expected.items()
        if abs(found[place] - theirs)
        > allowed(found[place], cell.ours, theirs, cell.theirs)
    }
    assert far == {}


def numbers(group):
    """Figures in a table of the reference."""
    if not isinstance(group, dict):
        return isinstance(group, float)
    return sum(numbers(part) for key, part in group.items() if key != "replications")


def test_no_figure_of_the_tables_is_left_out():
    assert sum(len(cell.expected) for cell in CELLS) == numbers(SIZES)
    keys = {test.partition("|")[0] for cell in CELLS for test in cell.tests}
    assert keys <= set(TESTS)
    assert {name for cell in CELLS for name in cell.tests} >= set(MISTAKES)


SHIPPED = Path(__file__).parents[2] / "docs" / "data" / "size_tables.csv"


def test_shipped_table_is_of_these_designs():
    with SHIPPED.open(newline="") as file:
        rows = list(csv.DictReader(file))
    given = [
        (cell.name, "[{:+d},{:+d}]".format(*window), test, cell.theirs, cell.seed)
        for cell in CELLS
        for window, test in cell.expected
    ]
    shipped = [
        (r["design"], r["window"], r["test"], int(r["reference_replications"]),
         int(r["seed"])) for r in rows
    ]  # fmt: skip
    assert shipped == given
    rates = [rate for cell in CELLS for rate in cell.expected.values()]
    np.testing.assert_allclose([float(r["reference"]) for r in rows], rates, atol=1e-6)
    for row in rows:
        ours, theirs = float(row["ours"]), float(row["reference"])
        four = allowed(
            ours, int(row["replications"]), theirs, int(row["reference_replications"])
        )
        assert abs(ours - theirs) <= four, row
        assert row["within_four_se"] == "1"


@pytest.mark.parametrize("name", ["corr", "normal", "12 dates", "staggered"])
def test_samples_are_those_of_the_passes_one_replication_at_a_time(name):
    simulation, windows = design(name, 60, missing=(0.05, 0.05)), ((0, 0), (-1, 1))
    reads = ("common_dates", "rank_sums", "placebo_shifts")
    streams = np.random.default_rng(4).spawn(2)
    drawn = samples(simulation, 2, seed=4, windows=windows, reads=reads)
    for rng, (found, _) in zip(streams, drawn, strict=True):
        y, x, day0 = simulation.draw(rng)
        expected = many.run(y, x, day0=day0, windows=windows, reads=reads)
        for ours, theirs in zip(found, expected, strict=True):
            assert sorted(ours.day0) == sorted(theirs.day0)
            np.testing.assert_allclose(np.sort(ours.scar), np.sort(theirs.scar), 1e-9)
            for key, value in theirs.sums["common_dates"].items():
                assert ours.sums["common_dates"][key] == pytest.approx(value, abs=1e-12)
            for key in ("number", "sum", "squares"):
                np.testing.assert_allclose(
                    ours.sums["placebo_shifts"][key],
                    theirs.sums["placebo_shifts"][key], rtol=1e-9, atol=1e-9,
                )  # fmt: skip
            np.testing.assert_allclose(
                ours.sums["rank_sums"]["rank"]["days"],
                theirs.sums["rank_sums"]["rank"]["days"], atol=1e-12,
            )  # fmt: skip
