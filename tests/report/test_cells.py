"""What a cell of a workbook holds of a value: all of it, or a text."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from eventstudy.report._cells import cell


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (math.nan, None),
        (pd.NaT, None),
        (None, None),
        (pd.NA, None),
        (np.True_, True),
        (np.int64(3), 3),
        (2**53, 2**53),
        (2**53 + 1, "9007199254740993"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (-0.0, -0.0),
        (np.float32(0.5), 0.5),
        ((1.0, 248.0), "1.0, 248.0"),
        (pd.Timestamp("2010-08-27"), dt.datetime(2010, 8, 27)),
        (pd.Timestamp("2010-08-27T07:00-04:00"), "2010-08-27T07:00:00-04:00"),
        (pd.Timestamp("2010-08-27 00:00:00.000001"), "2010-08-27T00:00:00.000001"),
        (pd.Timestamp("1899-12-31"), "1899-12-31T00:00:00"),
        ("a", "a"),
    ],
)
def test_what_a_cell_holds(value: Any, held: Any) -> None:
    found = cell(value)
    assert found == held
    assert (found is None) == (held is None)
