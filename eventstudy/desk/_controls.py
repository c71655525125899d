"""The controls of the desk, and where its result is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from eventstudy.errors import UnknownTickerError
from eventstudy.models._base import list_models
from eventstudy.prices.bundled import list_events
from eventstudy.report.desk_html import STYLE

if TYPE_CHECKING:
    import ipywidgets

FURTHEST = 30  # days on either side of the event that the sliders reach
TIMINGS = (
    ("not known", ""),
    ("before the open", "before_open"),
    ("while trading", "during"),
    ("after the close", "after_close"),
)
MISSING = (
    ("as returns of several days", "trade_to_trade"),
    ("left out", "available"),
)


def known_events(ticker: str) -> list[tuple[str, str]]:
    """Words and date of each known event, the newest first."""
    try:
        events = list_events(ticker)
    except UnknownTickerError:
        return []
    days = pd.to_datetime(events["date"])
    order = days.sort_values(ascending=False, kind="stable").index
    return [
        (f"{days[i].date()}  {events['headline'][i]}"[:90], str(days[i].date()))
        for i in dict.fromkeys(order)
    ]


def controls(start: dict[str, Any]) -> dict[str, ipywidgets.Widget]:
    """One control a setting; each takes the keyboard, and says what it is for."""
    import ipywidgets as w

    look = {"style": {"description_width": "8.5em"}, "layout": w.Layout(width="auto")}
    text = {**look, "continuous_update": False}
    models = dict.fromkeys([str(start["model"]), *map(str, list_models().index)])
    return {
        "ticker": w.Text(description="Ticker", **text),
        "event": w.Dropdown(description="Known event", options=[("", "")], **look),
        "date": w.Text(description="Date or instant", **text),
        "timing": w.Dropdown(
            description="Time of day",
            options=TIMINGS,
            value=start["timing"] or "",
            **look,
        ),
        "market": w.Text(description="Market", value=str(start["market"]), **text),
        "industry": w.Text(
            description="Industry",
            value=start["industry"] or "",
            placeholder="none",
            **text,
        ),
        "model": w.Dropdown(
            description="Model", options=list(models), value=start["model"], **look
        ),
        "event_window": w.IntRangeSlider(
            description="Event window",
            min=-FURTHEST,
            max=FURTHEST,
            value=start["event_window"],
            **text,
        ),
        "estimation_window": w.IntSlider(
            description="Estimation days",
            min=100,
            max=500,
            step=10,
            value=start["estimation_window"],
            **text,
        ),
        "return_kind": w.ToggleButtons(
            description="Returns",
            options=["simple", "log"],
            value=start["return_kind"],
            style={**look["style"], "button_width": "6em"},
        ),
        "missing": w.Dropdown(
            description="Missing days",
            options=MISSING,
            value=start["missing"],
            **look,
        ),
    }


def outputs() -> dict[str, ipywidgets.Widget]:
    """Where the result is shown."""
    import ipywidgets as w

    shown = {
        "message": w.HTML(),
        "card": w.HTML(),
        "code": w.Textarea(
            description="This result in Python",
            rows=2,
            style={"description_width": "11em"},
            layout=w.Layout(width="auto"),
        ),
    }
    parts = [shown["card"], shown["code"]]
    return {**shown, "result": w.VBox(parts)}


def layout(
    settings: dict[str, ipywidgets.Widget], shown: dict[str, ipywidgets.Widget]
) -> ipywidgets.VBox:
    """Controls in as many columns as there is room for; the result below."""
    import ipywidgets as w

    columns = "repeat(auto-fit, minmax(19rem, 1fr))"
    grid = w.GridBox(
        list(settings.values()),
        layout=w.Layout(grid_template_columns=columns, grid_gap="0.1rem 1rem"),
    )
    head = w.HTML(STYLE)
    return w.VBox([head, grid, shown["message"], shown["result"]])
