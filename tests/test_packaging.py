"""The package as users get it: a wheel, alone, outside the checkout."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
DIRECT, FROM_SDIST = "wheel of the checkout", "wheel of the sdist"
PROGRAM = """
import hashlib, json, sys
import eventstudy as es
result = es.analyze("IMGN", "2010-08-27")
print(json.dumps({
    "home": es.__file__,
    "ar": float(result.car(0)),
    "prices": hashlib.sha256(es.load_prices("IMGN").to_csv().encode()).hexdigest(),
    "events": len(es.list_events("IMGN")),
    "heavy": sorted({"statsmodels", "yfinance", "scipy.stats"} & set(sys.modules)),
}))
"""


def run(*command: object, cwd: Path) -> str:
    """Standard output of a command that must succeed and must not see the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        check=False, capture_output=True, text=True, cwd=cwd, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both wheels and the sdist."""
    direct, through = (
        tmp_path_factory.mktemp("direct"),
        tmp_path_factory.mktemp("sdist"),
    )
    build = [sys.executable, "-m", "build", "--no-isolation"]
    run(*build, "--wheel", "--outdir", direct, ROOT, cwd=direct)
    run(*build, "--outdir", through, ROOT, cwd=through)  # sdist, then a wheel of it
    return {
        DIRECT: next(direct.glob("*.whl")),
        FROM_SDIST: next(through.glob("*.whl")),
        "sdist": next(through.glob("*.tar.gz")),
    }


@pytest.fixture(scope="module", params=[DIRECT, FROM_SDIST])
def installed(
    request: pytest.FixtureRequest,
    built: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Programs of an environment that holds the wheel and, by reference, its needs."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", "empty", cwd=folder)
    programs = folder / "empty" / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    install = ["pip", "install", "--offline", "--no-index", "--no-deps"]
    uv = [sys.executable, "-m", "uv", *install, "--python", python]
    run(*uv, built[request.param], cwd=folder)
    site = run(
        python, "-c", "import sysconfig as s; print(s.get_path('purelib'))", cwd=folder
    )
    needs = Path(site.strip()) / "needs.pth"
    needs.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def test_wheel_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    said = json.loads(run(installed / "python", "-c", PROGRAM, cwd=tmp_path))
    assert Path(said["home"]).is_relative_to(installed.parent)
    assert said["ar"] == pytest.approx(-0.410879728, abs=1e-9)
    assert said["events"] == 63
    assert said["heavy"] == []


def test_data_are_those_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    there = json.loads(run(installed / "python", "-c", PROGRAM, cwd=tmp_path))
    here = json.loads(run(sys.executable, "-c", PROGRAM, cwd=tmp_path))
    assert Path(here["home"]).is_relative_to(ROOT)
    assert there["prices"] == here["prices"]


def test_command_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    command = [installed / "eventstudy", "analyze", "IMGN", "2010-08-27"]
    files = [
        "--html",
        "out/card.html",
        "--json",
        "out/card.json",
        "--figure",
        "out/card.png",
    ]
    card = run(*command, *files, cwd=tmp_path)
    assert "41.09" in card
    assert (tmp_path / "out/card.html").read_text(encoding="utf-8").startswith("<!")
    assert json.loads((tmp_path / "out/card.json").read_text(encoding="utf-8"))
    assert (tmp_path / "out/card.png").read_bytes().startswith(b"\x89PNG")
    assert "investor-eventstudy" in run(
        installed / "eventstudy", "versions", cwd=tmp_path
    )


@pytest.mark.parametrize("kind", [DIRECT, FROM_SDIST])
def test_wheel_holds_data_and_notebooks_and_nothing_else(
    built: dict[str, Path], kind: str
) -> None:
    with zipfile.ZipFile(built[kind]) as wheel:
        names = wheel.namelist()
        index = json.loads(wheel.read("eventstudy/_data/index.json"))
        for entry in index["files"]:
            content = wheel.read(f"eventstudy/_data/{entry['file']}")
            assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    tops = {name.split("/")[0] for name in names}
    assert tops == {"eventstudy", next(name for name in tops if ".dist-info" in name)}
    assert "eventstudy/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    held = {name for name in names if name.startswith("eventstudy/_notebooks/")}
    notebooks = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {Path(name).name for name in held if name.endswith(".ipynb")} == notebooks


def test_both_wheels_hold_the_same_files(built: dict[str, Path]) -> None:
    def record(path: Path) -> set[tuple[str, ...]]:
        with zipfile.ZipFile(path) as wheel:
            (name,) = [n for n in wheel.namelist() if n.endswith("RECORD")]
            return {
                tuple(row) for row in csv.reader(io.StringIO(wheel.read(name).decode()))
            }

    assert record(built[DIRECT]) == record(built[FROM_SDIST])


def test_sdist_holds_what_a_packager_needs(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "LICENSE",
        "README.md",
        "Makefile",
        "tests/conftest.py",
        "docs/inventory.py",
    } <= names
    assert {"data/index.json", ".ci/run", "requirements-dev.lock"} <= names
    assert not [name for name in names if name.startswith((".venv", "out/", ".git/"))]
