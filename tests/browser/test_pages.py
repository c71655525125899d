"""What is sent to others opens anywhere: no request, no error, no sideways scroll."""

import pytest

import eventstudy as es

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def event(path):
    es.analyze("IMGN", "2010-08-27", industry="IBB").to_html(path)


def study(path):
    es.study(es.list_events("IMGN")).to_html(path)


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("make", [event, study])
def test_a_page(browser, tmp_path, make, width):
    path = tmp_path / "page.html"
    make(path)
    page = browser.new_page(viewport={"width": width, "height": 900})
    requests, problems = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda said: problems.append(said.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    assert not problems
    outside = [u for u in requests if not u.startswith(("file:", "data:"))]
    assert not outside
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pictures = page.locator("img:visible")
    assert pictures.count() >= 1
    for i in range(pictures.count()):
        assert pictures.nth(i).evaluate("img => img.naturalWidth") > 0
        assert pictures.nth(i).get_attribute("alt")
    page.close()
