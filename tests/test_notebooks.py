"""The notebooks: they run, show what is committed, and say what is so."""

from __future__ import annotations

import ast
import base64
import importlib.metadata
import re
import runpy
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from tests.notebook_runs import (
    FOLDER,
    ROOT,
    assert_clean,
    code,
    parametrised,
    pictures,
    read,
    shown,
    texts,
)

PATHS = sorted(FOLDER.glob("*.ipynb"))
ANY_EVENT, LETTER = FOLDER / "02_any_event.ipynb", FOLDER / "01_rtf_letter.ipynb"
LARGEST_IMAGE = 80_000
NUMERIC = ("numpy", "pandas", "scipy", "statsmodels", "matplotlib")
CHANGING = re.compile(r"0x[0-9a-f]{6,}|/(home|root|Users|tmp)/|\bit/s\b|\d:\d\d:\d\d")

LONG = ("03_immunogen_timeline", "04_which_test_to_believe")

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
each_run = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=[pytest.mark.slow] * (path.stem in LONG))
        for path in PATHS
    ],
)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels see no settings of the user and no kernels that the user installed."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


def unlocked() -> list[str]:
    """Installed packages whose versions are not those of the lock file."""
    lock = (ROOT / "requirements.lock").read_text()
    installed = {name: importlib.metadata.version(name) for name in NUMERIC}
    return [
        f"{name} {version}"
        for name, version in installed.items()
        if version not in re.findall(rf"(?m)^{name}==([\w.]+)", lock)
    ]


# ------------------------------------------------------------------ as committed


@each
def test_reads_as_a_story(path: Path) -> None:
    notebook = read(path)
    first, *rest = (c.source for c in notebook.cells if c.cell_type == "markdown")
    assert notebook.cells[0].source == first
    assert first.startswith("# ")
    assert not re.search(r"(?m)^# ", first[2:] + "\n".join(rest))
    assert {cell.cell_type for cell in notebook.cells} == {"code", "markdown"}


@each
def test_cells_are_short_and_imports_come_first(path: Path) -> None:
    head, *rest = code(read(path))
    assert "import eventstudy as es" in head.source
    for cell in (head, *rest):
        assert len(cell.source.splitlines()) < 10, cell.id
    for cell in rest:
        kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
        assert not kinds & {ast.Import, ast.ImportFrom}, cell.id


@each
def test_parameters_are_one_tagged_cell_of_plain_values(path: Path) -> None:
    cells = code(read(path))
    assert [c.metadata.get("tags", []) for c in cells[:2]] == [[], ["parameters"]]
    assert not any("tags" in c.metadata for c in cells[2:])
    for statement in ast.parse(cells[1].source).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)


@each
def test_carries_no_trace_of_who_ran_it_or_when(path: Path) -> None:
    notebook = read(path)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}, cell.id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id), "a name, not a random number"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    for cell, _, content in texts(notebook):
        assert not CHANGING.search(content), cell


@each
def test_is_committed_as_executed_from_top_to_bottom(path: Path) -> None:
    cells = code(read(path))
    assert [c.execution_count for c in cells] == list(range(1, len(cells) + 1))
    assert_clean(read(path))
    found = [len(picture) for picture in pictures(read(path))]
    assert found
    assert max(found) < LARGEST_IMAGE


@pytest.mark.parametrize(
    "name", ["imgn-2010-08-27.png", "imgn-timeline.png", "imgn-specifications.png"]
)
def test_the_pictures_of_the_readme_are_there_and_small(name: str) -> None:
    path = ROOT / "docs" / "images" / name
    assert f"](docs/images/{path.name})" in (ROOT / "README.md").read_text("utf-8")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < 120_000


# ---------------------------------------------------------------------- executed


@each_run
def test_runs_and_shows_what_is_committed(path: Path) -> None:
    ran = runpy.run_path(str(ROOT / "docs" / "execute_notebooks.py"))["executed"](path)
    assert_clean(ran)
    assert len(list(pictures(ran))) == len(list(pictures(read(path))))
    if other := unlocked():
        pytest.skip(f"it ran; outputs are compared under the lock only: {other}")
    assert texts(ran) == texts(read(path))
    assert ran.metadata == read(path).metadata


def test_another_event_and_model(tmp_path: Path) -> None:
    ran = parametrised(
        ANY_EVENT, tmp_path, date="2019-03-01", industry=None, model="constant_mean",
        event_window=[-3, 3], windows=[[0, 0], [0, 3]],
    )  # fmt: skip
    closes = pd.read_csv(ROOT / "data/prices/IMGN.csv", index_col="date")["close"]
    returns = closes.pct_change()
    day = returns.index.get_loc("2019-03-01")
    abnormal = returns - returns.iloc[day - 260 : day - 10].mean()
    assert f"{abnormal.iloc[day]:.2%}" in shown(ran, "windows")
    assert f"{abnormal.iloc[day : day + 4].sum():.2%}" in shown(ran, "windows")
    assert "es.analyze('IMGN', '2019-03-01'" in shown(ran, "reproduce")
    assert len(list(pictures(ran))) == len(list(pictures(read(ANY_EVENT))))


def test_prices_of_ones_own(tmp_path: Path) -> None:
    prices = pd.read_csv(ROOT / "data/prices/IMGN.csv", usecols=["date", "close"])
    own = tmp_path / "own.csv"
    prices.rename(columns={"close": "XYZ"}).to_csv(own, index=False)
    ran = parametrised(
        ANY_EVENT, tmp_path, ticker="XYZ", date="2010-08-27", timing="before_open",
        prices=str(own), industry=None,
    )  # fmt: skip
    assert "-41.09%" in shown(ran, "windows")
    assert "is not available" in shown(ran, "dollars")
    assert "no check asks for attention" in shown(ran, "advice").lower()


def test_another_confidence(tmp_path: Path) -> None:
    ran = parametrised(LETTER, tmp_path, confidence=0.9)
    # statsmodels' forecast and its error; quantile of t with 248 df at 0.95
    value, error, quantile = -0.410879728, 0.0267420509, 1.651021
    for end in (value - quantile * error, value + quantile * error):
        assert f"{end:.2%}" in shown(ran, "benchmarks")
        assert f"{end:.2%}" in shown(ran, "interval-table")


def test_a_cell_shows_exactly_one_picture() -> None:
    cells = [
        "import matplotlib.pyplot\nimport eventstudy as es",
        'r = es.analyze("IMGN", "2010-08-27")',
        "r",
        "r.plot()",
        'r.plot("price")',
        "figure = r.plot()",
        "r.plot('price', ax=matplotlib.figure.Figure().subplots())\nNone",
    ]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells]
    )
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    assert_clean(notebook)
    assert [len(cell.outputs) for cell in notebook.cells] == [0, 0, 1, 1, 1, 0, 0]
    card, figure, part = (cell.outputs[0] for cell in notebook.cells[2:5])
    assert set(card.data) == {"text/plain", "text/html"}
    for output in (figure, part):
        assert output.output_type == "execute_result"
        assert set(output.data) == {"text/plain", "image/png"}
        assert len(base64.b64decode(output.data["image/png"])) < LARGEST_IMAGE
