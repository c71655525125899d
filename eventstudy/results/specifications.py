"""What one event comes to under many designs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from eventstudy.errors import ArgumentError
from eventstudy.report.records import to_json_text
from eventstudy.report.specification_text import curve_html, curve_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHOICES = (
    "model", "market", "industry", "return_kind", "estimation_window", "window"
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SpecificationCurve:
    """The effect of one event under every combination of some choices.

    Built by :func:`eventstudy.specification_curve`.

    Parameters
    ----------
    table : DataFrame
        A row a specification, the one that would be reported first: its choices
        (``model``, ``market``, ``industry``, ``return_kind``, ``estimation_window``,
        ``window``) and the fields of an :class:`eventstudy.Effect` in decimals.  NaN
        = it cannot be estimated, and ``reason`` says why.
    ticker : str
    day0 : Timestamp
    confidence : float
        Level of the intervals.
    provenance : mapping
        Where the data of the first specification are from.
    """

    table: pd.DataFrame
    ticker: str
    day0: pd.Timestamp
    confidence: float
    provenance: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.table)

    @property
    def estimated(self) -> pd.DataFrame:
        """The specifications that can be estimated."""
        return self.table[self.table["value"].notna()]

    @property
    def median(self) -> float:
        """Median of the effects, decimals."""
        return float(self.estimated["value"].median())

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest effect, decimals."""
        values = self.estimated["value"]
        return float(values.min()), float(values.max())

    @property
    def share_significant(self) -> float:
        """Share of the specifications whose exact t test rejects at the level.

        They are estimates of one event from the same days: the share describes how
        far the conclusion hangs on choices, and is no test.
        """
        return float((self.estimated["p_value"] < 1.0 - self.confidence).mean())

    def by(self, choice: str) -> pd.DataFrame:
        """How the effects differ along one choice.

        Parameters
        ----------
        choice : str
            ``model``, ``market``, ``industry``, ``return_kind``,
            ``estimation_window`` or ``window``.

        Returns
        -------
        DataFrame
            A row a value of the choice: ``number`` of specifications, ``median``,
            ``lowest``, ``highest`` (decimals) and ``share_significant``.

        Raises
        ------
        ArgumentError
        """
        if choice not in CHOICES:
            raise ArgumentError(
                "choice", choice, "not a choice", f"Use one of {', '.join(CHOICES)}."
            )
        found = self.estimated.assign(
            rejects=self.estimated["p_value"] < 1.0 - self.confidence
        )
        groups = found.groupby(choice, sort=False)
        return pd.DataFrame(
            {
                "number": groups.size(),
                "median": groups["value"].median(),
                "lowest": groups["value"].min(),
                "highest": groups["value"].max(),
                "share_significant": groups["rejects"].mean(),
            }
        )

    def varied(self) -> list[str]:
        """The choices that differ between specifications, the widest gap first."""
        gaps = {
            name: float(np.ptp(self.by(name)["median"]))
            for name in CHOICES
            if len(self.table[name].unique()) > 1
        }
        return sorted(gaps, key=lambda name: -gaps[name])

    def to_frame(self) -> pd.DataFrame:
        """The table."""
        return self.table.copy()

    def to_json(self) -> str:
        """The table and what it is of, as JSON."""
        return to_json_text(
            {
                "table": self.table,
                "ticker": self.ticker,
                "day0": self.day0,
                "confidence": self.confidence,
                "provenance": self.provenance,
            }
        )

    def plot(self, ax: Axes | None = None, preset: str = "screen") -> Figure | Axes:
        """Draw the effects by size, and below them the choices that made them.

        Parameters
        ----------
        ax : Axes, optional
            Draw the effects alone there.
        preset : {"screen", "paper", "slide"}
            Where the figure goes, as of :meth:`EventResult.plot`.

        Returns
        -------
        Figure or Axes

        Raises
        ------
        ArgumentError
            For an unknown preset, and for one beside ``ax``.
        """
        from eventstudy.report.plots._specifications import draw_specifications

        return draw_specifications(self, ax, preset)

    def _repr_html_(self) -> str:
        return curve_html(self)

    def __repr__(self) -> str:
        return curve_text(self)
