"""``eventstudy notebook``: a shipped notebook with other parameters."""

from __future__ import annotations

import argparse
from pathlib import Path

from eventstudy.cli._shown import say


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="lists them if left out"
    )
    parser.add_argument(
        "-p", dest="parameters", nargs=2, action="append", default=[],
        metavar=("NAME", "VALUE"), help="a parameter of its parameters cell",
    )  # fmt: skip
    parser.add_argument("--out", metavar="FILE", help="the executed notebook")
    parser.add_argument("--html", action="store_true", help="make a page of it")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> None:
    """Run it, and say where it is."""
    from eventstudy import shipped_notebooks as shipped

    if options.name is None:
        for name, path in shipped.notebooks().items():
            say(f"{name:24} {path.name}")
        return
    path = shipped.find_notebook(options.name)
    ending = ".html" if options.html else ".ipynb"
    out = Path(options.out) if options.out else Path(path.name)
    values = {name: shipped.value_of(text) for name, text in options.parameters}
    shipped.run_notebook(options.name, values, out.with_suffix(ending))
    say(f"Wrote {out.with_suffix(ending)}")
