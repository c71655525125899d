"""``eventstudy read``: the event, its evidence, and the line to go on with."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

import eventstudy as es
from eventstudy import cli

FOLDER = Path(__file__).parent / "releases"


def said(capsys, *words):
    assert cli.main(["read", *words]) == 0
    return capsys.readouterr().out


def test_each_field_stands_beside_its_words(capsys):
    lines = said(capsys, str(FOLDER / "business_wire_old.txt")).splitlines()
    fields = {line.split("  ")[0]: line.partition("  ")[2].strip() for line in lines}
    assert fields["ticker"] == 'OVC  "(NYSE:OVC)"'
    assert fields["date"] == '2004-10-21  "Oct. 21, 2004"'
    quote = "conference call at 5:00 p.m. Eastern Time today"
    assert fields["timing"] == f'after_close (inferred)  "{quote}"'
    assert fields["headline"] == "Orchard Valve Reports Third Quarter Results"
    assert "announced_at" not in fields


def test_an_instant_stands_for_the_timing(capsys):
    out = said(capsys, str(FOLDER / "pr_newswire_provided_by.txt"))
    assert "2019-02-14 16:05 EST" in out
    assert "\ntiming" not in out


@pytest.mark.parametrize(
    ("file", "words", "ticker"),
    [
        ("business_wire_stamp.txt", [], "IMGN"),
        ("partner_is_named_first.txt", ["--ticker", "IMGN"], "IMGN"),
    ],
)
def test_the_line_it_ends_with_runs(capsys, file, words, ticker):
    *_, start, line = said(capsys, str(FOLDER / file), *words).splitlines()
    assert start == "import eventstudy as es"
    result = eval(line, {"es": es})
    assert result.ticker == ticker
    assert result.day0 == pd.Timestamp(2010, 8, 27)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("two_issuers.txt", "KSTL (NYSE), JNMP (NYSE)"),
        ("no_date.txt", "neither a dateline nor a stamp"),
        (f"no{os.sep}such.txt", "no such file"),
    ],
)
def test_mistakes_are_one_line_and_two(capsys, file, words):
    assert cli.main(["read", str(FOLDER / file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1
