"""The market's return of the day; nothing is estimated (methods 2.1)."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="market_adjusted",
        name="Market-adjusted return",
        reference="Brown & Warner (1980), J. Financial Economics 8, 205-258.",
        intercept=False,
        subtract="market",
    )
)
