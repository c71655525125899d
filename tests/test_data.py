"""The shipped figures: hashes, completeness, and facts known from elsewhere."""

import csv
import hashlib
import json
import re
import warnings
from pathlib import Path

import exchange_calendars
import numpy as np
import pandas as pd
import pytest

from eventstudy.news import Event, day_zero
from eventstudy.prices.bundled import (
    list_events,
    load_factors,
    load_prices,
    load_shares,
)

DATA = Path(__file__).resolve().parents[1] / "data"
INDEX = json.loads((DATA / "index.json").read_text(encoding="utf-8"))["files"]
README = (DATA / "README.md").read_text(encoding="utf-8")
TICKERS = ["IMGN", "^GSPC", "IBB"]


def table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("entry", INDEX, ids=lambda entry: entry["file"])
def test_hashes_are_fresh_in_index_and_readme(entry):
    digest = hashlib.sha256((DATA / entry["file"]).read_bytes()).hexdigest()
    assert entry["sha256"] == digest
    assert f"| `{entry['file']}` | `{digest}` |" in README


def test_every_file_is_listed():
    files = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv")}
    assert files == {entry["file"] for entry in INDEX}
    assert all(f"`{name}`" in README for name in files)


def test_names_are_safe_on_every_system():
    for path in DATA.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_.]+", path.name)
        assert path.stem.upper() not in {"CON", "PRN", "AUX", "NUL"}


def test_line_ends_are_those_that_were_hashed():
    assert all(b"\r" not in path.read_bytes() for path in DATA.rglob("*.csv"))


@pytest.mark.parametrize("entry", INDEX, ids=lambda entry: entry["file"])
def test_readme_states_the_number_of_rows(entry):
    first = f"| `{entry['file']}` | "
    line = next(line for line in README.splitlines() if line.startswith(first))
    rows = len(table(entry["file"]))
    assert f"({rows:,})" in line


@pytest.mark.parametrize("ticker", TICKERS)
def test_days_are_the_sessions_of_new_york(ticker):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of pandas
        calendar = exchange_calendars.get_calendar("XNYS", start="1990-01-01")
    sessions = calendar.sessions_in_range("2009-01-02", "2024-01-05")
    assert list(load_prices(ticker).index) == list(sessions)


def test_blanks_are_where_the_readme_says():
    frame = load_prices("IMGN")
    assert frame[["close", "adj_close"]].notna().all(axis=None)
    for name in ("open", "high", "low", "volume"):
        blank = frame[name].isna()
        assert blank.sum() == 40
        assert frame.index[blank][0] == pd.Timestamp(2023, 11, 8)
    assert load_prices("^GSPC").notna().all(axis=None)
    assert load_prices("IBB").notna().all(axis=None)
    assert load_factors().notna().all(axis=None)
    assert load_shares("IMGN").notna().all(axis=None)


# Closes of the S&P 500 that newspapers printed: the low of the financial crisis, the
# flash crash, the downgrade of 2011, the first above 2000, the pandemic, the peak.
INDEX_CLOSES = {
    "2009-03-09": 676.53,
    "2010-05-06": 1128.15,
    "2011-08-08": 1119.46,
    "2013-03-28": 1569.19,
    "2014-08-26": 2000.02,
    "2020-02-19": 3386.15,
    "2020-03-16": 2386.13,
    "2020-03-23": 2237.40,
    "2022-01-03": 4796.56,
}


@pytest.mark.parametrize("day", INDEX_CLOSES)
def test_index_closes(day):
    assert load_prices("^GSPC").loc[day, "close"] == INDEX_CLOSES[day]


def test_the_day_of_the_letter_as_reported():
    # TheStreet, 2010-08-27: 5.16, down 38.5 per cent, low 4.96, 7.3 million shares.
    before, day = load_prices("IMGN").loc["2010-08-26":"2010-08-27"].itertuples()
    assert (before.close, day.close, day.low) == (8.39, 5.16, 4.96)
    assert round(100 * (day.close / before.close - 1), 1) == -38.5
    assert round(day.volume / 1e6, 1) == 7.3


def test_the_takeover_as_reported():
    # AbbVie's offer of 2023-11-30 was 31.26 in cash: below it, and above all before.
    close = load_prices("IMGN")["close"]
    assert close["2023-11-29"] < 17 < 29 < close["2023-11-30"] < 31.26
    assert (close["2023-11-30":] < 31.26).all()


def test_prices_lie_between_low_and_high():
    frame = load_prices("IMGN").dropna()
    for name in ("open", "close"):
        assert (frame["low"] <= frame[name]).all()
        assert (frame[name] <= frame["high"]).all()
    assert (frame["volume"] > 0).all()


def test_no_split_and_no_dividend():
    frame = load_prices("IMGN")
    assert (frame["close"] == frame["adj_close"]).all()


def test_known_oddities_are_as_published():
    frame = load_prices("IMGN")
    assert frame.loc["2012-09-19", "close"] == 15.40
    assert frame.loc["2012-09-20", ["open", "low"]].eq(13.75).all()
    assert frame.loc["2022-03-14", "volume"] == frame.loc["2022-03-15", "volume"]
    assert (load_factors()["rf"] == 0).all()


def test_the_market_factor_moves_with_the_index():
    factors = load_factors()
    index = load_prices("^GSPC")["close"].pct_change()
    both = np.corrcoef(
        factors["mkt_rf"].iloc[1:], index.reindex(factors.index).iloc[1:]
    )
    assert both[0, 1] > 0.99
    # The index fell by 3.2 per cent on the day of the flash crash.
    assert factors.loc["2010-05-06", "mkt_rf"] == pytest.approx(-0.0327)


def test_the_fund_moves_with_the_market_and_never_jumps():
    fund = load_prices("IBB")["adj_close"].pct_change().iloc[1:]
    index = load_prices("^GSPC")["close"].pct_change().iloc[1:]
    assert fund.abs().max() < 0.12
    assert np.corrcoef(fund, index)[0, 1] > 0.6


EVENTS = list_events("IMGN")


def test_events_are_keyed_and_in_order():
    assert EVENTS["id"].is_unique
    assert EVENTS["date"].is_monotonic_increasing
    assert (EVENTS["headline"].str.len() > 0).all()
    assert (EVENTS["source"].str.len() > 0).all()
    keys = EVENTS["ticker"] + "-" + EVENTS["date"].dt.strftime("%Y-%m-%d")
    assert all(a.startswith(b) for a, b in zip(EVENTS["id"], keys, strict=True))


def test_weekend_events_have_no_timing():
    weekend = [day.weekday() >= 5 for day in EVENTS["date"]]
    assert EVENTS.loc[weekend, "timing"].isna().all()


@pytest.mark.parametrize("row", EVENTS.to_dict("records"), ids=lambda row: row["id"])
def test_every_event_has_a_day_zero(row):
    found = day_zero(Event.from_row(row), load_prices("^GSPC").index)
    after = row["timing"] == "after_close"
    weekend = row["date"].weekday() >= 5
    assert (found.session > row["date"]) is bool(after or weekend)
    assert found.shifted_days <= 4


def test_share_counts_rise_and_are_dated_in_order():
    counts = load_shares("IMGN")
    assert counts.index.is_monotonic_increasing
    assert counts.index.is_unique
    assert counts["shares"].is_monotonic_increasing
    assert len(counts) == len(table("shares/IMGN.csv"))
