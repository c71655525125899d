"""``eventstudy versions``."""

from __future__ import annotations

import argparse
import platform
import re
from importlib import metadata

from eventstudy.cli._shown import say

DISTRIBUTION = "investor-eventstudy"
NAMESAKE = """\
Another project, 'eventstudy' {version}, is installed as well; both bring a folder \
of that name.
Keep one of them:
  pip uninstall eventstudy {ours}
  pip install {ours}"""


def add_command(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes: nothing."""
    parser.set_defaults(command=run)


def run(_options: argparse.Namespace) -> None:
    """List this package, Python, and what it needs."""
    from eventstudy import __version__

    rows = {DISTRIBUTION: __version__, "python": platform.python_version()}
    rows |= {name: _version(name) or "not installed" for name in _dependencies()}
    width = max(map(len, rows))
    say("\n".join(f"{name:{width}}  {version}" for name, version in rows.items()))
    if namesake := _version("eventstudy"):
        say("\n" + NAMESAKE.format(version=namesake, ours=DISTRIBUTION))


def _dependencies() -> list[str]:
    """Name what the package needs, without its extras."""
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        return []
    core = [line for line in lines if "extra ==" not in line]
    return sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in core)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
