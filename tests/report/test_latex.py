"""Tables for LaTeX: parsed strictly, and no text of data is a command."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import eventstudy as es
from eventstudy.errors import ArgumentError
from eventstudy.report._escapes import latex
from eventstudy.report.latex import event_table, study_table
from tests.report.study_views import study_of

NASTY = r"\input{/etc/passwd} 5 % & $x_1^2$ #1 ~{a} <b> | -- ''"
COMMANDS = {
    "begin", "end", "centering", "caption", "label", "par", "smallskip", "medskip",
    "small", "setlength", "tabcolsep", "toprule", "midrule", "bottomrule", "textit",
    "footnotesize", "linewidth", "textasciicircum", "textless", "textgreater",
    "textbar", "textbackslash", "textasciitilde", "textdagger", "dots",
}  # fmt: skip


def parsed(table: str) -> list[list[str]]:
    """The cells of a table; anything but our few commands is refused."""
    assert table.startswith("% needs \\usepackage{booktabs}\n\\begin{table}[htbp]\n")
    body = table.partition("\n")[2]
    bare = body.replace(r"\\", "").replace(r"\textbackslash{}", "")
    assert set(re.findall(r"\\([a-zA-Z]+)", bare)) <= COMMANDS
    assert re.findall(r"\\([^a-zA-Z\s])", bare) == [
        c for c in re.findall(r"\\([^a-zA-Z\s])", bare) if c in "%&#_{}$"
    ]
    plain = re.sub(r"\\[{}]", "", bare)
    depth = 0
    for letter in plain:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    opened: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", body):
        if what == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert not opened
    (align,) = re.findall(r"\\begin\{tabular\}\{@\{\}([lrc]+)@\{\}\}", body)
    rows = [
        re.split(r"(?<!\\) & ", line.removesuffix(r" \\"))
        for line in body.splitlines()
        if line.endswith(r" \\")
    ]
    assert {len(row) for row in rows} == {len(align)}
    assert body.count(r"\toprule") == body.count(r"\bottomrule") == 1
    return rows


def notes(table: str) -> str:
    (found,) = re.findall(r"\\textit\{Notes\.\} (.*)\n", table)
    return str(found)


def test_the_founding_case(imgn: Any) -> None:
    head, first, second, *_ = parsed(event_table(imgn))
    assert head == [
        "Window", "Days", "CAR", "Std. err.", "t", "p", r"95 \% interval", "Rank p",
    ]  # fmt: skip
    assert first == [
        "day 0", "1", "$-$41.09", "2.67", "$-$15.36", r"\textless{}0.001",
        "{[}$-$46.36, $-$35.82]", "0.004",
    ]  # fmt: skip
    assert second[2:5] == ["$-$30.18", "4.63", "$-$6.51"]


def test_the_notes_say_test_window_model_and_number(imgn: Any) -> None:
    said = notes(event_table(imgn))
    for expected in (
        "N = 1 event.",
        r"Market model against \textasciicircum{}GSPC, estimated on 250 days (days ",
        r"(days $-$260 to $-$11): alpha 0.089 \% a day",
        "exact t test, two-sided, Student's t with 248 degrees of freedom",
        "Rank p: one day among the estimation days",
    ):
        assert expected in said


def test_text_of_users_is_never_a_command(make_view: Callable[..., Any]) -> None:
    view = make_view(
        ticker=NASTY,
        provenance={"market": {"ticker": NASTY, "source": NASTY}},
        model=SimpleNamespace(**{**vars(make_view().model), "name": NASTY}),
    )
    table = event_table(view)
    parsed(table)
    assert r"\input" not in table.replace(r"\textbackslash{}input", "")
    assert r"5 \% \& \$x\_1\textasciicircum{}2\$ \#1" in table


def test_missing_values_say_why(make_around: Callable[..., Any]) -> None:
    table = event_table(make_around((-2, 2), missing=(-2, -1, 0, 1, 2)))
    (_, row) = parsed(table)
    assert row[:5] == ["day 0", "0", "n/a", "n/a", "n/a"]
    assert row[-2:] == ["n/a", "n/a"]
    assert "no valid abnormal return lies in the window" in notes(table)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("\N{EN DASH}", "--"),
        ("''", "'{}'"),
        ("“x”", "``x''"),
        ("a\nb\0c", "a b c"),
        ("\\", r"\textbackslash{}"),
        ("[x] *", "{[}x] {*}"),
        ('"x"', "''{}x''{}"),
        ("€5 ≤ ∞", r"\texteuro{}5 $\leq$ $\infty$"),
        ("Zürich", "Zürich"),
    ],
)
def test_escapes(text: str, written: str) -> None:
    assert latex(text) == written


def test_a_study() -> None:
    view = study_of(40)
    head, first, *others = parsed(study_table(view))
    assert head[:4] == ["Window", "N", "Mean CAR", "S.E."]
    assert head[-2:] == ["p (1)", "p (2)"]
    values = view.returns[0]
    assert first[1] == "40"
    assert first[2] == f"{100 * values.mean():.2f}".replace("-", "$-$")
    assert first[3] == f"{100 * values.std(ddof=1) / math.sqrt(40):.2f}"
    assert first[5] == f"{100 * values.median():.2f}".replace("-", "$-$")
    assert first[6] == f"{100 * (values > 0).mean():.0f}"
    assert len(others) == 4


def test_the_notes_of_a_study_name_the_tests() -> None:
    said = notes(study_table(study_of(40)))
    assert "(1) BMP, adjusted for shared dates, headline; (2) Placebo in time" in said
    assert "Sample: 40 events of" in said
    assert "Market model" in said


def test_a_p_value_without_assured_level_is_marked() -> None:
    table = study_table(study_of(40, keys=("patell", "rats")))
    _, first, *_ = parsed(table)
    assert first[-2].endswith(r"\textdagger{}")
    assert first[-1] == "n/a"
    assert r"\textdagger{} (1) for day 0, {[}$-$1, +1]" in notes(table)


def test_few_events_have_no_test() -> None:
    table = study_table(study_of(2))
    head, *_ = parsed(table)
    assert head[-1] == "Positive"
    assert "No test: fewer than three events." in notes(table)


def test_real_results_are_written_whole(tmp_path: Path) -> None:
    result = es.analyze("IMGN", "2010-08-27")
    path = tmp_path / "table.tex"
    table = result.to_latex(path)
    assert path.read_text(encoding="utf-8") == table == result.to_latex()
    assert r"\label{tab:imgn-2010-08-27}" in table
    parsed(table)
    with pytest.raises(ArgumentError, match="does not exist"):
        result.to_latex(tmp_path / "no" / "table.tex")
    study = es.study(es.list_events("IMGN").head(8))
    parsed(study.to_latex())


def test_log_returns_and_other_levels(make_view: Callable[..., Any], imgn: Any) -> None:
    view = make_view(design=replace(imgn.design, return_kind="log"), confidence=0.9)
    table = event_table(view)
    head, *_ = parsed(table)
    assert "Cumulative abnormal log returns (CAR) in per cent" in notes(table)
    assert r"90 \% interval" in head
