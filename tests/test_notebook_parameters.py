"""Every notebook once more with other parameters; expected values by numpy alone."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.notebook_runs import FOLDER, ROOT, code, parametrised, pictures, read, shown

PARAGRAPH = "written for these values"
BOUND = ("01_rtf_letter", "03_immunogen_timeline", "04_which_test_to_believe")
NEWS = """ImmunoGen Announces a Made-Up Result for Testing

WALTHAM, Mass., March 1, 2019 /PRNewswire/ -- ImmunoGen, Inc. (Nasdaq: IMGN) will
discuss it in a conference call today at 8:00 a.m. ET.
"""


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels see no settings of the user and no kernels that the user installed."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


def closes(*tickers: str) -> pd.DataFrame:
    found = {}
    for name in tickers:
        path = ROOT / "data/prices" / f"{name.strip('^')}.csv"
        frame = pd.read_csv(path, index_col="date", parse_dates=True)
        found[name] = frame["close"]
    return pd.DataFrame(found)


def constant_mean(date: str, first: int = 0, last: int = 0) -> float:
    """CAR of IMGN over days around a date against its own mean of days -260 to -11."""
    returns = closes("IMGN")["IMGN"].pct_change()
    day = returns.index.get_loc(date)
    mean = returns.iloc[day - 260 : day - 10].mean()
    return float((returns.iloc[day + first : day + last + 1] - mean).sum())


def market_model(date: str, first: int, last: int) -> float:
    """The same against the market model on ^GSPC."""
    returns = closes("IMGN", "^GSPC").pct_change()
    day = returns.index.get_loc(date)
    estimation = returns.iloc[day - 260 : day - 10]
    slope, level = np.polyfit(estimation["^GSPC"], estimation["IMGN"], 1)
    inside = returns.iloc[day + first : day + last + 1]
    return float((inside["IMGN"] - level - slope * inside["^GSPC"]).sum())


def signed(value: float) -> str:
    """As the cards write it."""
    return f"{value:.2%}".replace("%", " %").replace("-", "\N{MINUS SIGN}")


@pytest.mark.parametrize("name", BOUND)
def test_words_that_hang_on_the_parameters_say_so(name: str) -> None:
    cells = read(FOLDER / f"{name}.ipynb").cells
    place = next(i for i, c in enumerate(cells) if "tags" in c.metadata)
    assert PARAGRAPH in cells[place + 1].source


@pytest.mark.slow
def test_01_other_level_and_no_industry(tmp_path: Path) -> None:
    ran = parametrised(
        FOLDER / "01_rtf_letter.ipynb", tmp_path, confidence=0.99, industry=None
    )
    # statsmodels' forecast and its error; quantile of t with 248 df at 0.995
    value, error, quantile = -0.410879728, 0.0267420509, 2.595688
    for end in (value - quantile * error, value + quantile * error):
        assert f"{end:.2%}" in shown(ran, "benchmarks")
    assert "99 %" in shown(ran, "card")
    assert list(pictures(ran))


@pytest.mark.slow
def test_03_other_window_kind_and_announcement(tmp_path: Path) -> None:
    path = FOLDER / "03_immunogen_timeline.ipynb"
    ran = parametrised(
        path, tmp_path, windows=[[-1, 1], [0, 0]], category="trial_result",
        letter="IMGN-2011-04-07",
    )  # fmt: skip
    assert f"{market_model('2010-08-27', -1, 1):.2%}" in shown(ran, "moved-table")
    places = re.findall(r"<td>(\d+)</td>", shown(ran, "letter-table"))
    assert places, "a place among all, and among its kind"
    assert len(list(pictures(ran))) == len(list(pictures(read(path))))


@pytest.mark.slow
def test_04_other_seed_and_sizes(tmp_path: Path) -> None:
    path = FOLDER / "04_which_test_to_believe.ipynb"
    ran = parametrised(path, tmp_path, replications=120, n_events=20, seed=7)
    assert len(list(pictures(ran))) == len(list(pictures(read(path))))
    alarms = re.findall(r"(\d+\.\d)%", shown(ran, "looks"))
    # eleven tests at 5 % on days that hardly depend on each other: 1 - 0.95 ** 11
    assert abs(float(alarms[0]) - 43.1) < 3.0
    twice = shown(ran, "variance-table")
    patell, bmp = (re.findall(r"(\d+\.\d)%", row) for row in _rows(twice))
    # normal with twice the variance: P(|Z| > 1.96 / sqrt 2) = 16.6 %
    assert abs(float(patell[1]) - 16.6) < 5.0
    assert abs(float(bmp[1]) - 5.0) < 3.5


def _rows(html: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", html, re.DOTALL)[-2:]


@pytest.mark.slow
def test_05_files_of_ones_own(tmp_path: Path) -> None:
    prices, events = tmp_path / "closes.csv", tmp_path / "news.csv"
    frame = closes("IMGN", "^GSPC").loc["2017":"2019"]
    frame.rename_axis("date").to_csv(prices)
    events.write_text(
        "ticker,date\nIMGN,2019-03-01\nIMGN,2019-13-01\nIMGN,2018-06-01\n"
    )
    release = tmp_path / "release.txt"
    release.write_text(NEWS)
    ran = parametrised(
        FOLDER / "05_your_own_data.ipynb", tmp_path, prices_file=str(prices),
        events_file=str(events), release=str(release), decimal=".", dayfirst=None,
        ticker="IMGN", market="^GSPC", model="constant_mean", out=str(tmp_path / "out"),
    )  # fmt: skip
    assert f"Read as it stands: {len(frame):,} rows." in shown(ran, "refused")
    assert "passes the gate" in shown(ran, "clean")
    assert f"{len(frame)} rows read, {len(frame)} days kept, 0 remarks" in shown(
        ran, "kept"
    )
    assert signed(constant_mean("2019-03-01")) in shown(ran, "card")
    assert "conference call today at 8:00 a.m. ET" in shown(ran, "event")
    assert "2 of 3 events studied, 1 left out" in shown(ran, "study")
    assert signed(constant_mean("2018-06-01")) in shown(ran, "compare")
    files = {file.name for file in (tmp_path / "out").iterdir()}
    assert files == {
        "comparison.html", "comparison.json", "comparison.tex", "result.html",
        "result.zip",
    }  # fmt: skip
    assert signed(constant_mean("2019-03-01")) in shown(ran, "replay")


@pytest.mark.slow
def test_05_some_files_of_ones_own_are_refused(tmp_path: Path) -> None:
    from papermill.exceptions import PapermillExecutionError

    path = FOLDER / "05_your_own_data.ipynb"
    with pytest.raises(PapermillExecutionError, match="Name all three"):
        parametrised(path, tmp_path, prices_file="closes.csv", ticker="XYZ")


@pytest.mark.slow
def test_06_another_event_and_model(tmp_path: Path) -> None:
    path = FOLDER / "06_explorer.ipynb"
    ran = parametrised(
        path, tmp_path, date="2019-03-01", options={"model": "constant_mean"}
    )
    assert "'2019-03-01', model='constant_mean'" in shown(ran, "code")
    assert f"{constant_mean('2019-03-01'):.4f}" in shown(ran, "windows")
    assert f"{constant_mean('2019-03-01', -1, 1):.4f}" in shown(ran, "windows")
    assert len(list(pictures(ran))) == len(list(pictures(read(path))))


def test_each_is_run_with_other_parameters() -> None:
    """None is forgotten here: a notebook to come needs its run, too."""
    source = Path(__file__).read_text(encoding="utf-8")
    source += (ROOT / "tests/test_notebooks.py").read_text(encoding="utf-8")
    for path in FOLDER.glob("*.ipynb"):
        assert code(read(path)), path
        assert f'"{path.name}"' in source, path.name
