"""The same event under a few other usual designs, one choice changed at a time."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventstudy._windows import Window
from eventstudy.design import Design
from eventstudy.models._base import find_model, needed
from eventstudy.results.effect import Effect
from eventstudy.results.estimated_anew import effect_anew
from eventstudy.results.words import in_sentence, window_words

if TYPE_CHECKING:
    from eventstudy.results.event_result import EventResult

MODELS = ("market_model", "market_adjusted", "constant_mean")
LENGTHS = (250, 120, 200)
WINDOWS = (Window(0, 0), Window(0, 1), Window(-1, 1))
USUAL: dict[str, tuple[object, ...]] = {
    "model": MODELS,
    "estimation_window": LENGTHS,
    "windows": tuple(map(tuple, WINDOWS)),
}
PLURALS = {
    "model": "models",
    "market": "markets",
    "industry": "industries",
    "return_kind": "return_kinds",
    "estimation_window": "estimation_windows",
}


@dataclass(frozen=True, slots=True, eq=False)
class OtherDesign:
    """What another design says of the event.

    Parameters
    ----------
    words : str
        The choice that differs, within a sentence: "over days 0 to +1".
    effect : Effect
        Its abnormal return; NaN with a reason where it does not exist.
    """

    words: str
    effect: Effect


def other_designs(result: EventResult) -> tuple[OtherDesign, ...]:
    """Estimate the event by other models, estimation windows and windows.

    Parameters
    ----------
    result : EventResult
        With its estimates.

    Returns
    -------
    tuple of OtherDesign
        Choices of the default :func:`eventstudy.specification_curve`, as far as the
        data of the result hold them: no source is asked for more.  Each is what
        ``analyze`` gives with that one setting, to the bit.
    """
    design = result.design
    found = [
        OtherDesign(words, effect)
        for words, other in (*_models(result), *_lengths(result))
        if (effect := effect_anew(result._source, other, design.windows[0])) is not None
    ]
    for window in WINDOWS:
        if window != design.windows[0] and design.event_window.holds(window):
            place = "on" if window.days == 1 else "over"
            words = f"{place} {window_words(window)}"
            found.append(OtherDesign(words, result.car(window)))
    return tuple(found)


def _models(result: EventResult) -> Iterator[tuple[str, Design]]:
    """Other models whose series are there; none beside an industry index."""
    design, source = result.design, result._source
    if "industry" in design.model.regressors:
        return
    series = source.panel.benchmarks[int(source.events.benchmark[0])]
    for model in map(find_model, MODELS):
        if model.key != design.model.key and set(needed(model)) <= set(series):
            words = f"with the {in_sentence(model.name)}"
            yield words, dataclasses.replace(design, model=model)


def _lengths(result: EventResult) -> Iterator[tuple[str, Design]]:
    """Other lengths of the estimation window, for which there are days."""
    design, source = result.design, result._source
    if source.events.estimation is not None:
        return
    end, day0 = design.estimation_window.end, int(source.events.day0[0])
    for length in LENGTHS:
        window = Window(end - length + 1, end)
        if window != design.estimation_window and day0 + window.start > 0:
            words = f"with {length} estimation days"
            yield words, dataclasses.replace(design, estimation_window=window)


def curve_call(call: str) -> str:
    """The line for the specification curve of an analysis.

    Parameters
    ----------
    call : str
        The line of the analysis: ``es.analyze('IMGN', '2010-08-27')``.

    Returns
    -------
    str
        Each choice of the analysis first in its list; empty for another line.

    Examples
    --------
    >>> curve_call("es.analyze('IMGN', '2010-08-27', return_kind='log')")
    "es.specification_curve('IMGN', '2010-08-27', return_kinds=['log'])"
    """
    if not call.startswith("es.analyze("):
        return ""
    line = ast.parse(call, mode="eval").body
    assert isinstance(line, ast.Call)  # noqa: S101 - it begins as one
    line.func = ast.Name("es.specification_curve")
    line.keywords = [_plural(own) for own in line.keywords if own.arg != "tests"]
    return ast.unparse(line)


def _plural(own: ast.keyword) -> ast.keyword:
    """A setting as a list of choices, followed by the usual ones."""
    value, usual = own.value, USUAL.get(own.arg or "", ())
    if own.arg == "windows" and isinstance(value, ast.List | ast.Tuple):
        return ast.keyword(own.arg, _with(value.elts, usual))
    if own.arg not in PLURALS:
        return own
    literal = isinstance(value, ast.Constant) and value.value is not None
    return ast.keyword(PLURALS[own.arg], _with([value], usual if literal else ()))


def _with(values: list[ast.expr], usual: Iterable[object]) -> ast.List:
    """A list of what was asked, then of what is usual and not in it."""
    asked = [ast.unparse(value) for value in values]
    more = [repr(value) for value in usual if repr(value) not in asked]
    return ast.List([*values, *(ast.parse(word, mode="eval").body for word in more)])
