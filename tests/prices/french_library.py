"""French's data library on this machine: zipped text in the form of its files."""

from __future__ import annotations

import contextlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import requests
from requests.adapters import HTTPAdapter

from eventstudy.prices.fama_french import FIVE, MOMENTUM, THREE

COLUMNS = {
    THREE: ["Mkt-RF", "SMB", "HML", "RF"],
    FIVE: ["Mkt-RF", "SMB", "HML", "RMW", "CMA", "RF"],
    MOMENTUM: ["Mom   "],
}
DAYS = pd.bdate_range("2010-01-04", periods=300)


def published(name: str, days: pd.DatetimeIndex = DAYS) -> pd.DataFrame:
    """Figures in per cent with two decimals; each file has its own."""
    rng = np.random.default_rng(len(name))
    numbers = rng.normal(0.0, 1.0, (len(days), len(COLUMNS[name]))).round(2)
    frame = pd.DataFrame(numbers, days, COLUMNS[name])
    if "RF" in frame:
        frame["RF"] = 0.004
    return frame


def written(name: str, frame: pd.DataFrame, code: str = "-99.99") -> str:
    """The text of a file: some words, the table, a copyright; lines end as in DOS."""
    rows = [
        f"{day:%Y%m%d}," + ",".join(code if np.isnan(x) else f"{x:8.3f}" for x in row)
        for day, row in zip(frame.index, frame.to_numpy(), strict=True)
    ]
    lines = [
        f"This file, {name}, was made by a test in the form of a data library.", "",
        ",".join(["", *frame.columns]), *rows, "", "Copyright of the test", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def zipped(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("factors.csv", text)
    return content.getvalue()


class Library:
    """What is answered, by file; what was asked for."""

    def __init__(self, port: int) -> None:
        self.answers = {name: (200, zipped(written(name, published(name))))
                        for name in COLUMNS}  # fmt: skip
        self.asked: list[str] = []
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.mount("http://", _Here(port))


class _Here(HTTPAdapter):
    """Sends every request to this machine, path kept."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(self, request: requests.PreparedRequest, *args, **kwargs):
        path = urlsplit(request.url).path
        request.url = f"http://127.0.0.1:{self.port}{path}"
        return super().send(request, *args, **kwargs)


@contextlib.contextmanager
def serve() -> Iterator[Library]:
    """The library, for as long as the block lasts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2].removesuffix("_CSV.zip")
            library.asked.append(name)
            status, content = library.answers.get(name, (404, b"Not found"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        library = Library(server.server_port)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield library
        server.shutdown()
