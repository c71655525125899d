"""``eventstudy lab``: the notebooks in a folder of one's own, in JupyterLab."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from eventstudy.cli._shown import say
from eventstudy.errors import ArgumentError

FOLDER = "eventstudy-notebooks"


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("folder", nargs="?", default=FOLDER, metavar="DIR")
    parser.add_argument(
        "--no-open", action="store_true", help="copy the notebooks, open nothing"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Copy them where they are not there yet, and open JupyterLab."""
    from eventstudy.shipped_notebooks import copy_notebooks

    folder = Path(options.folder)
    for path in copy_notebooks(folder):
        say(f"{path}")
    if options.no_open:
        return
    command = [sys.executable, "-m", "jupyterlab", str(folder)]
    try:
        subprocess.run(command, check=True)
    except subprocess.CalledProcessError as error:
        raise ArgumentError(
            "lab", str(folder), f"JupyterLab ended with code {error.returncode}",
            "Try: python -m jupyterlab.",
        ) from error  # fmt: skip
