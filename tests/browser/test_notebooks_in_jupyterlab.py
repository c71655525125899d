"""An analyst opens a notebook, runs it, and moves a slider."""

import re

import pytest

from .conftest import asked, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def is_ready(lab):
    """Whether a kernel is idle and the page is connected to it."""
    kernels = asked(f"{lab}/api/kernels")
    return any(k["execution_state"] == "idle" and k["connections"] for k in kernels)


def opened(browser, lab, name):
    """The notebook in JupyterLab, run from top to bottom."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/lab/workspaces/{name}/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    until(lambda: is_ready(lab), "the kernel is idle")
    run_all(page)
    until(lambda: is_done(page), "all cells are done", 150)
    return page


def run_all(page):
    """Click until it is taken: a click before the channel is up is lost in silence."""

    def begun():
        page.keyboard.press("Escape")
        page.click("text=Run >> nth=0")
        page.click("li.lm-Menu-item:has-text('Restart Kernel and Run All Cells')")
        page.click("button:has-text('Restart')")
        page.wait_for_timeout(3000)
        return any("*" in words for words in prompts(page)) or is_done(page)

    until(begun, "the cells begin to run")


def prompts(page):
    return page.eval_on_selector_all(
        ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputPrompt",
        "cells => cells.map(cell => cell.innerText.trim())",
    )


def is_done(page):
    """Whether every cell that can be seen has a number."""
    found = [words for words in prompts(page) if words]
    return bool(found) and all(re.fullmatch(r"\[\d+\]:", words) for words in found)


def errors(page):
    return page.locator(".jp-RenderedText[data-mime-type*='error']").count()


def test_the_letter(browser, lab):
    page = opened(browser, lab, "01_rtf_letter")
    assert errors(page) == 0
    assert page.locator(".es-card").count() >= 1
    assert page.locator("img[src^='data:image/png']").count() >= 1
    assert "underperformed by 41.09" in page.locator(".es-card").first.text_content()
    page.close()


def result(page):
    """The card of the desk: its numbers, and its picture."""
    card = page.locator(".jp-OutputArea-output .widget-html .es-card").first
    return card.inner_text(), card.locator("img").get_attribute("src")


def test_the_desk(browser, lab):
    page = opened(browser, lab, "06_explorer")
    assert errors(page) == 0
    page.wait_for_selector(".widget-html .es-card", timeout=30_000)
    words, picture = result(page)
    assert "−41.09" in words
    slider = page.locator(".widget-slider .noUi-handle").last
    slider.focus()
    page.keyboard.press("ArrowLeft")
    until(lambda: result(page) != (words, picture), "the slider changes the result", 20)
    moved, other = result(page)
    assert moved != words
    assert other != picture
    ticker = page.locator(".widget-text input").first
    ticker.fill("NOPE")
    ticker.press("Enter")
    message = page.locator(".es-message")
    message.wait_for(timeout=20_000)
    assert "NOPE" in message.inner_text()
    assert "Traceback" not in page.inner_text(".jp-NotebookPanel")
    assert errors(page) == 0
    ticker.fill("IMGN")
    ticker.press("Enter")
    until(lambda: page.locator(".es-message").count() == 0, "the sentence goes", 20)
    page.close()
