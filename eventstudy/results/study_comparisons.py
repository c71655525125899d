"""What a study says of differences between its events: methods of its result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from eventstudy._windows import window_of
from eventstudy.results import cross_section
from eventstudy.results.effect import Effect

if TYPE_CHECKING:
    import pandas as pd

    from eventstudy.results.regression import CrossSectionRegression, Method
    from eventstudy.results.study_result import StudyResult


class Comparisons:
    """Groups, regressions and weighted means of a study."""

    __slots__ = ()

    def by(self, column: str) -> pd.DataFrame:
        """The mean effect of each group of events in each window of the design.

        Parameters
        ----------
        column : str
            Of ``events``; each of its values is a group.

        Returns
        -------
        DataFrame
            One row a group and window: ``group``, ``window``, ``start``, ``end``, the
            fields of an Effect, and p-values adjusted for all rows: ``holm``,
            ``benjamini_hochberg``, ``romano_wolf``.
        """
        return cross_section.by(self._study, column)

    def compare(
        self,
        column: str,
        start: int | tuple[int, int] = 0,
        end: int | None = None,
        *,
        pairs: str | None = None,
        on: Literal["car", "scar"] = "car",
    ) -> pd.DataFrame:
        """Whether the effects of groups differ (methods 5.2).

        Parameters
        ----------
        column : str
            Of ``events``.
        start, end : int
            As in :meth:`caar`.
        pairs : str, optional
            A column that names matched pairs.
        on : {"car", "scar"}
            What is compared.

        Returns
        -------
        DataFrame
            One row a test: ``test``, ``groups``, ``difference``, ``statistic``,
            ``df``, ``p_value``, ``null``, ``valid``, ``reason``.
        """
        window = window_of(start, end, self._study.design.event_window)
        return cross_section.compare(self._study, column, window, pairs=pairs, on=on)

    def regress(
        self,
        columns: str | Sequence[str],
        start: int | tuple[int, int] = 0,
        end: int | None = None,
        *,
        method: Method = "hc3",
    ) -> CrossSectionRegression:
        """Regress the CARs on columns of the events (methods 5.1).

        Parameters
        ----------
        columns : str or sequence of str
            Numbers, truth values or categories, known before the window began.
        start, end : int
            As in :meth:`caar`.
        method : {"hc3", "hc1", "by_date", "wls", "wls_tau", "portfolio"}
            How standard errors, or weights, are formed.

        Returns
        -------
        CrossSectionRegression
        """
        window = window_of(start, end, self._study.design.event_window)
        return cross_section.regress(self._study, columns, window, method=method)

    def weighted_caar(
        self,
        weights: str = "precision",
        start: int | tuple[int, int] = 0,
        end: int | None = None,
    ) -> Effect:
        """Weighted mean of the CARs.

        Parameters
        ----------
        weights : str
            ``precision`` (1 / variance), or a column of ``events`` such as market
            values.
        start, end : int
            As in :meth:`caar`.

        Returns
        -------
        Effect
        """
        window = window_of(start, end, self._study.design.event_window)
        return cross_section.weighted_mean(self._study, window, weights)

    @property
    def _study(self) -> StudyResult:
        return cast("StudyResult", self)
