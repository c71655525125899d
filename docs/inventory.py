"""Write the tables of models and tests, from the registries, between their markers.

python docs/inventory.py            rewrites README.md and ARCHITECTURE.md
python docs/inventory.py --check    only asks whether they are fresh; 1 if not
"""

from __future__ import annotations

import sys
from pathlib import Path

from eventstudy.inference._base import TESTS
from eventstudy.models._base import MODELS

ROOT = Path(__file__).parents[1]
TEXTS = ("README.md", "ARCHITECTURE.md")


def table(header: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table; bars inside a cell are escaped."""
    lines = [header, ["---"] * len(header), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def models() -> str:
    """Key, name and source of each expected-return model."""
    rows = [[f"`{m.key}`", m.name, m.reference] for m in MODELS.values()]
    return table(["`model=`", "expected return", "source"], rows)


def tests() -> str:
    """Key, name, null hypothesis and source of each test, those of one event first."""
    reads = {"single": "one event", "sample": "many events"}
    rows = [
        [f"`{t.key}`", t.name, reads[t.kind], t.null, t.reference]
        for t in sorted(TESTS.values(), key=lambda test: test.kind != "single")
    ]
    return table(["`tests=`", "test", "of", "null hypothesis", "source"], rows)


def tests_of(kind: str) -> str:
    """The same of one kind alone, ``single`` or ``sample``."""
    own = [test for test in TESTS.values() if test.kind == kind]
    rows = [[f"`{t.key}`", t.name, t.null, t.reference] for t in own]
    return table(["`tests=`", "test", "null hypothesis", "source"], rows)


def files() -> str:
    """One file for each model and each test."""
    rows = [
        [f"`{item.key}`", f"`eventstudy/{folder}/{item.key}.py`"]
        for folder, items in (("models", MODELS), ("inference", TESTS))
        for item in items.values()
    ]
    return table(["key", "file"], rows)


def fill(text: str) -> str:
    """The text with every marked table made anew."""
    for name, make in (("models", models), ("tests", tests), ("files", files)):
        begin, end = f"<!-- {name}: made by `make inventory` -->", f"<!-- /{name} -->"
        if begin in text:
            before, rest = text.split(begin)
            text = f"{before}{begin}\n{make()}\n{end}{rest.split(end)[1]}"
    return text


def main() -> int:
    """Rewrite, or with ``--check`` compare."""
    stale = []
    for name in TEXTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        if fill(text) != text:
            stale.append(name)
            if "--check" not in sys.argv:
                (ROOT / name).write_text(fill(text), encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"stale: {', '.join(stale)}; run `make inventory`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
