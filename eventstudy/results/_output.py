"""How a result leaves the session: text, page, frame, record, figure."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventstudy.report.files import write_text
from eventstudy.report.records import to_json_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Summary(str):
    """Text that prints as it reads, also as the last line of a cell."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Output:
    """What every result can do; a result adds its numbers and how they are shown."""

    __slots__ = ()

    @abstractmethod
    def _text(self) -> str:
        """The card as plain text."""

    @abstractmethod
    def _card(self) -> str:
        """The card as HTML for a notebook."""

    @abstractmethod
    def _page(self) -> str:
        """The result as a page of its own."""

    @abstractmethod
    def _draw(self, kind: str, ax: Axes | None, preset: str) -> Figure | Axes:
        """A figure, or a part of it on the axes."""

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """The main table of the result."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """All numbers, raw, by name."""

    def summary(self) -> Summary:
        """The card as plain text, at most 88 columns wide."""
        return Summary(self._text())

    def to_json(self, path: str | Path | None = None) -> str:
        """The result as JSON: sorted keys, NaN as null.

        Parameters
        ----------
        path : str or Path, optional
            Also write it there.

        Returns
        -------
        str
        """
        text = to_json_text(self.to_dict())
        if path is not None:
            write_text(path, text)
        return text

    def to_html(self, path: str | Path | None = None) -> str:
        """One self-contained page: no script, no outside request.

        Parameters
        ----------
        path : str or Path, optional
            Also write it there.

        Returns
        -------
        str
            The page.
        """
        page = self._page()
        if path is not None:
            write_text(path, page)
        return page

    def plot(
        self, kind: str = "overview", ax: Axes | None = None, preset: str = "screen"
    ) -> Figure | Axes:
        """Draw the result.

        Parameters
        ----------
        kind : str
            ``overview``, or one of its parts.  One event: ``price``,
            ``abnormal_returns``, ``cumulative``.  A study: ``aar``, ``caar``,
            ``distribution``, ``forest``, ``heatmap``, ``spaghetti``, ``tests``,
            ``timeline``.
        ax : Axes, optional
            Draw a part there.
        preset : {"screen", "paper", "slide"}
            Where the figure goes.  ``paper``: one column of 3.5 inches, in greys that
            stay apart in print, the title left to the caption.  ``slide``: large
            type, 1920 by 1080 pixels; an overview then has two panels.

        Returns
        -------
        Figure or Axes
            A figure of our own when ``ax`` is not given, else the axes.

        Raises
        ------
        ArgumentError
            For an unknown kind or preset, and for ``overview`` or a preset beside
            ``ax``.
        """
        return self._draw(kind, ax, preset)

    def _repr_html_(self) -> str:
        return self._card()

    def __repr__(self) -> str:
        return self._text()
