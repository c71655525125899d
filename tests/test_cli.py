from __future__ import annotations

import inspect
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from eventstudy import __version__, api, cli, list_events
from eventstudy.cli import versions
from eventstudy.cli._flags import FLAGS, OF_MANY_EVENTS, OF_ONE_EVENT, SWITCHES
from eventstudy.cli._shown import say

CASE = ["analyze", "IMGN", "2010-08-27"]


class Recorder:
    """Stands in for ``analyze`` and keeps what it was called with."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def __call__(self, ticker: str, date: str | None, **given: Any) -> Any:
        self.ticker, self.date, self.given = ticker, date, given
        return self

    def summary(self) -> str:
        return "the card"

    to_html = to_json = plot = None


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(api, "analyze", recorder)
    return recorder


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line on standard error of a command that is refused with 2."""
    try:
        code = cli.main(words)
    except SystemExit as left:  # argparse's own way out
        code = left.code
    out, err = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


# ------------------------------------------------------------------------- flags


def keywords(function: object) -> set[str]:
    parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}


def test_every_keyword_is_a_flag_of_the_same_name() -> None:
    flags = {flag.replace("-", "_") for flag, *_ in (*FLAGS, *SWITCHES)}
    many, one = (
        {name.replace("-", "_") for name in names}
        for names in (OF_MANY_EVENTS, OF_ONE_EVENT)
    )
    assert flags - many == keywords(api.analyze)
    # An executor cannot be named on a command line.
    assert flags - one == keywords(api.study) - {"engine"}


def test_overlaps_are_a_matter_of_many_events(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "--overlaps" in refused(capsys, *CASE, "--overlaps", "mask")
    path = tmp_path / "events.csv"
    path.write_text("ticker,date\nIMGN,2010-08-27\nIMGN,2010-08-31\n")
    out = tmp_path / "out"
    words = ["study", str(path), "--overlaps", "drop_later", "--out", str(out)]
    assert cli.main(words) == 0
    assert "comes first" in (out / "excluded.csv").read_text()


def test_only_flags_that_were_given_are_passed_on(recorded: Recorder) -> None:
    assert cli.main(CASE) == 0
    assert (recorded.ticker, recorded.date, recorded.given) == (
        "IMGN",
        "2010-08-27",
        {},
    )


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("--event-window=-5,5", "event_window", (-5, 5)),
        ("--event-window -5,5", "event_window", (-5, 5)),
        ("--estimation-window 120", "estimation_window", 120),
        ("--estimation-window -250,-30", "estimation_window", (-250, -30)),
        ("--windows -1,1;0,1", "windows", [(-1, 1), (0, 1)]),
        (
            "--tests sq,placebo|non_overlapping",
            "tests",
            ["sq", "placebo|non_overlapping"],
        ),
        ("--shares 67.9e6", "shares", 67_900_000.0),
        ("--prices mine.csv", "prices", "mine.csv"),
        ("--seed 7", "seed", 7),
        ("--industry-weight 0.02", "industry_weight", 0.02),
        ("--return-kind log", "return_kind", "log"),
    ],
)
def test_values_are_read(recorded: Recorder, words: str, name: str, value: Any) -> None:
    assert cli.main([*CASE, *words.split(" ")]) == 0
    assert recorded.given == {name: value}


def test_tables_are_read_from_files(recorded: Recorder, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("date,XYZ\n2020-01-02,0.01\n", encoding="utf-8")
    (tmp_path / "e.csv").write_text("ticker,date\nXYZ,2020-01-02\n", encoding="utf-8")
    files = ["--returns", str(tmp_path / "r.csv"), "--events", str(tmp_path / "e.csv")]
    assert cli.main([*CASE, *files]) == 0
    assert recorded.given["returns"].loc["2020-01-02", "XYZ"] == 0.01
    assert recorded.given["events"].columns.tolist() == ["ticker", "date"]


# ---------------------------------------------------------------------- commands


def test_analyze_prints_the_card(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(CASE) == 0
    assert capsys.readouterr().out == api.analyze("IMGN", "2010-08-27").summary() + "\n"


def test_analyze_writes_page_numbers_and_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page, numbers, figure = (
        tmp_path / "new" / name for name in ("a.html", "a.json", "a.png")
    )
    files = ["--html", str(page), "--json", str(numbers), "--figure", str(figure)]
    assert cli.main([*CASE, *files]) == 0
    result = api.analyze("IMGN", "2010-08-27")
    assert page.read_text(encoding="utf-8") == result.to_html()
    assert json.loads(numbers.read_text(encoding="utf-8")) == json.loads(
        result.to_json()
    )
    assert figure.read_bytes().startswith(b"\x89PNG")
    said = capsys.readouterr().out.splitlines()[-3:]
    assert said == [f"Wrote {path}" for path in (page, numbers, figure)]


def test_events_lists_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["events", "IMGN"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(list_events("IMGN"))
    (letter,) = [line for line in lines if "2010-08-27" in line]
    assert "refuses to file" in letter


def test_versions_name_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["versions"]) == 0
    rows = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert rows["investor-eventstudy"] == __version__
    assert rows["python"] == sys.version.split()[0]
    assert {"numpy", "pandas", "statsmodels", "yfinance"} <= rows.keys()
    assert {"arch", "pytest"}.isdisjoint(rows)


def test_versions_warn_of_the_namesake(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions.metadata, "version", lambda _name: "0.1a12")
    assert cli.main(["versions"]) == 0
    out = capsys.readouterr().out
    assert "Another project, 'eventstudy' 0.1a12" in out
    assert "pip uninstall eventstudy investor-eventstudy" in out


# ------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["analyze", "NOPE", "2010-08-27"], "NOPE"),
        (["analyze", "IMGN", "08/09/2010"], "08/09/2010"),
        (["analyze", "IMGN"], "eventstudy events IMGN"),
        ([*CASE, "--model", "nope"], "market_model"),
        ([*CASE, "--event-window", "5,-5"], "event_window"),
        ([*CASE, "--event-window", "a,b"], "not a pair of trading days"),
        ([*CASE, "--estimation-window", "many"], "not a pair of trading days"),
        ([*CASE, "--seed", "x"], "invalid int value"),
        ([*CASE, "--prices", "no/such.csv"], "no such file"),
        ([*CASE, "--factors", "no/such.csv"], "no such file"),
        ([*CASE, "--nope"], "unrecognized arguments"),
        (["events", "NOPE"], "IMGN"),
        ([], "COMMAND"),
    ],
    ids=" ".join,
)
def test_mistakes_are_one_line_and_two(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert said in refused(capsys, *words)


def test_a_place_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], recorded: Recorder, tmp_path: Path
) -> None:
    def denied(_path: str) -> None:
        raise PermissionError(13, "Permission denied")

    recorded.to_html = denied  # type: ignore[assignment]
    assert cli.main([*CASE, "--html", str(tmp_path / "card.html")]) == 2
    line = capsys.readouterr().err
    assert "card.html" in line
    assert "Permission denied" in line


def test_what_is_no_mistake_of_the_user_is_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(api, "analyze", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main(CASE)


# ----------------------------------------------------------------------- the shell


def test_module_and_command_are_the_same() -> None:
    outputs = {
        subprocess.run([*command, "events"], check=True, capture_output=True).stdout
        for command in (
            [sys.executable, "-m", "eventstudy"],
            [str(Path(sys.executable).with_name("eventstudy"))],
        )
    }
    assert len(outputs) == 1


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = (
        f"'{sys.executable}' -m eventstudy events | head -n 1; exit ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", command], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_leaves_early_gets_all_files(tmp_path: Path) -> None:
    names = {"json": "r.json", "figure": "r.svg", "excel": "r.xlsx", "latex": "r.tex"}
    asked = " ".join(f"--{flag} '{tmp_path / name}'" for flag, name in names.items())
    command = (
        f"'{sys.executable}' -m eventstudy analyze IMGN 2010-08-27 {asked} "
        "| head -n 0; exit ${PIPESTATUS[0]}"
    )
    done = subprocess.run(
        ["bash", "-c", command], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert all((tmp_path / name).stat().st_size for name in names.values())


def test_a_minus_sign_is_never_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="cp1252") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        say("AR(0) = \N{MINUS SIGN}41.09 % \N{GREEK SMALL LETTER SIGMA}")
        stream.flush()
        assert raw.getvalue().decode("cp1252") == "AR(0) = -41.09 % ?\n"


# ------------------------------------------------------------------------- studies


def test_every_keyword_of_study_is_a_flag_too() -> None:
    parameters = inspect.signature(api.study).parameters.values()
    keywords = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}
    of_python = {"engine"}  # an object
    flags = {flag.replace("-", "_") for flag, *_ in (*FLAGS, *SWITCHES)}
    flags -= set(OF_ONE_EVENT)
    assert flags == keywords - of_python


def test_study_writes_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = tmp_path / "events.csv"
    list_events("IMGN")[["ticker", "date", "category"]].head(12).to_csv(table)
    out = tmp_path / "out"
    assert cli.main(["study", str(table), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Over 12 events" in said.replace("\n", " ")
    assert sorted(path.name for path in out.iterdir()) == [
        "abnormal_returns.csv", "events.csv", "excluded.csv", "study.html",
        "study.json", "study.png", "tests.csv",
    ]  # fmt: skip
    result = api.study(table)
    frame = pd.read_csv(out / "abnormal_returns.csv", index_col=0)
    np.testing.assert_allclose(frame, result.abnormal_returns, rtol=1e-12)
    assert pd.read_csv(out / "events.csv")["id"].tolist() == list(result.events.index)


def test_a_table_without_tickers_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = tmp_path / "events.csv"
    table.write_text("day\n2010-08-27\n", encoding="utf-8")
    assert "no column ticker" in refused(capsys, "study", str(table))
