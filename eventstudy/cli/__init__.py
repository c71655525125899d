"""The command ``eventstudy``: the same words as in Python, from a shell."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from eventstudy.cli import (
    kept,
    laboratory,
    many_events,
    one_event,
    release,
    run_notebook,
    shipped,
    versions,
)
from eventstudy.cli._shown import printable, say_no_more
from eventstudy.errors import EventStudyError

COMMANDS = {
    "analyze": (one_event, "show what one announcement did to a share price"),
    "study": (many_events, "show what many announcements did together"),
    "read": (release, "show what a press release says of an event"),
    "events": (shipped, "list the announcements shipped"),
    "notebook": (run_notebook, "run a shipped notebook with other parameters"),
    "lab": (laboratory, "copy the notebooks to a folder and open JupyterLab there"),
    "cache": (kept, "list or remove what was fetched and is kept"),
    "versions": (versions, "list this package, Python, and what it needs"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the shell by default.

    Returns
    -------
    int
        0, or 2 when the user's input cannot be used: one line on standard error
        says why.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parsed(_joined(words))
    try:
        options.command(options)
        sys.stdout.flush()
    except EventStudyError as error:
        line = " ".join(str(error).split())
        sys.stderr.write(printable(f"eventstudy: error: {line}", sys.stderr))
        return 2
    except BrokenPipeError:
        say_no_more()
    return 0


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message} (see {self.prog} --help)\n")


def _parser() -> _Parser:
    top = _Parser(prog="eventstudy", description="Event studies for investors.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, words) in COMMANDS.items():
        described = words[:1].upper() + words[1:]
        command = commands.add_parser(name, help=words, description=described)
        command.set_defaults(parser=command)
        module.add_command(command)
    return top


def _parsed(words: list[str]) -> argparse.Namespace:
    """What was asked; an unknown word is answered by its command, not by the whole."""
    options, unknown = _parser().parse_known_args(words)
    if unknown:
        known = re.findall(r"--[a-z-]+", options.parser.format_usage())
        near = difflib.get_close_matches(unknown[0].partition("=")[0], known, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}{meant}")
    return options


def _joined(words: list[str]) -> list[str]:
    """``--event-window -5,5`` as ``--event-window=-5,5``: a value, not a flag."""
    joined: list[str] = []
    for word in words:
        if re.match(r"-\d", word) and joined and re.fullmatch(r"--[a-z-]+", joined[-1]):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined
