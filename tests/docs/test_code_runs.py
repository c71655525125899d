"""Every code block of the README and of the pages runs, and shows what it says."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.cli import main
from eventstudy.news.hours import exchange_sessions
from eventstudy.prices.fama_french import THREE, FamaFrench
from tests.docs.sources import AT_THE_TOP, DOCS, PAGES, ROOT, code_blocks, commands
from tests.prices.french_library import published, serve, written, zipped
from tests.prices.yahoo_server import YahooServer, history

pytestmark = pytest.mark.slow

README, SCALE = ROOT / "README.md", DOCS / "scale.md"
BY_THEMSELVES = [
    path
    for path in PAGES
    if path != SCALE and list(code_blocks.blocks(path.read_text(encoding="utf-8")))
]
DASK = importlib.util.find_spec("distributed") is not None
DAYS = exchange_sessions("XNYS", pd.Timestamp("2022-09-01"), pd.Timestamp("2024-04-30"))


@pytest.mark.parametrize("page", BY_THEMSELVES, ids=lambda path: path.stem)
def test_page_shows_what_its_code_gives(page: Path) -> None:
    command = [sys.executable, str(DOCS / "code_blocks.py"), "--check", str(page)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


# ----------------------------------------------------------------------- README


def closes(*names: str, seed: int = 3) -> pd.DataFrame:
    """Made-up closes of an index and of shares that follow it."""
    rng = np.random.default_rng(seed)
    market = rng.normal(0.0003, 0.01, (len(DAYS), 1))
    moves = np.hstack([market, market + rng.normal(0, 0.02, (len(DAYS), len(names)))])
    return pd.DataFrame(moves, DAYS, ["SPX", *names]).add(1).cumprod() * 100


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README speaks of."""
    release = ROOT / "tests" / "news" / "releases" / "business_wire_stamp.txt"
    shutil.copy(release, tmp_path / "release.txt")
    rows = "ticker;date;size\nIMGN;27.08.2010;5\nIMGN;22.02.2013;9\nIMGN;03.06.2011;2\n"
    (tmp_path / "events.csv").write_text(rows, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Yahoo and French's library on this machine, and a cache of the test's own."""
    monkeypatch.delenv("EVENTSTUDY_OFFLINE")
    monkeypatch.setenv("EVENTSTUDY_CACHE", str(tmp_path / "cache"))
    with serve() as library:
        factors = written(THREE, published(THREE, DAYS))
        library.answers[THREE] = (200, zipped(factors))
        french = FamaFrench(tmp_path / "cache", session=library.session, pause=0.0)
        french.get(("mkt_rf", "smb", "hml", "rf"), pd.Timestamp("2024-03-01"))
        with YahooServer() as yahoo:
            put(yahoo)
            yield


def put(yahoo: YahooServer) -> None:
    """Histories of the tickers that the README fetches."""
    prices = closes("XOM", "7203.T")
    days = [str(day.date()) for day in DAYS]
    yahoo.put("XOM", history(days, prices["XOM"].tolist()))
    yahoo.put("^GSPC", history(days, prices["SPX"].tolist(), instrumentType="INDEX"))
    tokyo = exchange_sessions("XTKS", DAYS[0], DAYS[-1])
    for ticker, name in (("7203.T", "7203.T"), ("^N225", "SPX")):
        values = np.interp(tokyo.asi8, DAYS.asi8, prices[name])
        listed = [str(day.date()) for day in tokyo]
        yahoo.put(
            ticker, history(listed, values.tolist(), zone="Asia/Tokyo", currency="JPY")
        )


def names_of_the_readme() -> dict[str, Any]:
    """What its examples take as the reader's own."""
    frame = closes("XYZ")
    returns = closes(*"ABCDEF").pct_change().iloc[1:]
    shipped = {name: es.load_prices(name) for name in ("IMGN", "^GSPC", "IBB")}
    adjusted = {n: p.get("adj_close", p.get("close")) for n, p in shipped.items()}
    es.FirmBlocks.write(pd.DataFrame(adjusted).pct_change().iloc[1:], "folder")
    table = es.list_events("IMGN").head(12)[["ticker", "date"]]
    table = table.assign(market="^GSPC", industry="IBB", estimation_window=200)
    return {
        "frame": frame,
        "returns": returns,
        "firms": list("ABCDEF"),
        "table": table,
        "client": ThreadPoolExecutor(1),
    }


def statements(path: Path) -> Iterator[ast.stmt]:
    for block in code_blocks.blocks(path.read_text(encoding="utf-8")):
        yield from ast.parse(block.code).body


@pytest.mark.usefixtures("workplace", "elsewhere")
def test_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    # A thousand replications of all tests are minutes; their number is no part of it.
    few = {"replications": 4, "n_events": 12}
    whole = es.size_and_power
    monkeypatch.setattr(es, "size_and_power", lambda *a, **o: whole(*a, **few, **o))
    names = names_of_the_readme()
    for statement in statements(README):
        exec(compile(ast.Module([statement], []), "README.md", "exec"), names)
    assert float(names["r"].car(0)) == pytest.approx(-0.41, abs=0.05)
    assert len(names["s"]) == 63


def test_contributing_names_what_there_is() -> None:
    imports = [s for s in statements(AT_THE_TOP[1]) if isinstance(s, ast.ImportFrom)]
    assert imports
    for statement in imports:
        exec(compile(ast.Module([statement], []), "CONTRIBUTING.md", "exec"), {})


def test_scale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    frame = closes("A", "B").pct_change().iloc[1:]
    es.FirmBlocks.write(frame[["A", "B"]], "returns")
    names: dict[str, Any] = {"es": es, "frame": frame, "index_returns": frame["SPX"]}
    names["events"] = [(firm, DAYS[320]) for firm in "AB"]
    found = list(code_blocks.blocks(SCALE.read_text(encoding="utf-8")))
    # Dask is an extra that the tests' environment lacks; test_study_workers.py has it.
    here = [b for b in found if "distributed" not in b.code or DASK]
    for block in here:
        exec(compile(block.code, "scale.md", "exec"), names)
        assert len(names["result"]) == 2
    assert len(here) >= 2


# --------------------------------------------------------------------- the command


@pytest.mark.parametrize("path", [*AT_THE_TOP, *PAGES], ids=lambda path: path.stem)
def test_commands_run(path: Path, workplace: Path) -> None:
    es.load_prices("IMGN")["close"].rename("IMGN").to_csv("prices.csv")
    text = (workplace / "events.csv").read_text(encoding="utf-8")
    iso = re.sub(r"(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", text)
    (workplace / "events.csv").write_text(iso, encoding="utf-8")
    for line in commands(path):
        words = shlex.split(line)
        if words[0] == "lab":
            words.append("--no-open")
        with contextlib.redirect_stdout(io.StringIO()) as out:
            assert main(words) == 0, line
        assert out.getvalue(), line
