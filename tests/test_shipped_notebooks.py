"""`eventstudy notebook` and `eventstudy lab`."""

import re

import nbformat
import pytest

from eventstudy.cli import main
from eventstudy.errors import ArgumentError
from eventstudy.shipped_notebooks import copy_notebooks, find_notebook, value_of


def run(*words):
    return main(["notebook", *map(str, words)])


def text(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["any_event", "02", "02_any_event", "02_any_event.ipynb"]
)
def test_names(name):
    assert find_notebook(name).name == "02_any_event.ipynb"


def test_an_unknown_name():
    with pytest.raises(ArgumentError, match="any_event"):
        find_notebook("nothing")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("XOM", "XOM"),
        ("2024-02-02", "2024-02-02"),
        ("None", None),
        ("(-5, 5)", (-5, 5)),
        ("[(0, 0)]", [(0, 0)]),
        ("0.5", 0.5),
        ("^GSPC", "^GSPC"),
    ],
)
def test_values_as_typed(typed, value):
    assert value_of(typed) == value


def test_lists_them(capsys):
    assert run() == 0
    assert "02_any_event.ipynb" in capsys.readouterr().out


def test_an_unknown_parameter_writes_nothing(tmp_path, capsys):
    out = tmp_path / "a.ipynb"
    assert run("any_event", "-p", "colour", "red", "--out", out) == 2
    assert "colour" in capsys.readouterr().err
    assert not out.exists()


def test_lab_copies_and_leaves_the_users_own(tmp_path, capsys):
    folder = tmp_path / "mine"
    copied = copy_notebooks(folder)
    copied[0].write_text("mine", encoding="utf-8")
    assert main(["lab", str(folder), "--no-open"]) == 0
    assert "02_any_event.ipynb" in capsys.readouterr().out
    assert text(copied[0]) == "mine"
    assert text(copied[1]) == text(find_notebook(copied[1].name))


def test_lab_where_a_file_is(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["lab", str(tmp_path / "file"), "--no-open"]) == 2
    assert "not written" in capsys.readouterr().err


@pytest.mark.slow
def test_runs_with_other_parameters(tmp_path):
    out = tmp_path / "new" / "other.ipynb"
    chosen = ["-p", "date", "2011-04-07", "-p", "model", "constant_mean"]
    assert run("any_event", *chosen, "-p", "industry", "None", "--out", out) == 0
    cells = nbformat.read(out, as_version=4).cells
    shown = "".join(str(cell.get("outputs", "")) for cell in cells)
    assert "7 April 2011" in shown
    assert "constant mean" in shown.lower()
    assert "error" not in {o.output_type for c in cells for o in c.get("outputs", [])}


@pytest.mark.slow
def test_a_page_asks_nothing_of_others(tmp_path, capfd):
    out = tmp_path / "page.html"
    assert run("any_event", "--html", "--out", out) == 0
    assert "IPKernelApp" not in capfd.readouterr().err
    page = text(out)
    assert "<script" not in page
    assert not re.search(r"""(src|href)=["']?https?:|url\(["']?https?:|@import""", page)
    assert "data:image/png;base64," in page


@pytest.mark.slow
def test_a_cell_that_fails_is_one_sentence(tmp_path, capsys):
    out = tmp_path / "bad.ipynb"
    assert run("any_event", "-p", "date", "1999-01-04", "--out", out) == 2
    assert "EventDateError" in capsys.readouterr().err
    assert not out.exists()
