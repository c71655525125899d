from __future__ import annotations

import contextlib
import http.server
import socket
import subprocess
import sys
import threading

import curl_cffi
import pytest


def drain(network: list[str]) -> list[str]:
    """What was attempted; left in the list it would fail the test."""
    seen = network.copy()
    network.clear()
    return seen


def test_python_sockets_are_stopped(network: list[str]) -> None:
    with pytest.raises(OSError, match="no network"), socket.socket() as sock:
        sock.connect(("192.0.2.1", 80))
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("example.com", 80))
    assert drain(network) == ["192.0.2.1", "example.com"]


def test_curl_is_stopped_though_its_sockets_are_not_pythons(network: list[str]) -> None:
    with pytest.raises(curl_cffi.exceptions.RequestException):
        curl_cffi.get("https://example.com")
    assert drain(network) == ["CONNECT example.com:443"]


def test_a_swallowed_refusal_is_seen(network: list[str]) -> None:
    with contextlib.suppress(Exception):
        curl_cffi.get("http://example.com/prices")
    assert drain(network) == ["GET http://example.com/prices"]


def test_other_processes_are_stopped(network: list[str]) -> None:
    code = "import curl_cffi; curl_cffi.get('https://example.com')"
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert run.returncode == 1
    assert drain(network) == ["CONNECT example.com:443"]


def test_this_machine_is_reached(network: list[str]) -> None:
    class Hello(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Hello) as server:
        threading.Thread(target=server.handle_request).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        assert curl_cffi.get(url).status_code == 204
    assert network == []
