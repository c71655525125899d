"""Links, commands and code of the texts, without building or running them."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from eventstudy.cli import _parser
from eventstudy.inference._base import TESTS
from eventstudy.models._base import MODELS
from tests.docs.links import OUTSIDE, Page, broken, markdown_anchors, markdown_links
from tests.docs.sources import DOCS, ROOT, TEXTS, code_blocks, commands

each = pytest.mark.parametrize("path", TEXTS, ids=lambda p: str(p.relative_to(ROOT)))


def leads_somewhere(link: str, path: Path) -> bool:
    """Whether a link of a Markdown file has its file, and that its anchor."""
    parts = urlsplit(link)
    if parts.scheme:
        return True
    file = (path.parent / parts.path).resolve() if parts.path else path
    if file.is_relative_to(DOCS / "reference"):
        return True  # made at each build, where tests/docs/test_site.py looks
    known = file.exists() and (not parts.fragment or file.suffix == ".md")
    return known and (not parts.fragment or parts.fragment in markdown_anchors(file))


@each
def test_links_and_anchors_exist(path: Path) -> None:
    lost = [link for link in markdown_links(path) if not leads_somewhere(link, path)]
    assert not lost


@each
def test_code_is_python(path: Path) -> None:
    for block in code_blocks.blocks(path.read_text(encoding="utf-8")):
        ast.parse(block.code, f"{path.name}:{block.line}")


@each
def test_commands_are_those_of_the_command(path: Path) -> None:
    for line in commands(path):
        _parser().parse_args(shlex.split(line))


@each
def test_nothing_of_this_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"/(?:home|root|Users|tmp|work)/\w+", text)


@pytest.mark.parametrize("key", [*TESTS, *MODELS])
def test_each_test_and_model_has_its_formula(key: str) -> None:
    pages = (path.read_text(encoding="utf-8") for path in (DOCS / "methods").glob("*"))
    assert any(f"`{key}`" in page for page in pages)


def test_numbers_that_docstrings_cite_lead_somewhere() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "eventstudy").rglob("*.py"))
    cited = {
        n for text in sources for n in re.findall(r"methods (\d[\d.]*\db?|\d)", text)
    }
    index = (DOCS / "methods" / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d., b]+) \| .*\]\(", index, re.MULTILINE)
    assert len(cited) > 20
    assert not cited - {number for row in rows for number in row.split(", ")}


def test_all_commands_are_seen() -> None:
    seen = {line.split()[0] for path in TEXTS for line in commands(path)}
    assert {"analyze", "study", "read", "events", "notebook", "lab"} <= seen


# ------------------------------------------------------------- the checker itself


def test_the_checker_finds_what_is_broken(tmp_path: Path) -> None:
    text = (
        '<h1 id="here">A</h1><a href="#here">1</a><a href="#gone">2</a>'
        '<a href="b.html#there">3</a><a href="c.html">4</a>'
        '<a href="https://example.org/x">5</a><img src="lost.png" alt="">'
    )
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="elsewhere">', encoding="utf-8")
    site = {path: Page(path.read_text("utf-8")) for path in tmp_path.glob("*.html")}
    found = {link for _, link in broken(site)}
    assert found == {"#gone", "b.html#there", "c.html", "lost.png"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<script src="https://cdn.example.org/x.js"></script>', True),
        ('<link rel="stylesheet" href="//cdn.example.org/x.css">', True),
        ("<style>@import 'x.css'</style>", True),
        ('<p style="background: url(https://example.org/a.png)">', True),
        ('<a href="https://example.org">', False),
        ('<img src="data:image/png;base64,AA" alt="a">', False),
    ],
)
def test_the_checker_finds_what_is_loaded_from_elsewhere(
    text: str, expected: bool
) -> None:
    from tests.docs.links import outside

    assert bool(list(outside({Path("a.html"): Page(text)}))) is expected
    assert OUTSIDE.match("//cdn.example.org")


def test_blocks_know_their_output() -> None:
    text = "```python\n1 + 1\n```\n\n```text\nold\n```\n\n```python\nx = 3\n```\n"
    one, two = code_blocks.blocks(text)
    assert (one.output, two.output) == ("old\n", None)
    assert "```text\n2\n```" in code_blocks.filled(text, "page")
