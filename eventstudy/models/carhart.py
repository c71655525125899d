"""Market, size, value and momentum factors."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="carhart",
        name="Carhart four factors",
        reference="Carhart (1997), J. Finance 52, 57-82.",
        regressors=("mkt_rf", "smb", "hml", "mom"),
        subtract="rf",
    )
)
