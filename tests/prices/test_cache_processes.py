"""Real processes at one folder: nothing is lost, nothing half-written is read."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eventstudy.prices._cache_files import recall, table_text
from eventstudy.prices.cache import Cached, cache_info
from tests.prices.cached_prices import Counting, is_whole, prices

ROOT = Path(__file__).parents[2]
FETCH = "import sys; from tests.prices import cached_prices as c; c.main(*sys.argv[1:])"


def start(*arguments, code=None):
    command = [sys.executable, "-c", code or FETCH, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def fetch_at_once(folder, processes, symbols, fetches):
    running = [
        start(folder, 1000 * number, ",".join(symbols), fetches)
        for number in range(processes)
    ]
    said = [process.communicate(timeout=200)[1] for process in running]
    assert [process.returncode for process in running] == [0] * processes, said


def assert_whole(folder, symbols):
    kept = Cached(Counting(), folder, offline=True)
    assert all(is_whole(kept.get(symbol).frame) for symbol in symbols)
    assert sorted(cache_info(folder)["symbol"]) == sorted(symbols)
    assert list(Path(folder).rglob("*.tmp")) == []


def test_two_processes_at_one_symbol(tmp_path):
    fetch_at_once(tmp_path, 2, ["X"], 20)
    assert_whole(tmp_path, ["X"])


@pytest.mark.slow
def test_eight_processes_and_two_hundred_fetches(tmp_path):
    symbols = ["^GSPC", "BRK.B", "X", "CON", "../x"]
    fetch_at_once(tmp_path, 8, symbols, 25)
    assert_whole(tmp_path, symbols)


# The n-th time that the function is called, the process is gone as if by kill -9.
DIE = """
import os, pathlib, signal, sys
from tests.prices.cached_prices import Counting
from eventstudy.prices.cache import Cached
folder, owner, name, times = sys.argv[1:]
real = getattr({"os": os, "path": pathlib.Path}[owner], name)
left = [int(times)]
def dying(*a, **k):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*a, **k)
setattr({"os": os, "path": pathlib.Path}[owner], name, dying)
Cached(Counting(20.0), folder, refresh=True).get("X")
"""
MOMENTS = list(itertools.product([("os", "fsync"), ("path", "replace")], [1, 2]))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_in_the_middle_of_a_write(tmp_path):
    running = {}
    for number, ((owner, name), times) in enumerate(MOMENTS):
        folder = tmp_path / str(number)
        Cached(Counting(), folder).get("X")
        running[folder] = start(folder, owner, name, times, code=DIE)
    for folder, process in running.items():
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert (
            Cached(Counting(), folder, offline=True).get("X").frame.equals(prices(11.0))
        )
        assert (
            Cached(Counting(30.0), folder, refresh=True)
            .get("X")
            .frame.equals(prices(31.0))
        )
        assert len(cache_info(folder)) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killed_at_any_moment(tmp_path):
    moments = random.Random(1)
    for _ in range(12):
        process = start(tmp_path, 100, "X,Y", 100_000)
        written = since(tmp_path)
        while since(tmp_path) == written and process.poll() is None:
            time.sleep(0.01)
        end = time.monotonic() + moments.random()
        while time.monotonic() < end:
            for symbol in ("X", "Y"):
                read(tmp_path, symbol)
        process.kill()
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        assert read(tmp_path, "X")


def since(folder):
    """When something was last put in place."""
    return max((path.stat().st_mtime_ns for path in folder.iterdir()), default=0)


def read(folder, symbol):
    """Whether there is one; whatever is read is whole."""
    for source in folder.iterdir():
        kept = recall(source, symbol)
        if kept is not None:
            assert is_whole(kept.frame)
            return True
    return False


def test_what_the_killed_left_is_swept_when_it_is_old(tmp_path):
    Cached(Counting(), tmp_path).get("X")
    (folder,) = tmp_path.iterdir()
    (table,) = folder.glob("*.csv")
    left = table.with_name(f".{table.name}.99_abcd.tmp")
    orphan = table.with_name(table.name.replace(".csv", "")[:-16] + "0" * 16 + ".csv")
    mine = folder / "X.csv"
    for path in (left, orphan, mine):
        path.write_bytes(table_text(prices(5.0)))
    Cached(Counting(), tmp_path, refresh=True).get("X")
    assert all(path.exists() for path in (left, orphan, mine, table))
    for path in (left, orphan, mine, table):
        os.utime(path, (1.0, 1.0))
    Cached(Counting(50.0), tmp_path, refresh=True).get("X")
    assert [p.exists() for p in (left, orphan, table, mine)] == [False] * 3 + [True]
