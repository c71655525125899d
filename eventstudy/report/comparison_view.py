"""What the reports read of a comparison, so that they need to know none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from eventstudy.report._base import EventView


class ComparisonView(Protocol):
    """Results of several events beside each other, as far as they are shown."""

    @property
    def results(self) -> Sequence[EventView]:
        """In the order in which they are shown."""

    @property
    def ids(self) -> Sequence[str]:
        """A name a result, each once."""

    @property
    def labels(self) -> Sequence[str]:
        """What each is of: ticker and day 0 in words."""

    @property
    def designs(self) -> Sequence[str]:
        """What sets the design of each apart; empty if nothing does."""

    @property
    def window(self) -> tuple[int, int]:
        """Whose abnormal return is compared."""

    @property
    def notes(self) -> Sequence[str]:
        """How they differ, which share days."""

    @property
    def table(self) -> pd.DataFrame:
        """A row a result: the fields of its effect, ``holm``, ``unusual``."""

    @property
    def abnormal_returns(self) -> pd.DataFrame:
        """All event windows day by day; ``id`` says whose."""

    @property
    def code(self) -> str:
        """The line of Python that makes it."""

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Source, day of retrieval and hash of each series."""
