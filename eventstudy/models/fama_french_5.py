"""Market, size, value, profitability and investment factors."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="fama_french_5",
        name="Fama-French five factors",
        reference="Fama & French (2015), J. Financial Economics 116, 1-22.",
        regressors=("mkt_rf", "smb", "hml", "rmw", "cma"),
        subtract="rf",
    )
)
