"""The five factors and momentum."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="fama_french_6",
        name="Fama-French five factors and momentum",
        reference="Fama & French (2018), J. Financial Economics 128, 234-252.",
        regressors=("mkt_rf", "smb", "hml", "rmw", "cma", "mom"),
        subtract="rf",
    )
)
