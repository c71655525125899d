"""The built site: no warning, no dead link, nothing from elsewhere, nothing missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import eventstudy as es
from tests.docs.building import build
from tests.docs.links import Page, broken, outside, pages
from tests.docs.sources import DOCS, PAGES, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make docs` builds it, in a folder of the tests."""
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def site(built: Path) -> dict[Path, Page]:
    return pages(built)


def test_every_link_leads_somewhere(site: dict[Path, Page]) -> None:
    assert sum(len(page.links) for page in site.values()) > 3000
    assert not sorted(set(broken(site)))


def test_nothing_is_loaded_from_elsewhere(built: Path, site: dict[Path, Page]) -> None:
    assert not sorted(set(outside(site)))
    for sheet in built.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", text), sheet.name


def test_pictures_have_words(site: dict[Path, Page]) -> None:
    wordless = {path.name: page.alt_missing for path, page in site.items()}
    assert not {name: n for name, n in wordless.items() if n}


def test_nothing_of_this_machine(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        assert str(ROOT) not in page.text, path.name


def test_every_page_and_notebook_is_there(built: Path) -> None:
    wanted = [path.relative_to(DOCS).with_suffix(".html") for path in PAGES]
    notebooks = [path.stem for path in (ROOT / "notebooks").glob("*.ipynb")]
    wanted += [Path("notebooks", f"{name}.html") for name in notebooks]
    assert not [str(page) for page in wanted if not (built / page).exists()]


def test_every_public_name_has_its_page(built: Path) -> None:
    folder = built / "reference" / "generated"
    listed = (built / "reference" / "index.html").read_text(encoding="utf-8")
    for name in es.__all__:
        if name.startswith("_"):
            assert name in listed
        else:
            assert f'id="eventstudy.{name}"' in (
                (folder / f"eventstudy.{name}.html").read_text(encoding="utf-8")
            ) or inspect_module(folder, name)


def inspect_module(folder: Path, name: str) -> bool:
    """Whether the name is a module, whose anchor bears a prefix."""
    page = (folder / f"eventstudy.{name}.html").read_text(encoding="utf-8")
    return f'id="module-eventstudy.{name}"' in page


def test_notebooks_are_shown_with_their_outputs(built: Path) -> None:
    letter = (built / "notebooks" / "01_rtf_letter.html").read_text(encoding="utf-8")
    assert letter.count("cell_output") > 15
    assert "−41.09" in letter


def test_formulae_are_there_without_a_script(
    built: Path, site: dict[Path, Page]
) -> None:
    many = site[(built / "methods" / "many_events.html").resolve()]
    assert many.text.count("<math ") > 50
    assert not [name for name in many.loads if re.search(r"(?i)mathjax|katex", name)]
    formulae = [
        formula
        for page in site.values()
        for formula in re.findall(r"<math .*?</math>", page.text, re.DOTALL)
    ]
    assert len(formulae) > 150
    assert not [formula for formula in formulae if "\\" in formula]


def test_tables_that_are_made_are_full(built: Path) -> None:
    sizes = (built / "validation" / "size_table.html").read_text(encoding="utf-8")
    assert sizes.count("<td") > 2000
    tests = (built / "methods" / "many_events.html").read_text(encoding="utf-8")
    known = es.list_tests()
    assert all(f">{key}<" in tests for key in known.index[known["kind"] == "sample"])
