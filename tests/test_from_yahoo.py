"""Any ticker, any date: from Yahoo's servers on this machine, then from the cache."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import eventstudy as es
from eventstudy.cli import main
from eventstudy.prices._cache_files import seal
from eventstudy.prices.cache import Cached, cache_info
from eventstudy.prices.yahoo import Yahoo
from tests.prices import yahoo_server
from tests.prices.yahoo_server import YahooServer

HOLIDAYS = ["2024-01-15", "2024-02-19"]
SHIPPED = es.load_prices("^GSPC")["close"]
HOLIDAYS = pd.DatetimeIndex(["2024-01-15", "2024-02-19"])
LATER = pd.bdate_range("2024-01-08", "2024-03-15").difference(HOLIDAYS)
ALL = [str(day.date()) for day in SHIPPED.index.append(LATER)]
DAYS = ALL[ALL.index("2022-06-01") :]
DAY = "2024-02-02"


def closes(seed, days, start):
    steps = np.random.default_rng(seed).normal(0.0003, 0.01, days)
    return np.round(start * np.cumprod(1.0 + steps), 2)


INDEX = np.r_[SHIPPED, closes(1, len(LATER), SHIPPED.iloc[-1])]
MARKET, FIRM = INDEX[-len(DAYS) :], closes(2, len(DAYS), 100.0)


@pytest.fixture
def yahoo(monkeypatch, tmp_path):
    monkeypatch.delenv("EVENTSTUDY_OFFLINE")
    monkeypatch.setenv("EVENTSTUDY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setitem(Yahoo.__init__.__kwdefaults__, "sleep", lambda _seconds: None)
    with YahooServer() as server:
        server.put("XOM", yahoo_server.history(DAYS, FIRM.tolist()))
        server.put_shares("XOM", yahoo_server.counts([("2023-12-29", 4e9)]))
        server.put("^GSPC", yahoo_server.history(ALL, INDEX.tolist()))
        yield server


def expected(day=DAY):
    """AR(0) by ordinary least squares on days -260 to -11, by hand."""
    firm, market = FIRM[1:] / FIRM[:-1] - 1.0, MARKET[1:] / MARKET[:-1] - 1.0
    zero = DAYS.index(day) - 1
    rows = slice(zero - 260, zero - 10)
    design = np.column_stack([np.ones(250), market[rows]])
    (alpha, beta), *_ = np.linalg.lstsq(design, firm[rows])
    return firm[zero] - alpha - beta * market[zero]


def asked(yahoo):
    return yahoo.asked("XOM"), yahoo.asked("^GSPC")


@pytest.mark.usefixtures("yahoo")
def test_the_number_and_where_it_is_from():
    result = es.analyze("XOM", DAY)
    assert result.car(0).value == pytest.approx(expected(), rel=1e-10)
    for role, ticker, days in (("firm", "XOM", DAYS), ("market", "^GSPC", ALL)):
        facts = result.provenance[role]
        assert facts["ticker"] == ticker
        assert facts["source"].startswith("Yahoo Finance")
        assert (facts["first"], facts["last"]) == (days[0], days[-1])
        assert facts["retrieved_at"]
    kept = cache_info()
    rows = {"XOM": len(DAYS), "^GSPC": len(ALL)}
    assert kept[kept["rows"] > 1].set_index("symbol")["rows"].to_dict() == rows
    assert repr(result.design) == f"es.analyze('XOM', '{DAY}')"


def test_then_offline_from_the_cache_the_same_bytes(yahoo, network):
    online = es.analyze("XOM", DAY)
    before = asked(yahoo)
    again = es.analyze("XOM", DAY)
    yahoo.refuses = True
    offline = es.analyze("XOM", DAY, offline=True)
    assert asked(yahoo) == before
    assert offline.impact().value == online.impact().value != 0.0
    for result in (again, offline):
        assert result.provenance == online.provenance
        assert result.car(0).value == online.car(0).value
        assert result.verdict == online.verdict
    assert offline.provenance["firm"]["source"].startswith("Yahoo Finance")
    assert repr(offline.design) == f"es.analyze('XOM', '{DAY}', offline=True)"
    assert online.provenance["firm"]["sha256"] in offline.to_json()
    assert network == []


def test_the_shipped_market_serves_the_days_it_covers(yahoo):
    result = es.analyze("XOM", "2023-09-14")
    assert result.provenance["firm"]["source"].startswith("Yahoo Finance")
    assert result.provenance["market"]["source"].startswith("bundled")
    assert yahoo.asked("^GSPC") == 0


def test_the_shipped_case_asks_nobody(yahoo):
    es.analyze("IMGN", "2010-08-27", industry="IBB")
    es.study(es.list_events("IMGN"))
    assert yahoo.requests == []


def test_a_shipped_ticker_on_days_it_lacks_comes_from_yahoo_whole(yahoo):
    yahoo.put("IBB", yahoo_server.history(DAYS, FIRM.tolist()))
    result = es.analyze("IBB", DAY)
    facts = result.provenance["firm"]
    assert facts["source"].startswith("Yahoo Finance")
    assert (facts["rows"], facts["first"]) == (len(DAYS), DAYS[0])


def test_a_delisted_shipped_ticker_keeps_its_days_and_says_so(yahoo):
    with pytest.raises(es.EventStudyError, match=r"2024-01-05"):
        es.analyze("IMGN", DAY)
    assert yahoo.asked("IMGN") > 0


@pytest.mark.parametrize("renewed", ["yahoo", "yahoo_shares", "neither", "both"])
def test_dollars_when_a_split_came_after_what_is_kept(yahoo, tmp_path, renewed):
    before = es.analyze("XOM", DAY).impact().value
    split = yahoo_server.history(
        DAYS, (FIRM / 2.0).tolist(), splits={"2024-03-01": (2, 1)}
    )
    yahoo.put("XOM", split)
    counted = [("2023-12-29", 4e9), ("2024-03-04", 8e9)]
    yahoo.put_shares("XOM", yahoo_server.counts(counted))
    for folder in ("yahoo", "yahoo_shares"):
        if renewed in (folder, "both"):
            shutil.rmtree(tmp_path / "cache" / folder)
    result = es.analyze("XOM", DAY)
    assert result.impact().value == pytest.approx(before, rel=1e-6)
    said = [w for w in result.warnings if "split basis of the prices kept" in w]
    assert bool(said) is (renewed in ("yahoo", "yahoo_shares"))


def test_new_prices_when_asked_for(yahoo):
    es.analyze("XOM", DAY)
    first = asked(yahoo)
    again = es.analyze("XOM", DAY, refresh=True)
    assert asked(yahoo) == (2 * first[0], 2 * first[1])
    assert repr(again.design) == f"es.analyze('XOM', '{DAY}', refresh=True)"


@pytest.mark.usefixtures("yahoo")
def test_a_folder_of_ones_own(tmp_path):
    es.analyze("XOM", DAY, cache=tmp_path / "mine")
    assert cache_info().empty
    assert set(cache_info(tmp_path / "mine")["symbol"]) == {"XOM", "^GSPC"}
    result = es.analyze("XOM", DAY, cache=str(tmp_path / "mine"), offline=True)
    assert result.car(0).value == pytest.approx(expected(), rel=1e-10)


def test_an_older_copy_when_yahoo_is_down_and_its_age(yahoo, tmp_path):
    es.analyze("XOM", DAY)
    for path in (tmp_path / "cache").rglob("*.json"):
        facts = json.loads(path.read_text()) | {
            "retrieved_at": "2024-02-20T12:00+00:00"
        }
        del facts["seal"]
        path.write_text(json.dumps(facts | {"seal": seal(facts)}))
    for down in (False, True):
        yahoo.refuses = down
        result = es.analyze("XOM", DAY, offline=not down)
        assert result.car(0).value == pytest.approx(expected(), rel=1e-10)
        assert result.provenance["firm"]["retrieved_at"] == "2024-02-20"
        for ticker in ("XOM", "^GSPC"):
            said = [w for w in result.warnings if w.startswith(f"{ticker}: a copy of")]
            assert "2024-02-20" in said[0]
            assert "days old, was taken" in said[0]
    yahoo.refuses = False
    assert es.analyze("XOM", DAY).provenance["firm"]["retrieved_at"] > "2024-02-20"


def test_an_unknown_ticker(yahoo):
    for _ in range(2):
        with pytest.raises(es.UnknownTickerError) as caught:
            es.analyze("NOPE", DAY)
    message = str(caught.value)
    assert "Yahoo Finance" in message
    assert "not among the shipped (IBB, IMGN, ^GSPC)" in message
    assert "prices=" in message
    requests = yahoo.asked("NOPE")
    with pytest.raises(es.UnknownTickerError):
        es.analyze("NOPE", DAY)
    assert yahoo.asked("NOPE") == requests


def test_without_a_network_and_without_a_copy(yahoo):
    yahoo.refuses = True
    with pytest.raises(es.ProviderUnavailableError) as caught:
        es.analyze("XOM", DAY)
    assert "not among the shipped" in str(caught.value)
    assert "Yahoo Finance" in str(caught.value)
    yahoo.refuses = False
    assert es.analyze("XOM", DAY).car(0).value == pytest.approx(expected(), rel=1e-10)


def test_a_market_that_cannot_be_had_is_named(yahoo):
    yahoo.put("^GSPC", yahoo_server.failure(404))
    with pytest.raises(es.EventStudyError) as caught:
        es.analyze("XOM", DAY)
    assert caught.value.parameter == "market"
    assert "2009-01-02 to 2024-01-05" in str(caught.value)


@pytest.mark.parametrize("way", ["argument", "environment"])
def test_offline_without_a_copy_stops_before_the_network(yahoo, monkeypatch, way):
    if way == "environment":
        monkeypatch.setenv("EVENTSTUDY_OFFLINE", "1")
    with pytest.raises(es.NoDataError) as caught:
        es.analyze("XOM", DAY, offline=way == "argument")
    message = str(caught.value)
    assert "not among the shipped" in message
    assert "not in the cache" in message
    assert "Yahoo Finance was not asked (offline)" in message
    assert yahoo.requests == []


def test_ones_own_prices_and_the_market_from_yahoo(yahoo):
    frame = pd.DataFrame({"XOM": FIRM}, pd.DatetimeIndex(DAYS))
    result = es.analyze("XOM", DAY, prices=frame)
    assert result.car(0).value == pytest.approx(expected(), rel=1e-10)
    assert any(
        "^GSPC is not in prices=; taken from Yahoo" in w for w in result.warnings
    )
    with pytest.raises(es.UnknownTickerError):
        es.analyze("CVX", DAY, prices=frame)
    assert yahoo.asked("CVX") == 0


@pytest.mark.usefixtures("yahoo")
def test_a_provider_passed_by_the_user(tmp_path):
    result = es.analyze("XOM", DAY, prices=Cached(Yahoo(), tmp_path / "own"))
    assert result.car(0).value == pytest.approx(expected(), rel=1e-10)
    assert len(cache_info(tmp_path / "own")) == 2


@pytest.mark.usefixtures("yahoo")
def test_a_study_over_shipped_and_fetched_firms():
    result = es.study([("IMGN", "2010-08-27"), ("XOM", DAY), ("NOPE", DAY)])
    assert list(result.excluded["ticker"]) == ["NOPE"]
    assert "Yahoo Finance" in result.excluded["reason"].iloc[0]
    abnormal = result.abnormal_returns[0]
    shipped = es.analyze("IMGN", "2010-08-27", offline=True).car(0).value
    assert abnormal["IMGN-2010-08-27"] == pytest.approx(shipped, rel=1e-12)
    assert abnormal[f"XOM-{DAY}"] == pytest.approx(expected(), rel=1e-10)
    for name in result.events.index:
        one = result.result(name)
        assert one.provenance["market"] == result.provenance["market"]
        assert one.car(0).value == abnormal[name]


class TestCommand:
    """The same from a shell."""

    def test_flags(self, yahoo, tmp_path, capsys):
        words = ["analyze", "XOM", DAY, "--cache", str(tmp_path / "c")]
        assert main([*words, "--refresh"]) == 0
        yahoo.refuses = True
        assert main([*words, "--offline"]) == 0
        assert main(["analyze", "CVX", DAY, "--offline"]) == 2
        assert "was not asked (offline)" in capsys.readouterr().err

    @pytest.mark.usefixtures("yahoo")
    def test_info_and_clear(self, tmp_path, capsys):
        es.analyze("XOM", DAY)
        assert main(["cache", "info"]) == 0
        said = capsys.readouterr().out
        assert f"XOM          {DAYS[0]} to {DAYS[-1]}" in said
        assert "3 kept in" in said
        assert main(["cache", "clear"]) == 0
        assert "3 removed from" in capsys.readouterr().out
        assert main(["cache", "info", "--cache", str(tmp_path / "cache")]) == 0
        assert "0 kept in" in capsys.readouterr().out


def test_the_shipped_case_never_loads_yfinance():
    code = (
        "import os, sys; os.environ.pop('EVENTSTUDY_OFFLINE', None)\n"
        "import eventstudy as es; repr(es.analyze('IMGN', '2010-08-27'))\n"
        "sys.exit('yfinance' in sys.modules or 'platformdirs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
