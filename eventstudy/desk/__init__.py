"""The desk: change a setting and see what becomes of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventstudy._call import missing_treatment
from eventstudy.api import analyze
from eventstudy.desk._controls import controls, known_events, layout, outputs
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.report.desk_html import error_html, result_html

if TYPE_CHECKING:
    from eventstudy.results.event_result import EventResult

INSTALL = "Install it: pip install 'investor-eventstudy[notebook]'."
DEFAULTS: dict[str, Any] = {
    "timing": None,
    "market": "^GSPC",
    "industry": None,
    "model": "market_model",
    "event_window": (-10, 10),
    "estimation_window": 250,
    "return_kind": "simple",
    "missing": None,
}


def explorer(ticker: str = "IMGN", date: str | None = None, **options: Any) -> Explorer:
    """Put one event on the desk: settings above, the result below, live.

    Parameters
    ----------
    ticker : str
        The firm to begin with.
    date : str, optional
        Day or instant of the news; the first listed event of the firm by default.
    **options
        Any other keyword of :func:`eventstudy.analyze`, such as ``prices=``; those
        with a control of their own set it.

    Returns
    -------
    Explorer
        Shows itself as the last line of a cell.

    Raises
    ------
    ArgumentError
        Without the package ipywidgets, or for a keyword that analyze does not have.
    """
    try:
        import ipywidgets  # noqa: F401
    except ImportError as error:
        raise ArgumentError("explorer", ticker, "needs ipywidgets", INSTALL) from error
    for name, value in options.items():
        if name not in (analyze.__kwdefaults__ or {}):
            raise ArgumentError(
                name, value, "no keyword of analyze", "See help(eventstudy.analyze)."
            )
    return Explorer(ticker, date, options)


class Explorer:
    """Controls and the result that follows them; made by :func:`explorer`.

    Parameters
    ----------
    ticker : str
    date : str or None
    options : dict
        Keywords of :func:`eventstudy.analyze`.

    Attributes
    ----------
    result : EventResult or None
        The result shown; None while the settings give none.
    widget : ipywidgets.VBox
        All of it, to be placed in a layout of one's own.
    """

    def __init__(self, ticker: str, date: str | None, options: dict[str, Any]) -> None:
        self.result: EventResult | None = None
        missing = missing_treatment(None, options.get("returns"))
        self._defaults = DEFAULTS | {"missing": missing}
        self._fixed = {k: v for k, v in options.items() if k not in DEFAULTS}
        self._quiet = False
        self._controls = controls(self._defaults | options)
        self._shown = outputs()
        self._controls["ticker"].value = ticker
        self._list_events(ticker)
        listed = self._controls["event"].options
        first = str(listed[1][1]) if len(listed) > 1 else ""
        self._controls["date"].value = first if date is None else str(date)
        self.widget = layout(self._controls, self._shown)
        for name, control in self._controls.items():
            control.observe(self._changed(name), "value")
        self.update()

    @property
    def code(self) -> str:
        """The line of Python that gives the result shown; empty if there is none."""
        return "" if self.result is None else repr(self.result.design)

    def update(self) -> None:
        """Compute the result anew, or say in a sentence why it cannot be."""
        try:
            result = analyze(
                self._value("ticker"), self._value("date"), **self._asked()
            )
        except EventStudyError as error:
            self.result = None
            self._shown["message"].value = error_html(str(error))
            self._shown["result"].layout.display = "none"
            return
        self.result = result
        self._shown["message"].value = ""
        self._shown["card"].value = result_html(result)
        self._shown["code"].value = self.code
        self._shown["result"].layout.display = ""

    def _value(self, name: str) -> Any:
        value = self._controls[name].value
        return value.strip() if isinstance(value, str) else value

    def _asked(self) -> dict[str, Any]:
        """Keywords that differ from their defaults."""
        asked = {name: self._value(name) or None for name in DEFAULTS}
        changed = {k: v for k, v in asked.items() if v != self._defaults[k]}
        return {**self._fixed, **changed}

    def _changed(self, name: str) -> Any:
        """What is done when a control has a new value."""

        def act(_change: Any) -> None:
            if self._quiet:
                return
            if name == "ticker":
                self._list_events(self._value("ticker"))
            if name == "event" and self._controls["event"].value:
                self._set("date", self._controls["event"].value)
            if name == "date" and self._value("date") != self._controls["event"].value:
                self._set("event", "")
            self.update()

        return act

    def _set(self, name: str, value: Any) -> None:
        """Move a control without another computation."""
        self._quiet = True
        self._controls[name].value = value
        self._quiet = False

    def _list_events(self, ticker: str) -> None:
        """Offer the known events of the firm."""
        self._quiet = True
        self._controls["event"].options = [("another day", ""), *known_events(ticker)]
        self._controls["event"].value = ""
        self._quiet = False

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        # Where there are no widgets, on a page say, the result stands for the desk.
        still = {"text/plain": repr(self), "text/html": self._shown["card"].value}
        return {**self.widget._repr_mimebundle_(**options), **still}

    def __repr__(self) -> str:
        return f"explorer of {self.code}" if self.code else "explorer"
