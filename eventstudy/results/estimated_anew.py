"""The event of a result estimated once more, by another design or on another day."""

from __future__ import annotations

from eventstudy import engine
from eventstudy._windows import Window
from eventstudy.design import Design
from eventstudy.engine import Source
from eventstudy.errors import EventStudyError
from eventstudy.results.effect import Effect
from eventstudy.results.estimable import require_estimable
from eventstudy.results.significance import window_effect
from eventstudy.results.words import car_label


def effect_anew(source: Source, design: Design, window: Window) -> Effect | None:
    """The abnormal return of a window; None where the model cannot be estimated.

    Parameters
    ----------
    source : Source
        Of one event.
    design, window
        The window lies inside the design's event window.
    """
    fit = engine.estimate(source.panel, source.events, design)
    try:
        require_estimable(fit, source, design)
    except EventStudyError:
        return None
    sample = engine.sample(fit, source.events.keys, design, window)
    return window_effect(sample, car_label(window))
