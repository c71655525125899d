"""Run the Python of a page from top to bottom, and keep what it shows.

A fenced block ``text`` that follows a fenced block ``python`` holds its output: what
was printed, and the last expression as the interpreter shows it.

python docs/code_blocks.py PAGE ...            writes the outputs anew
python docs/code_blocks.py --check PAGE ...    only shows what differs; 1 if anything
"""

from __future__ import annotations

import ast
import contextlib
import difflib
import io
import os
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

WIDTH = 84
FRAMES = {"display.width": WIDTH, "display.max_columns": 12, "display.max_rows": 60}

BLOCK = re.compile(
    r"^(?P<indent> *)```python\n(?P<code>.*?)^(?P=indent)```$"
    r"(?P<shown>\n\n```text\n(?P<output>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Python, and the output under it where there is one.

    Parameters
    ----------
    line : int
        Its first line in the page, for messages.
    code : str
    output : str or None
        As the page has it; None where the page shows none.
    start, end : int
        Where the output stands in the page.
    """

    line: int
    code: str
    output: str | None
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a page in their order."""
    for found in BLOCK.finditer(text):
        indent = len(found["indent"])
        lines = [line[indent:] for line in found["code"].splitlines()]
        line = text.count("\n", 0, found.start("code")) + 1
        yield Block(line, "\n".join(lines), found["output"], *found.span("output"))


def shown(code: str, names: dict[str, Any], place: str) -> str:
    """Run a block; what it prints, and its last expression.

    Parameters
    ----------
    code : str
    names : dict
        The names of the page; the block adds its own.
    place : str
        For tracebacks.

    Returns
    -------
    str
        Sentences are broken into lines; ends with a line break.
    """
    with pd.option_context(*chain.from_iterable(FRAMES.items())):
        return _broken(_run(code, names, place))


def _run(code: str, names: dict[str, Any], place: str) -> str:
    tree = ast.parse(code, place)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(tree, place, "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), place, "eval"), names)
            if value is not None:
                out.write(repr(value))
    return out.getvalue()


def _broken(text: str) -> str:
    lines = (
        line.rstrip() if len(line) <= WIDTH else textwrap.fill(line, WIDTH)
        for line in text.splitlines()
    )
    return "\n".join(lines) + "\n"


def filled(text: str, place: str) -> str:
    """The page with its outputs made anew."""
    names: dict[str, Any] = {"__name__": "__page__"}
    parts, done = [], 0
    for block in blocks(text):
        output = shown(block.code, names, f"{place}:{block.line}")
        if block.output is not None:
            parts += [text[done : block.start], output]
            done = block.end
    return "".join([*parts, text[done:]])


def fresh(path: Path) -> str:
    """A page as it should be; it runs in an empty folder."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return filled(path.read_text(encoding="utf-8"), path.name)
        finally:
            os.chdir(here)


def main() -> int:
    """Rewrite the pages, or with ``--check`` show what would change."""
    check = "--check" in sys.argv
    stale = False
    for path in [Path(word).resolve() for word in sys.argv[1:] if word != "--check"]:
        old, new = path.read_text(encoding="utf-8"), fresh(path)
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="")
        changes = "\n".join(lines)
        stale = stale or bool(changes)
        if check:
            sys.stdout.write(f"{changes}\n" if changes else "")
        else:
            path.write_text(new, encoding="utf-8")
    return int(check and stale)


if __name__ == "__main__":
    sys.exit(main())
