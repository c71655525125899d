"""A constant plus beta times the market."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="market_model",
        name="Market model",
        reference="MacKinlay (1997), J. Economic Literature 35, 13-39, eq. 3.",
        regressors=("market",),
    )
)
