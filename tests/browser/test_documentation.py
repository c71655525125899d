"""The documentation in a browser: every page, wide and narrow, in light and dark."""

from pathlib import Path

import pytest

from tests.docs.building import build

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
TELLING = (
    "index",
    "start",
    "methods/many_events",
    "validation/size_table",
    "reference/generated/eventstudy.StudyResult",
    "notebooks/01_rtf_letter",
    "notebooks/04_which_test_to_believe",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("width", [1400, 390])
def test_no_page_scrolls_sideways_or_asks_others(browser, built, width):
    tab = browser.new_page(viewport={"width": width, "height": 900})
    problems = []
    tab.on("request", lambda asked: problems.append(asked.url))
    tab.on("console", lambda said: problems.append(f"error: {said.text}"))
    tab.on("pageerror", lambda error: problems.append(f"error: {error}"))
    wrong = {}
    paths = [p for p in sorted(built.rglob("*.html")) if "_static" not in p.parts]
    for path in paths:
        tab.goto(path.as_uri())
        found = [said for said in problems if not said.startswith(("file:", "data:"))]
        problems.clear()
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if found or wide > width:
            wrong[path.name] = (wide, found)
    tab.close()
    assert len(paths) > 60
    assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", TELLING)
def test_words_stand_out(browser, built, name, scheme):
    context = browser.new_context(color_scheme=scheme)
    tab = context.new_page()
    tab.goto((built / f"{name}.html").as_uri())
    seen, weak = tab.evaluate(CONTRAST)
    context.close()
    assert seen > 50
    assert not weak


def test_the_check_of_contrast_sees_grey_on_white(browser):
    tab = browser.new_page()
    tab.set_content("<p style='color: #aaa'>pale</p><p style='color: #000'>dark</p>")
    seen, weak = tab.evaluate(CONTRAST)
    tab.close()
    assert seen == 2
    assert [word for _, word in weak] == ["pale"]
