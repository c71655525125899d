"""Threads, processes and a Dask cluster give a study the bits of one thread."""

import concurrent.futures

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.inference._base import TESTS

pytestmark = pytest.mark.slow
DAYS = pd.bdate_range("2005-01-03", periods=1200, unit="ns")
# More than two units of work of 8,192 events.
EVENTS, FIRMS = 20_000, 200
SHOWN = [
    test.key
    for test in TESTS.values()
    if test.kind == "sample" and "bootstrap" not in test.key
]


def simulated():
    """A panel with missing days, and events with markets and windows of their own."""
    rng = np.random.default_rng(4)
    market = rng.normal(0, 0.01, (1200, 2))
    noise = rng.normal(0, 0.02, (1200, FIRMS)) + market[:, :1]
    noise[rng.random(noise.shape) < 0.01] = np.nan
    names = [f"F{n}" for n in range(FIRMS)]
    returns = pd.DataFrame(noise, DAYS, names).assign(M=market[:, 0], N=market[:, 1])
    events = pd.DataFrame(
        {
            "ticker": rng.choice(names, EVENTS),
            "date": rng.choice(DAYS[300:1180], EVENTS),
            "market": rng.choice(["M", "N"], EVENTS),
            "estimation_window": rng.choice(["-200,-11", ""], EVENTS),
        }
    )
    return events, returns


def run(engine=None, **given):
    events, returns = simulated()
    return es.study(
        events, returns=returns, market="M", windows=[(0, 0), (-1, 1)], tests=SHOWN,
        engine=engine, **given,
    )  # fmt: skip


@pytest.fixture(scope="module")
def serial():
    return run()


def same_bits(found, expected):
    assert len(found) == len(expected) == EVENTS
    for frame in ("events", "abnormal_returns", "windows"):
        ours, theirs = getattr(found, frame), getattr(expected, frame)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
    for window in expected.design.windows:
        ours, theirs = found.tests(window), expected.tests(window)
        pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
    pd.testing.assert_series_equal(
        found.clustering, expected.clustering, check_exact=True
    )
    assert found.verdict == expected.verdict


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_threads(serial, workers):
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        same_bits(run(pool), serial)


def test_processes(serial):
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        same_bits(run(pool), serial)


@pytest.mark.filterwarnings("default")
def test_a_dask_cluster(serial):
    distributed = pytest.importorskip(
        "distributed",
        reason="needs the extra dask: pip install investor-eventstudy[dask]",
    )
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        same_bits(run(client), serial)
