"""Excess return on the market's excess return; ``using`` can drop alpha."""

from __future__ import annotations

from eventstudy.models._base import LinearModel, register

MODEL = register(
    LinearModel(
        key="capm",
        name="CAPM",
        reference=(
            "Campbell, Lo & MacKinlay (1997), Econometrics of Financial Markets, ch. 4."
        ),
        regressors=("market",),
        subtract="rf",
    )
)
