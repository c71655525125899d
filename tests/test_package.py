"""Promises of the package as a whole: cost, names, floors, texts that are written."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import eventstudy as es

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "eventstudy"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("matplotlib", "statsmodels", "scipy.stats", "yfinance", "exchange_calendars")


def fresh(code: str) -> list[str]:
    """Words that a new interpreter prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


# ------------------------------------------------------------------------- cost


def test_import_loads_nothing_heavy() -> None:
    loaded = fresh("import eventstudy, sys; print(*sys.modules)")
    third_party = {
        "scipy",
        "matplotlib",
        "statsmodels",
        "yfinance",
        "jinja2",
        "IPython",
    }
    assert "eventstudy" in loaded
    assert third_party.isdisjoint(loaded)


def test_import_costs_at_most_50_ms_over_numpy_and_pandas() -> None:
    code = """
import time, numpy, pandas
start = time.perf_counter()
import eventstudy
print(time.perf_counter() - start)
"""
    assert min(float(fresh(code)[0]) for _ in range(3)) < 0.050


def test_an_analysis_and_its_card_load_no_statsmodels() -> None:
    code = """
import sys, eventstudy as es
result = es.analyze("IMGN", "2010-08-27")
repr(result), result.verdict, result.summary()
print("text", *sys.modules)
result._repr_html_()
print("card", *sys.modules)
"""
    words = fresh(code)
    text, card = words[: words.index("card")], words[words.index("card") :]
    assert set(HEAVY).isdisjoint(text)
    assert (set(HEAVY) - {"matplotlib"}).isdisjoint(card)
    assert "matplotlib.pyplot" not in card


def top_level_imports(path: Path) -> set[str]:
    """Modules that are imported when the file is, type checkers' own left out."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_heavy_packages_are_imported_inside_functions(path: Path) -> None:
    numbers_only = path.parent.name in {"core", "models", "inference"}
    late = {*HEAVY, "pandas"} if numbers_only else set(HEAVY)
    if path.parent.name == "plots":  # imported when a figure is drawn, not before
        late.remove("matplotlib")
    early = top_level_imports(path)
    assert not [
        name for name in early if f"{name}.".startswith(tuple(f"{n}." for n in late))
    ]
    code = path.read_text(encoding="utf-8")
    assert not re.search(r"import.*pyplot|pyplot\.", code)


# ------------------------------------------------------------------------ names


def test_every_public_name_resolves_and_is_listed() -> None:
    assert dir(es) == sorted(es.__all__)
    assert all(getattr(es, name) is not None for name in es.__all__)
    assert es.__version__.count(".") == 2


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        _ = es.nope


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    names = {alias.name: node.module for node in imports for alias in node.names}
    assert {*names, "__version__"} == set(es.__all__)
    for name, home in names.items():
        module = __import__(str(home), fromlist=[name])
        assert getattr(module, name) is getattr(es, name)


def test_no_module_bears_the_name_of_a_public_function() -> None:
    modules = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    functions = {name for name in es.__all__ if inspect.isfunction(getattr(es, name))}
    assert "analyze" in functions
    assert functions.isdisjoint(modules)


def test_every_error_is_public() -> None:
    from eventstudy import errors

    family = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, es.EventStudyError)
    ]
    assert set(family) <= set(es.__all__)


# ----------------------------------------------------------------------- floors


def test_floors_hold() -> None:
    code = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", code, "--no-cache"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


# ------------------------------------------------------------ texts that are made


def test_inventories_are_fresh() -> None:
    command = [sys.executable, "docs/inventory.py", "--check"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_texts_name_only_what_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)`", text)) <= targets
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert not [link for link in links if not (ROOT / link).exists()]
