"""What a placebo study of the tests came to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from eventstudy.report.records import to_json_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ERRORS = 2.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SizeAndPower:
    """Rejection rates of tests on placebo events.

    Parameters
    ----------
    table : DataFrame
        A row a test, window and effect: ``test``, ``window``, ``effect`` (decimal
        shock on day 0), ``rejections``, ``rate``, ``valid`` (share of the placebo
        studies in which the test calls itself valid), ``std_error`` of the rate.
    n_events, replications : int
        Events in each placebo study, and number of these.
    level : float
        Significance level of the tests.
    dates : str
        ``random`` or ``common``.
    seed : int
    """

    table: pd.DataFrame
    n_events: int
    replications: int
    level: float
    dates: str
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """The table."""
        return self.table.copy()

    def to_json(self) -> str:
        """The table and its settings as JSON."""
        return to_json_text(
            {
                "table": self.table,
                "n_events": self.n_events,
                "replications": self.replications,
                "level": self.level,
                "dates": self.dates,
                "seed": self.seed,
            }
        )

    def best(self, window: str | None = None) -> str:
        """The test to use: the most powerful of those that hold their level.

        Parameters
        ----------
        window : str, optional
            Label such as ``"[-1,+1]"``; the first window by default.

        Returns
        -------
        str
            Its key; empty where no test holds its level, or no shock was added.
        """
        frame = self.table
        mine = frame[frame["window"] == (window or frame["window"].iloc[0])]
        bound = math.sqrt(self.level * (1 - self.level) / self.replications)
        size = mine[mine["effect"] == 0].set_index("test")
        holds = size.index[
            (size["rate"] <= self.level + ERRORS * bound) & (size["valid"] > 0.5)
        ]
        power = mine[(mine["effect"] != 0) & mine["test"].isin(holds)]
        if power.empty:
            return ""
        weakest = power[power["effect"].abs() == power["effect"].abs().min()]
        return str(weakest.sort_values("rate", ascending=False)["test"].iloc[0])

    def plot(
        self,
        window: str | None = None,
        ax: Axes | None = None,
        preset: str = "screen",
    ) -> Figure | Axes:
        """Size of each test beside the level, and its power for each shock.

        Parameters
        ----------
        window : str, optional
            As in :meth:`best`.
        ax : Axes, optional
            Draw there.
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
        from eventstudy.report.plots._rejection_rates import draw_rejection_rates

        chosen = window or str(self.table["window"].iloc[0])
        return draw_rejection_rates(self, chosen, ax, preset)

    def __repr__(self) -> str:
        frame = self.table.assign(
            cell=[f"{100 * rate:.1f} %" for rate in self.table["rate"]]
        )
        wide = frame.pivot_table(
            index="test", columns=["window", "effect"], values="cell", aggfunc="first"
        )
        head = (
            f"Rejection rates over {self.replications} placebo studies of "
            f"{self.n_events} events on {self.dates} dates, level {self.level:.0%}"
        )
        lines = [head, wide.to_string()]
        if best := self.best():
            lines.append(f"Use this one: {best}")
        return "\n".join(lines)
