"""Market, size and value factors."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="fama_french_3",
        name="Fama-French three factors",
        reference="Fama & French (1993), J. Financial Economics 33, 3-56.",
        regressors=("mkt_rf", "smb", "hml"),
        subtract="rf",
    )
)
