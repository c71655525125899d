"""What every test runs under: no network, one BLAS thread, repeatable hypothesis."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before numpy is loaded, and for every process that a test starts: results must not
# hang on the number of threads, and xdist's workers must not fight for the cores.
for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

# As a user behind a firewall has it, with a cache that nobody has filled; a test of the
# network's part switches it on against a server of its own.
os.environ["EVENTSTUDY_OFFLINE"] = "1"
os.environ["EVENTSTUDY_CACHE"] = str(Path(__file__).parent / "no_such_cache")

hypothesis.settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None
)
hypothesis.settings.load_profile("repeatable")

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", socket.gethostname()}


def is_local(host: Any) -> bool:
    """Whether an address or a name means this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


class NetworkGuard:
    """Stops what would leave this machine, and fails the test that tried.

    Python's sockets are watched directly.  curl (under yfinance) opens its own in C,
    where no patch reaches; it, and every process that a test starts, finds in the
    environment a proxy that notes the address and refuses.  Code that swallows the
    refusal is caught all the same.
    """

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self._real = {
            name: getattr(socket.socket, name) for name in ("connect", "connect_ex")
        }
        self._look_up = socket.getaddrinfo
        self._proxy = socket.create_server(("127.0.0.1", 0))

    def install(self) -> None:
        """Watch from now on, for the whole run."""
        threading.Thread(target=self._refuse_all, daemon=True).start()
        url = "http://{}:{}".format(*self._proxy.getsockname())
        for scheme in ("http", "https", "all"):
            os.environ[f"{scheme}_proxy"] = os.environ[f"{scheme}_proxy".upper()] = url
        os.environ["no_proxy"] = os.environ["NO_PROXY"] = "localhost,127.0.0.1,::1"
        for name, real in self._real.items():
            setattr(socket.socket, name, self._watched(real))
        socket.getaddrinfo = self._watched_look_up

    @pytest.fixture(autouse=True)
    def network(self) -> Iterator[list[str]]:
        """Hand out the attempts of this test; what is left in the list fails it."""
        self.attempts.clear()
        yield self.attempts
        if self.attempts:
            pytest.fail(f"the test tried to reach {', '.join(self.attempts)}")

    def _watched(self, real: Any) -> Any:
        def connect(sock: socket.socket, address: Any) -> Any:
            if sock.family in {socket.AF_INET, socket.AF_INET6}:
                self._admit(address[0])
            return real(sock, address)

        return connect

    def _watched_look_up(self, host: Any, *args: Any, **kwargs: Any) -> Any:
        self._admit(host)
        return self._look_up(host, *args, **kwargs)

    def _admit(self, host: Any) -> None:
        if not is_local(host):
            self.attempts.append(str(host))
            raise OSError(f"tests have no network: {host}")

    def _refuse_all(self) -> None:
        while True:
            connection, _ = self._proxy.accept()
            with connection:
                request = connection.recv(4096).decode("latin-1")
                self.attempts.append(" ".join(request.split()[:2]))
                connection.sendall(
                    b"HTTP/1.1 403 No network\r\nContent-Length: 0\r\n\r\n"
                )


def pytest_configure(config: pytest.Config) -> None:
    """Guard the doctests of the package as well, which this folder does not hold."""
    guard = NetworkGuard()
    guard.install()
    config.pluginmanager.register(guard, "network-guard")
