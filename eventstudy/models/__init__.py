"""Expected-return models: one file each, found through the registry."""

from __future__ import annotations

from eventstudy.models._base import (
    MODELS,
    ExpectedReturnModel,
    LinearModel,
    find_model,
    list_models,
    register,
)

__all__ = [
    "MODELS",
    "ExpectedReturnModel",
    "LinearModel",
    "find_model",
    "list_models",
    "register",
]
