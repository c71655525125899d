"""Requests of the real yfinance that get no answer: each waits for the time-out."""

import time

import pytest

from eventstudy.errors import ProviderUnavailableError
from eventstudy.prices.yahoo import Yahoo
from tests.prices.yahoo_server import CHART, SHARES, YahooServer, counts, history

DAYS = ["2020-03-02", "2020-03-03", "2020-03-04"]
CLOSES = [38.0, 40.0, 39.0]
COOKIE, CONSENT, CRUMB = "fc.yahoo.com", "guce.yahoo.com", "getcrumb"
TIMEOUT = 0.3


@pytest.fixture
def yahoo():
    """A server that has not been met before: no cookie is kept of it."""
    with YahooServer() as server:
        from yfinance.cache import get_cookie_cache

        get_cookie_cache().store("curlCffi", None)
        server.put("X", history(DAYS, CLOSES))
        server.put_shares("X", counts([("2020-03-02", 5e6)]))
        yield server


def asked(yahoo, what):
    return sum(what in path for path in yahoo.requests)


@pytest.fixture
def quick():
    """Less time than a few time-outs; yfinance itself would wait for 30 s."""
    begun = time.monotonic()
    yield Yahoo(timeout=TIMEOUT, retries=0)
    assert time.monotonic() - begun < 12 * TIMEOUT


@pytest.mark.parametrize("hangs", [(COOKIE,), (CRUMB,), (COOKIE, CONSENT, CRUMB)])
def test_prices_come_without_cookie_and_crumb(yahoo, quick, hangs):
    yahoo.hangs = hangs
    assert quick.get("X").frame["close"].tolist() == CLOSES
    assert all(asked(yahoo, what) for what in hangs[:2])


def test_prices(yahoo, quick):
    yahoo.hangs = (CHART,)
    with pytest.raises(ProviderUnavailableError, match="did not answer in time"):
        quick.get("X")
    assert asked(yahoo, CHART) == 1


def test_share_counts(yahoo, quick):
    yahoo.hangs = (SHARES,)
    with pytest.raises(ProviderUnavailableError, match="did not answer in time"):
        quick.shares("X")
    assert asked(yahoo, SHARES) == 1


def test_everything(yahoo, quick):
    yahoo.hangs = ("/",)
    with pytest.raises(ProviderUnavailableError, match="did not answer in time"):
        quick.get("X")


@pytest.mark.usefixtures("yahoo")
def test_the_session_is_as_before(quick):
    from yfinance.data import YfData

    quick.get("X")
    session = YfData()._session
    assert "request" not in vars(session)
    session.request = given = session.request
    quick.get("X")
    assert session.request is given
