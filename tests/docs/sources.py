"""The texts of the repository that people read, and the blocks in them."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
AT_THE_TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]
MADE = {"_build", "made", "notebooks", "reference"}
PAGES = sorted(
    path for path in DOCS.rglob("*.md") if not MADE & {*path.relative_to(DOCS).parts}
)
TEXTS = [*AT_THE_TOP, ROOT / "ARCHITECTURE.md", *PAGES]
FENCED = re.compile(r"^( *)```(\S*).*?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def module(path: Path) -> ModuleType:
    """A module of docs/, which is no package."""
    name = f"docs_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


code_blocks = module(DOCS / "code_blocks.py")


def commands(path: Path) -> Iterator[str]:
    """Lines of shell blocks that call our command, without comments."""
    for _, language, block in FENCED.findall(path.read_text(encoding="utf-8")):
        for line in [] if language else block.splitlines():
            words = line.split(" # ")[0].strip()
            if words.startswith("eventstudy "):
                yield words.removeprefix("eventstudy ")
