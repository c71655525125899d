"""Pages and tables that are made at each build, into folders that git ignores.

The inventories come from the registries, the size tables from their CSV file, the
notebooks and the benchmarks from where they lie.
"""

from __future__ import annotations

from pathlib import Path

import inventory
import reference_page
import size_pages
from sphinx.application import Sphinx
from sphinx.config import Config

import eventstudy

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent
MADE = DOCS / "made"
NO_BENCHMARKS = "No benchmarks have been run here yet; `make bench` runs them.\n"


def texts() -> dict[str, str]:
    """The content of each made file, by its name."""
    results = ROOT / "benchmarks" / "RESULTS.md"
    kept = results.read_text(encoding="utf-8") if results.exists() else NO_BENCHMARKS
    return {
        "models.md": inventory.models(),
        "tests_of_one_event.md": inventory.tests_of("single"),
        "tests_of_many_events.md": inventory.tests_of("sample"),
        "size_tables.md": size_pages.pages(DOCS / "data" / "size_tables.csv"),
        "benchmarks.md": without_title(kept),
        "changes.md": without_title((ROOT / "CHANGELOG.md").read_text("utf-8")),
        "data.md": without_title((ROOT / "data" / "README.md").read_text("utf-8")),
        "architecture.md": without_title((ROOT / "ARCHITECTURE.md").read_text("utf-8")),
    }


def without_title(text: str) -> str:
    """The text after its first heading, which the page that shows it has itself."""
    first, _, rest = text.partition("\n")
    return rest if first.startswith("# ") else text


def make(_: Sphinx, __: Config) -> None:
    """Write what has changed, and copy the notebooks."""
    for folder in (MADE, DOCS / "notebooks", DOCS / "reference"):
        folder.mkdir(exist_ok=True)
    forget()
    write(DOCS / "reference" / "index.md", reference_page.page().encode())
    for name, text in texts().items():
        write(MADE / name, text.encode())
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        write(DOCS / "notebooks" / path.name, path.read_bytes())


def forget() -> None:
    """Remove pages of names and notebooks that are no more."""
    for page in (DOCS / "reference" / "generated").glob("*.rst"):
        if page.stem.removeprefix("eventstudy.") not in eventstudy.__all__:
            page.unlink()
    for copy in (DOCS / "notebooks").glob("*.ipynb"):
        if not (ROOT / "notebooks" / copy.name).exists():
            copy.unlink()


def write(path: Path, content: bytes) -> None:
    """Leave a file alone that holds the content already."""
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make them before any page is looked for."""
    app.connect("config-inited", make)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
