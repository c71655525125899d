"""Yahoo's servers on this machine: the real yfinance talks to them, all of it.

``with YahooServer() as yahoo:`` makes every request of yfinance here end at it.
What is answered is put by ticker; several answers are given in turn, the last for ever:

>>> with YahooServer() as yahoo:  # doctest: +SKIP
...     yahoo.put("XOM", failure(429), history(days, closes))
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import http.server
import json
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

CHART, SHARES = (
    "/v8/finance/chart/",
    "/ws/fundamentals-timeseries/v1/finance/timeseries/",
)
UNKNOWN = {
    "code": "Not Found",
    "description": "No data found, symbol may be delisted",
}
HANGS = 25.0  # seconds, or until the test is over
HTML = b"<html><head><title>Yahoo</title></head><body>Sorry</body></html>"
HOURS = {
    "America/New_York": ("09:30", "16:00"),
    "Europe/London": ("08:00", "16:30"),
    "Asia/Tokyo": ("09:00", "15:30"),
}


@dataclass(frozen=True)
class Answer:
    """What is sent: a status, a body, after a while."""

    status: int
    body: bytes
    delay: float = 0.0

    def content(self, _query: Mapping[str, list[str]]) -> bytes:
        return self.body


@dataclass(frozen=True)
class Chart:
    """A ticker's history as Yahoo's chart service tells it."""

    meta: dict[str, Any]
    stamps: list[int]
    quote: dict[str, list[float | None]]
    adjusted: list[float | None] | None
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    cut: int | None = None
    delay: float = 0.0
    status: int = 200

    def content(self, query: Mapping[str, list[str]]) -> bytes:
        first = int(query.get("period1", ["-9999999999"])[0])
        last = int(query.get("period2", ["9999999999"])[0])
        rows = [n for n, stamp in enumerate(self.stamps) if first <= stamp < last]
        quote = {name: [values[n] for n in rows] for name, values in self.quote.items()}
        indicators: dict[str, Any] = {"quote": [quote if rows else {}]}
        if self.adjusted is not None:
            indicators["adjclose"] = [{"adjclose": [self.adjusted[n] for n in rows]}]
        result = {"meta": self.meta, "indicators": indicators}
        if rows:
            result["timestamp"] = [self.stamps[n] for n in rows]
        if self.events:
            result["events"] = self.events
        return _json({"chart": {"result": [result], "error": None}})[: self.cut]


def stamp(day: str, clock: str, zone: str) -> int:
    """Unix seconds of a clock time in a zone."""
    local = dt.datetime.fromisoformat(f"{day}T{clock}")
    return int(local.replace(tzinfo=ZoneInfo(zone)).timestamp())


def history(
    days: Sequence[str],
    closes: Sequence[float | None],
    adjusted: Sequence[float | None] | None = (),
    *,
    zone: str = "America/New_York",
    currency: str | None = "USD",
    dividends: Mapping[str, float] | None = None,
    splits: Mapping[str, tuple[int, int]] | None = None,
    live: str | None = None,
    cut: int | None = None,
    delay: float = 0.0,
    **meta: Any,
) -> Chart:
    """A history; ``adjusted`` are the closes where it is left out, None leaves it out.

    ``live`` is the clock time at which the last bar stands, its session being open.
    ``cut`` sends only so many bytes.
    """
    opens, ends = HOURS[zone]
    stamps = [stamp(day, opens, zone) for day in days]
    if live is not None:
        stamps[-1] = stamp(days[-1], live, zone)
    prices = list(closes)
    quote = dict.fromkeys(("open", "high", "low", "close"), prices)
    events: dict[str, dict[str, Any]] = {}
    for day, amount in (dividends or {}).items():
        at = stamp(day, opens, zone)
        events.setdefault("dividends", {})[str(at)] = {"amount": amount, "date": at}
    for day, (new, old) in (splits or {}).items():
        at = stamp(day, opens, zone)
        events.setdefault("splits", {})[str(at)] = {
            "date": at,
            "numerator": new,
            "denominator": old,
            "splitRatio": f"{new}:{old}",
        }
    period = {
        "timezone": "X",
        "gmtoffset": 0,
        "start": stamp(days[-1], opens, zone),
        "end": stamp(days[-1], ends, zone),
    }
    facts = {
        "currency": currency,
        "symbol": "X",
        "exchangeName": "NYQ",
        "instrumentType": "EQUITY",
        "firstTradeDate": stamps[0],
        "regularMarketTime": stamps[-1],
        "gmtoffset": 0,
        "timezone": "X",
        "exchangeTimezoneName": zone,
        "priceHint": 2,
        "currentTradingPeriod": dict.fromkeys(("pre", "regular", "post"), period),
        "dataGranularity": "1d",
        "range": "",
        "validRanges": ["1d", "5d", "1mo", "1y", "5y", "max"],
    }
    return Chart(
        meta=facts | meta,
        stamps=stamps,
        quote=quote | {"volume": [1000.0 if price else None for price in prices]},
        adjusted=prices if adjusted == () else adjusted and list(adjusted),
        events=events,
        cut=cut,
        delay=delay,
    )


def failure(status: int, body: bytes = HTML) -> Answer:
    """An answer that is none: 429, 500, a page."""
    return Answer(status, body)


def refusal(status: int, code: str, description: str) -> Answer:
    """A failure in Yahoo's own form."""
    error = {"code": code, "description": description}
    return Answer(status, _json({"chart": {"result": None, "error": error}}))


def unknown() -> Answer:
    """What Yahoo says of a ticker that it never had, or has no more."""
    return refusal(404, **UNKNOWN)


def counts(by_day: Sequence[tuple[str, float | None]]) -> Answer:
    """Shares outstanding, several a day if they are."""
    result = {
        "meta": {"symbol": ["X"], "type": ["shares_out"]},
        "timestamp": [stamp(day, "00:00", "UTC") for day, _ in by_day],
        "shares_out": [count for _, count in by_day],
    }
    return Answer(200, _json({"timeseries": {"result": [result], "error": None}}))


def no_counts(*result: dict[str, Any]) -> Answer:
    """An answer without shares."""
    return Answer(200, _json({"timeseries": {"result": list(result), "error": None}}))


class YahooServer:
    """Answers for every host of Yahoo's on a port of this machine.

    Requests whose address holds one of the words in ``hangs`` get no answer.
    """

    def __init__(self) -> None:
        self.charts: dict[str, list[Answer | Chart]] = {}
        self.counts: dict[str, list[Answer | Chart]] = {}
        self.requests: list[str] = []
        self.refuses = False
        self.hangs: tuple[str, ...] = ()
        self._over = threading.Event()

    def put(self, ticker: str, *answers: Answer | Chart) -> None:
        """Answer to requests for prices of a ticker, in turn."""
        self.charts[ticker] = list(answers)

    def put_shares(self, ticker: str, *answers: Answer | Chart) -> None:
        """Answer to requests for share counts of a ticker, in turn."""
        self.counts[ticker] = list(answers)

    def asked(self, ticker: str) -> int:
        """How many requests there were for prices of a ticker."""
        return sum(path.endswith(f"{CHART}{ticker}") for path in self.requests)

    @property
    def port(self) -> int:
        """Where yfinance is sent: a port that nobody listens at where it refuses."""
        return _closed_port() if self.refuses else self._http.server_address[1]

    def __enter__(self) -> YahooServer:
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        self._before = _direct(_session(self))
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        _direct(self._before)
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, host: str, target: str) -> tuple[int, bytes, bool]:
        """Status, body, and whether a cookie goes with it."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        self.requests.append(host + path)
        if any(part in host + path for part in self.hangs):
            self._over.wait(HANGS)
        if host == "fc.yahoo.com":
            return 404, b"", True
        if path == "/v1/test/getcrumb":
            return 200, b"crumb", False
        for prefix, given in ((CHART, self.charts), (SHARES, self.counts)):
            if path.startswith(prefix):
                answers = given.get(path.removeprefix(prefix), [unknown()])
                answer = answers[0] if len(answers) == 1 else answers.pop(0)
                time.sleep(answer.delay)
                return answer.status, answer.content(parse_qs(parts.query)), False
        return 404, HTML, False


def _handler(yahoo: YahooServer) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, body, cookie = yahoo.answer(self.headers["Host"], self.path)
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                if cookie:
                    life = "Domain=.yahoo.com; Path=/; Max-Age=31536000"
                    self.send_header("Set-Cookie", f"A3=x; {life}")
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # It did not wait for the answer.

        do_POST = do_GET

        def log_message(self, *_args: object) -> None:
            pass

    return Handler


def _session(yahoo: YahooServer) -> Any:
    """A session as yfinance takes it, whose every request ends at the server."""
    from curl_cffi import requests

    class Redirected(requests.Session):
        def request(self, method: str, url: str, *args: Any, **options: Any) -> Any:
            parts = urlsplit(url)
            headers = dict(options.pop("headers", None) or {}) | {"Host": parts.netloc}
            here = f"http://127.0.0.1:{yahoo.port}{parts.path}?{parts.query}"
            return super().request(method, here, *args, headers=headers, **options)

    return Redirected()


def _direct(session: Any) -> Any:
    """Let yfinance use a session, as if it had not run before; return the old one."""
    import yfinance
    from yfinance.data import YfData

    yfinance.set_tz_cache_location(_folder())
    data = YfData()
    before = data._session
    YfData(session=session)
    data._cookie = data._crumb = None
    data._cookie_strategy = "basic"
    return before


@functools.cache
def _folder() -> str:
    """Where yfinance keeps cookies: never at home, one place for the whole run."""
    folder = tempfile.mkdtemp(prefix="yfinance-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _json(content: Any) -> bytes:
    return json.dumps(content).encode()
