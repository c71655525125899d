"""Flags that write a result into a file, the same for one event and for many."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from eventstudy.cli._shown import write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from eventstudy.results.event_result import EventResult
    from eventstudy.results.study_result import StudyResult

FILES = {
    "html": "write one self-contained page",
    "json": "write all numbers",
    "figure": "write the picture: .png, .svg or .pdf",
    "excel": "write a workbook: .xlsx",
    "latex": "write the table of the windows: .tex",
}


def add_file_flags(parser: argparse.ArgumentParser) -> None:
    """Add a flag a kind of file."""
    for name, text in FILES.items():
        parser.add_argument(f"--{name}", dest=f"to_{name}", metavar="FILE", help=text)


def write_files(options: argparse.Namespace, result: EventResult | StudyResult) -> None:
    """Write the files asked for."""
    for name in FILES:
        if path := getattr(options, f"to_{name}"):
            write(f"--{name}", path, _writer(result, name))


def _writer(result: EventResult | StudyResult, name: str) -> Callable[[str], object]:
    if name == "figure":
        return lambda path: cast("Figure", result.plot()).savefig(path)
    return cast("Callable[[str], object]", getattr(result, f"to_{name}"))
