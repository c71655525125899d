"""How the numbers were found, as paragraphs that cite their sources."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from eventstudy.report import _words, formats
from eventstudy.report._base import EventView, Sourced, Tested
from eventstudy.report._citations import cite, plain
from eventstudy.report._day_treatments import delisting_words, treatment_words
from eventstudy.report.formats import window_words

MACKINLAY = "MacKinlay (1997)"
GELBACH = "Gelbach, Helland & Klick (2013)"


def paragraphs(view: EventView) -> list[str]:
    """Estimation, inference, tests, money and limits, in that order; they cite."""
    parts = (_estimation, _inference, _tests)
    return [*(part(view) for part in parts), _money(), _limits()]


def section(view: EventView) -> list[str]:
    """A methods section: the event and its data, then :func:`paragraphs`."""
    first, *rest = paragraphs(view)
    return [_event(view), f"{first} {windows_words(view.design.windows)}", *rest]


def _event(view: EventView) -> str:
    news = f": “{view.headline}”" if view.headline else ""
    return plain(
        f"The study is of one event (N = 1) of {_words.name(view)}{news}. "
        f"{view.day_zero.sentence} {data_words(_words.sources(view))}"
    ).strip()


def data_words(sources: list[tuple[str, str]]) -> str:
    """Where each series is from, in one sentence; nothing where nobody said."""
    said = "; ".join(f"{name}, {origin}" for name, origin in sources)
    return f"Data: {said}." if said else ""


def windows_words(windows: tuple[tuple[int, int], ...]) -> str:
    """Name the windows, the one that carries the finding first."""
    first, *others = [window_words(*window) for window in windows]
    more = f"; also reported: {', '.join(others)}" if others else ""
    return f"The finding is that of {first}{more}."


def _estimation(view: EventView) -> str:
    first, last = view.design.estimation_window
    kind = "Logarithmic" if view.design.return_kind == "log" else "Simple"
    how = (
        f"with coefficients estimated on {view.model.nobs:,} trading days"
        if len(view.model.params)
        else f"with residual spread taken from {view.model.nobs:,} trading days"
    )
    return (
        f"{kind} daily returns. Model of the expected return: "
        f"{plain(view.model.name + _words.against(view))}{cite(view.model.reference)}, "
        f"{how} before the event ({window_words(first, last)}, counted from day 0). "
        "The abnormal return is the actual one less the expected."
        f"{treatment_words(view.design)}{delisting_words(view.provenance)}"
    )


def _inference(view: EventView) -> str:
    df = formats.count(view.model.df)
    text = (
        "Standard errors hold the residual variance and the error of the estimated "
        "coefficients, which moves all days of a window together. Intervals and "
        f"p-values are those of Student's t with {df} degrees of freedom: exact for "
        f"normal errors of unchanged variance{cite(MACKINLAY)}."
    )
    if view.windows["empirical_p_value"].notna().any():
        text += (
            " The rank p-value needs no normality: it places the standardised move "
            "among those of the estimation window, day against days, window against "
            f"windows of the same length{cite(GELBACH)}."
        )
    return text


def _tests(view: EventView) -> str:
    window = _words.headline_window(view)
    return tests_words(view, view.tests(*window), window, _words.test_name)


def tests_words(
    view: Tested,
    frame: pd.DataFrame,
    window: tuple[int, int],
    name: Callable[[str], str],
) -> str:
    """The tests that were computed, those that hold their level first, with sources."""
    computed = frame[frame["statistic"].notna()]
    held, other = (
        "; ".join(f"{plain(name(key))}{cite(view.test_reference(key))}" for key in keys)
        for keys in (
            computed.loc[computed["valid"], "test"],
            computed.loc[~computed["valid"], "test"],
        )
    )
    said = [f"Tests of {window_words(*window)}: {held}."] if held else []
    if other:
        said.append(f"For comparison, their level not assured here: {other}.")
    return " ".join(said) or "No test could be computed."


def _money() -> str:
    return (
        "The change of market value is the market value before the window, shares "
        "times the unadjusted close, times the abnormal return, compounded where "
        "that matters. It is a change against the path that the model expected, and "
        "its significance is that of the return."
    )


def _limits() -> str:
    return (
        "A single event cannot tell a change of value from a rise of variance. The "
        "finding is that the move was large, or not, against the share's own "
        "history; what caused it is a matter of the other news of those days."
    )


def versions(view: Sourced) -> str:
    """The software, where the provenance names it."""
    found = view.provenance.get("versions")
    if not isinstance(found, dict):
        return ""
    return ", ".join(f"{name} {version}" for name, version in found.items())


def names(view: EventView) -> str:
    """What the page is about, for its title."""
    return f"{_words.name(view)}, {formats.day_words(view.day0)}"
