"""The mean of the firm's own returns."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="constant_mean",
        name="Constant mean return",
        reference="Brown & Warner (1980), J. Financial Economics 8, 205-258.",
    )
)
