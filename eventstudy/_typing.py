"""Names for the types that travel through the package."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
IntArray: TypeAlias = NDArray[np.integer[Any]]
BoolArray: TypeAlias = NDArray[np.bool_]

DateLike: TypeAlias = str | dt.date | dt.datetime | pd.Timestamp | np.datetime64

ReturnKind: TypeAlias = Literal["simple", "log"]
Missing: TypeAlias = Literal["trade_to_trade", "available", "lumped", "uniform"]
Boundary: TypeAlias = Literal["exclude", "include"]
Proceeds: TypeAlias = Literal["benchmark", "cash", "drop"]
Overlaps: TypeAlias = Literal["keep", "drop_later", "mask"]
Timing: TypeAlias = Literal["before_open", "during", "after_close"]
