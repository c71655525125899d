"""How the numbers were found, as a paragraph with its references."""

from __future__ import annotations

from eventstudy.report import _words, formats
from eventstudy.report._base import EventView, Sourced
from eventstudy.report.formats import window_words

MACKINLAY = (
    "MacKinlay (1997), Event studies in economics and finance, Journal of Economic "
    "Literature 35, 13-39."
)
GELBACH = (
    "Gelbach, Helland & Klick (2013), Valid inference in single-firm, single-event "
    "studies, American Law and Economics Review 15, 495-541."
)


def paragraphs(view: EventView) -> list[str]:
    """Estimation, inference, money and limits, in that order."""
    return [_estimation(view), _inference(view), _money(), _limits()]


def references(view: EventView) -> list[str]:
    """Of the model and the methods used; each once, in the order of the text."""
    ranked = view.windows["empirical_p_value"].notna().any()
    found = [view.model.reference, MACKINLAY, *([GELBACH] if ranked else [])]
    kept: dict[str, str] = {}
    for reference in filter(None, found):
        author = reference.partition(",")[0]
        kept[author] = max(reference, kept.get(author, ""), key=len)
    return list(kept.values())


def _estimation(view: EventView) -> str:
    first, last = view.design.estimation_window
    kind = "Logarithmic" if view.design.return_kind == "log" else "Simple"
    how = (
        f"with coefficients estimated on {view.model.nobs:,} trading days"
        if len(view.model.params)
        else f"with residual spread taken from {view.model.nobs:,} trading days"
    )
    return (
        f"{kind} daily returns. The expected return is that of the model "
        f"({view.model.name}), {how} before the event ({window_words(first, last)}, "
        "counted from day 0); the abnormal return is the actual one less the expected."
    )


def _inference(view: EventView) -> str:
    df = formats.count(view.model.df)
    text = (
        "Standard errors hold the residual variance and the error of the estimated "
        "coefficients, which moves all days of a window together. Intervals and "
        f"p-values are those of Student's t with {df} degrees of freedom: exact for "
        "normal errors of unchanged variance."
    )
    if view.windows["empirical_p_value"].notna().any():
        text += (
            " The rank p-value needs no normality: it places the standardised move "
            "among those of the estimation window, day against days, window against "
            "windows of the same length."
        )
    return text


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
