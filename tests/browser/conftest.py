"""A real JupyterLab in a real browser, and pages opened in it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    # Nothing but this machine: what the browser itself would ask for is not found.
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
NEWS = "@jupyterlab/apputils-extension:announcements"
WITHOUT_NEWS = f"--LabApp.disabled_extensions={{'{NEWS}': True}}"
LONGEST = 90.0


@pytest.fixture(scope="session")
def browser():
    """Chromium, without any request of its own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Address of a JupyterLab on copies of the notebooks."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, home / "notebooks")
    own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1",
        f"--port={port}", "--IdentityProvider.token=", "--allow-root",
        f"--ServerApp.root_dir={home / 'notebooks'}", WITHOUT_NEWS,
    ]  # fmt: skip
    log = (home / "log").open("w")
    server = subprocess.Popen(
        command, env={**os.environ, **own}, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{address}/api/status"), "JupyterLab starts")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        log.close()


def answers(address):
    try:
        return asked(address) is not None
    except OSError:
        return False


def asked(address):
    with urllib.request.urlopen(address, timeout=5) as reply:
        return json.load(reply)


def until(holds, what, longest=LONGEST):
    """Wait for a condition; its last value."""
    end = time.monotonic() + longest
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {longest:.0f} s: {what}")
