"""What an expected-return model is: a design matrix, stated in words.

A linear model says which regressors stand in its rows, whether a constant is
estimated, and what is taken off the firm's return first.  Estimation, forecast
error and degrees of freedom are written once, in :mod:`eventstudy.core`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, runtime_checkable

from eventstudy._registry import Registry
from eventstudy._typing import FloatArray
from eventstudy.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

Subtract: TypeAlias = Literal["", "rf", "market"]
Series: TypeAlias = Mapping[str, FloatArray]

FROM_PRICES = ("market", "industry")
COEFFICIENT_NAMES = {"market": "beta", "mkt_rf": "beta"}


@runtime_checkable
class ExpectedReturnModel(Protocol):
    """The protocol of a linear model; see :class:`LinearModel` for the fields."""

    @property
    def key(self) -> str:
        """How users name it."""

    @property
    def name(self) -> str:
        """How people read it."""

    @property
    def reference(self) -> str:
        """Author, year, journal."""

    @property
    def regressors(self) -> tuple[str, ...]:
        """Columns after the constant."""

    @property
    def intercept(self) -> bool:
        """Whether a constant is estimated."""

    @property
    def subtract(self) -> Subtract:
        """What is taken off the firm's return."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A linear expected-return model.

    Parameters
    ----------
    key, name : str
        How users name it; how people read it.
    reference : str
        Author, year, journal.
    regressors : tuple of str
        Columns after the constant: ``market`` and ``industry`` come from prices,
        all others from the factor frame.
    intercept : bool
        Whether a constant is estimated.
    subtract : {"", "rf", "market"}
        What is taken off the firm's return before anything else; with ``rf``,
        ``market`` and ``industry`` enter as excess returns too.
    """

    key: str
    name: str
    reference: str
    regressors: tuple[str, ...] = ()
    intercept: bool = True
    subtract: Subtract = ""

    def using(self, *, intercept: bool) -> LinearModel:
        """The same model with or without a constant (``capm`` with alpha = 0)."""
        return dataclasses.replace(self, intercept=intercept)


MODELS: Registry[ExpectedReturnModel] = Registry("model", "eventstudy.models")


def register(model: ExpectedReturnModel) -> ExpectedReturnModel:
    """Add a model to the registry under its key."""
    MODELS.add(model.key, model)
    return model


def find_model(model: str | ExpectedReturnModel) -> ExpectedReturnModel:
    """The model of a key; an object of the protocol is handed back as it is.

    Raises
    ------
    ArgumentError
        For an unknown key (the message lists what is allowed) or an object that
        lacks a field of the protocol.
    """
    if isinstance(model, str):
        return MODELS[model]
    if isinstance(model, ExpectedReturnModel) and not isinstance(model, type):
        return model
    raise ArgumentError(
        "model",
        model,
        f"neither a key ({', '.join(MODELS)}) nor an object with the fields "
        "key, name, reference, regressors, intercept, subtract",
        "Use one of the keys, or build an eventstudy.models.LinearModel.",
    )


def list_models() -> pd.DataFrame:
    """All expected-return models, one row each.

    Returns
    -------
    DataFrame
        Index ``key``; columns ``name``, ``regressors`` (words), ``subtract``,
        ``parameters`` (estimated mean parameters k), ``reference``.

    Examples
    --------
    >>> import eventstudy as es
    >>> int(es.list_models().loc["market_model", "parameters"])
    2
    """
    import pandas as pd

    rows = [
        {
            "key": model.key,
            "name": model.name,
            "regressors": ", ".join(model.regressors),
            "subtract": model.subtract,
            "parameters": len(model.regressors) + model.intercept,
            "reference": model.reference,
        }
        for model in MODELS.values()
    ]
    return pd.DataFrame(rows).set_index("key")


def with_industry(model: ExpectedReturnModel) -> ExpectedReturnModel:
    """The model with the industry index as its last regressor (methods 2.2).

    Raises
    ------
    ArgumentError
        For a model without a factor beside which the industry could stand.
    """
    if not model.regressors:
        raise ArgumentError(
            "industry",
            model.key,
            "this model has no market factor beside which an industry could stand",
            "Use market_model or a factor model, or leave industry out.",
        )
    return LinearModel(
        model.key,
        f"{model.name} with industry",
        model.reference,
        (*model.regressors, "industry"),
        model.intercept,
        model.subtract,
    )


def needed(model: ExpectedReturnModel) -> tuple[str, ...]:
    """Names of all series the model reads, the firm's own apart."""
    names = [*model.regressors, model.subtract]
    if "mkt_rf" in names:
        names.append("rf")
    return tuple(dict.fromkeys(name for name in names if name))


def coefficient_names(model: ExpectedReturnModel) -> tuple[str, ...]:
    """Names of the estimated coefficients: alpha, beta, then the regressors' own."""
    names = [COEFFICIENT_NAMES.get(name, name) for name in model.regressors]
    return (*(["alpha"] if model.intercept else []), *names)
