"""Putting results of several events beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from eventstudy._windows import Window, window_of
from eventstudy.core.multiple import holm
from eventstudy.core.pvalues import rejects
from eventstudy.errors import ArgumentError, WindowError
from eventstudy.report import formats
from eventstudy.results.comparison import Comparison
from eventstudy.results.design_differences import (
    design_frame,
    design_words,
    difference_notes,
    repeat_notes,
    shared_notes,
)
from eventstudy.results.event_result import EventResult

EFFECT_LEFT_OUT = ["label", "unit", "currency"]


def compare(
    results: Iterable[EventResult], window: int | tuple[int, int] | None = None
) -> Comparison:
    """Put results of several events, tickers or designs beside each other.

    Parameters
    ----------
    results : iterable of EventResult
        As :func:`eventstudy.analyze` and ``study.result(id)`` make them; they may be
        of different tickers, models and windows.  What differs in design is said.
    window : int or tuple of int, optional
        Whose abnormal return is compared: a day, or a pair.  The headline window of
        the first result by default.

    Returns
    -------
    Comparison
        One table, and small multiples with one shared y axis.

    Raises
    ------
    ArgumentError
        For what is no list of results, or an empty one.
    WindowError
        For a window that does not lie in the event window of every result.

    Examples
    --------
    >>> import eventstudy as es
    >>> dates = ["2010-08-27", "2014-11-06"]
    >>> both = es.compare([es.analyze("IMGN", date) for date in dates])
    >>> both.table[["id", "unusual"]].values.tolist()
    [['IMGN-2010-08-27', True], ['IMGN-2014-11-06', False]]
    """
    found = _results(results)
    chosen = _window(found, window)
    designs = design_frame(found)
    labels, ids = [_label(result) for result in found], _ids(found)
    return Comparison(
        results=found,
        ids=ids,
        window=chosen,
        notes=(
            *_headline_notes(found, chosen, named=window is not None),
            *difference_notes(designs, labels),
            *repeat_notes(found),
            *shared_notes(found, chosen),
        ),
        labels=tuple(labels),
        designs=tuple(design_words(designs)),
        _rows=_comparison_frame(found, ids, chosen, designs),
    )


def _results(results: object) -> tuple[EventResult, ...]:
    way_out = "Pass a list: es.compare([es.analyze(...), es.analyze(...)])."
    if isinstance(results, EventResult) or not isinstance(results, Iterable):
        raise ArgumentError("results", type(results).__name__, "not a list", way_out)
    found = tuple(results)
    if not found:
        raise ArgumentError("results", results, "there is none in it", way_out)
    for place, result in enumerate(found):
        if not isinstance(result, EventResult):
            raise ArgumentError(
                f"results[{place}]", type(result).__name__,
                "not the result of one event",
                "Take those of es.analyze(...), or study.result(id) of a study.",
            )  # fmt: skip
    return found


def _window(
    results: Sequence[EventResult], asked: int | tuple[int, int] | None
) -> Window:
    """The window asked for, or the first headline window; it must fit everywhere."""
    value = results[0].design.windows[0] if asked is None else asked
    for result in results:
        try:
            window = window_of(value, None, result.design.event_window)
        except WindowError as error:
            raise WindowError(
                "window", value if isinstance(value, int) else tuple(value),
                f"{_label(result)}: {error.bound}",
                f"Choose another window=, or analyze that event again. {error.way_out}",
            ) from error  # fmt: skip
    return window


def _label(result: EventResult) -> str:
    return f"{result.ticker}, {formats.short_day(result.day0)}"


def _asked(result: EventResult) -> pd.Timestamp:
    """The date that was asked for; that of the instant where one was."""
    event = result.event
    if event.date is not None:
        return event.date
    assert event.announced_at is not None  # noqa: S101 - an event has one of them
    return event.announced_at.tz_localize(None).normalize()


def _ids(results: Sequence[EventResult]) -> tuple[str, ...]:
    """Ticker and day 0, numbered where they come again."""
    seen: dict[str, int] = {}
    found = []
    for result in results:
        key = f"{result.ticker}-{formats.iso_day(result.day0)}"
        seen[key] = seen.get(key, 0) + 1
        found.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return tuple(found)


def _headline_notes(
    results: Sequence[EventResult], window: Window, *, named: bool
) -> list[str]:
    """Say that a verdict of a result rests on another window than the comparison."""
    others = {result.design.windows[0] for result in results} - {window}
    if not others or named:
        return []
    words = " and ".join(formats.window_words(*other) for other in sorted(others))
    compared = formats.window_words(*window)
    said = f"Compared is {compared}, the headline window of the first result; other "
    return [f"{said}verdicts rest on {words}."]


def _comparison_frame(
    results: Sequence[EventResult],
    ids: Sequence[str],
    window: Window,
    designs: pd.DataFrame,
) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {
                "id": key,
                "ticker": result.ticker,
                "date": _asked(result),
                "day0": result.day0,
                "headline": result.headline,
                **design,
                "model": result.design.model.key,
                "market": design["market"] or "none",
                "window": window.label,
                "start": window.start,
                "end": window.end,
                **result.car(window).to_dict(),
            }
            for key, result, design in zip(
                ids, results, designs.to_dict(orient="records"), strict=True
            )
        ]
    ).drop(columns=EFFECT_LEFT_OUT)
    p = frame["p_value"].to_numpy(float)
    levels = [result.design.level for result in results]
    unusual = [bool(rejects(own, level)) for own, level in zip(p, levels, strict=True)]
    return frame.assign(holm=holm(p), unusual=unusual)
