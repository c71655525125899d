"""How often each single-event test rejects when nothing happened (slow).

The design of the reference: 250 estimation days directly followed by the event window;
its figures come from another program.  Two simulations differ by chance: four standard
errors of their difference are allowed.
"""

import functools
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from eventstudy.core.pvalues import rejects
from eventstudy.inference._base import find_test
from tests.samples import Returns, sample_of, take

REFERENCE = Path(__file__).parents[1] / "references" / "single_event_size.json"
SIZES = json.loads(REFERENCE.read_text())
WINDOWS = {
    "[0,0]": (0, 0),
    "[-1,+1]": (-1, 1),
    "[-5,+5]": (-5, 5),
    "[-10,+10]": (-10, 10),
}
CONDITIONS = {"normal": 1, "t4": 2, "variance_x2": 3}  # with their seeds
EVENTS, BATCH, DAYS, LONGEST = 20_000, 2_000, 250, 21
BOOTSTRAPPED = 500  # of each batch: it draws 499 windows an event


def quiet_returns(rng, condition):
    """A batch of events at which nothing happens."""
    shape = (BATCH, DAYS + LONGEST)
    noise = rng.standard_normal(shape)
    if condition == "t4":
        noise = rng.standard_t(4, shape) / np.sqrt(2.0)  # its variance is 2
    if condition == "variance_x2":
        noise[:, DAYS:] *= np.sqrt(2.0)
    market = rng.normal(0.0004, 0.01, shape)
    beta, sigma = rng.normal(1.0, 0.3, (BATCH, 1)), rng.uniform(0.01, 0.035, (BATCH, 1))
    y, x = beta * market + sigma * noise, np.stack([np.ones(shape), market], axis=2)
    ones = np.ones(shape)
    before, after = np.s_[:, :DAYS], np.s_[:, DAYS:]
    return Returns(y[before], x[before], y[after], x[after], ones[before], ones[after])


@functools.cache
def rejection_rates(condition):
    """Share of events rejected, and their number, by window and key."""
    rng = np.random.default_rng(CONDITIONS[condition])
    hits, events = Counter(), Counter()
    for _ in range(EVENTS // BATCH):
        returns = quiet_returns(rng, condition)
        for label, window in WINDOWS.items():
            days = LONGEST if label == "[-10,+10]" else 11
            event = {
                name: getattr(returns, name)[:, :days]
                for name in ("y_event", "x_event", "spans_event")
            }
            sample = sample_of(returns._replace(**event), window)
            for key in SIZES["size"][condition][label]:
                few = take(sample, np.arange(BOOTSTRAPPED))
                used = few if key.startswith("bootstrap") else sample
                p_value = find_test(key)(used).p_value
                hits[label, key] += int(rejects(p_value, SIZES["level"]).sum())
                events[label, key] += used.n_events
    return {place: (hits[place] / events[place], events[place]) for place in events}


def allowed(ours, n, theirs):
    """Four standard errors of the difference of the two simulations."""
    m = SIZES["replications"]
    pooled = (n * ours + m * theirs) / (n + m)
    return 4.0 * np.sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m))


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS)
def test_size(condition):
    far = {}
    for (label, key), (ours, n) in rejection_rates(condition).items():
        theirs = SIZES["size"][condition][label][key]
        if abs(ours - theirs) > allowed(ours, n, theirs):
            far[label, key] = (ours, theirs)
    assert far == {}


@pytest.mark.slow
def test_exact_tests_hold_their_level():
    far = {}
    for (label, key), (ours, n) in rejection_rates("normal").items():
        error = np.sqrt(0.05 * 0.95 / n)
        if key in {"exact_t", "joint_f"} and abs(ours - 0.05) > 4.0 * error:
            far[label, key] = ours
    assert far == {}
