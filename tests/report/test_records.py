"""Results as JSON."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
import pytest

from eventstudy.errors import ArgumentError
from eventstudy.report.records import to_json_text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (np.bool_(False), False),
        (np.int64(3), 3),
        (np.float64(0.1), 0.1),
        (-0.41087972841116416, -0.41087972841116416),
        (math.nan, None),
        (np.float32("nan"), None),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (pd.NA, None),
        (pd.NaT, None),
        (pd.Timestamp("2010-08-27"), "2010-08-27"),
        (pd.Timestamp("2010-08-27 07:00", tz="America/New_York"),
         "2010-08-27T07:00:00-04:00"),
        (dt.datetime(2010, 8, 27, 7), "2010-08-27T07:00:00"),
        (dt.date(2010, 8, 27), "2010-08-27"),
        (np.datetime64("2010-08-27"), "2010-08-27"),
        (np.datetime64("NaT"), None),
        (pd.Timedelta(days=2), "P2DT0H0M0S"),
        (PurePosixPath("a/b"), "a/b"),
        ((1, 2.5, "x"), [1, 2.5, "x"]),
        ({"b", "a"}, ["a", "b"]),
        (np.array([[1.0, math.nan], [2.0, 3.0]]), [[1.0, None], [2.0, 3.0]]),
        (np.array(["2010-08-27"], "datetime64[ns]"), ["2010-08-27"]),
        (pd.DatetimeIndex(["2010-08-27"]), ["2010-08-27"]),
        (pd.Series({"alpha": 0.1, "beta": math.nan}), {"alpha": 0.1, "beta": None}),
        ({pd.Timestamp("2010-08-27"): 1, 2: 3}, {"2010-08-27": 1, "2": 3}),
    ],
)  # fmt: skip
def test_values(value: Any, written: Any) -> None:
    assert json.loads(to_json_text({"value": value}))["value"] == written


def test_a_frame_is_a_list_of_rows_with_its_index() -> None:
    frame = pd.DataFrame(
        {"value": [-0.4, math.nan], "reason": ["", "zero_variance"]},
        index=pd.Index([0, 1], name="event_day"),
    )
    assert json.loads(to_json_text({"days": frame}))["days"] == [
        {"event_day": 0, "value": -0.4, "reason": ""},
        {"event_day": 1, "value": None, "reason": "zero_variance"},
    ]


def test_an_index_without_a_name_is_no_column() -> None:
    frame = pd.DataFrame({"value": [1]})
    assert json.loads(to_json_text({"rows": frame}))["rows"] == [{"value": 1}]


def test_what_can_make_a_dict_of_itself_is_one() -> None:
    class Effect:
        def to_dict(self) -> dict[str, float]:
            return {"value": 1.0}

    assert json.loads(to_json_text({"effect": Effect()}))["effect"] == {"value": 1.0}


def test_bytes_do_not_depend_on_the_order_of_keys() -> None:
    text = to_json_text({"b": 1, "a": {"d": 1, "c": "−"}})
    assert text == to_json_text({"a": {"c": "−", "d": 1}, "b": 1})
    assert text == '{\n  "a": {\n    "c": "−",\n    "d": 1\n  },\n  "b": 1\n}\n'


def test_floats_come_back_to_the_bit() -> None:
    values = [0.1 + 0.2, 1e-308, 2.0**-1074, -15.364555641241003]
    assert json.loads(to_json_text({"v": values}))["v"] == values


def test_what_has_no_form_is_named_by_its_place() -> None:
    with pytest.raises(ArgumentError) as caught:
        to_json_text({"a": [1, {"b": object()}]})
    assert caught.value.parameter == "record.a[1].b"
    assert caught.value.value == "object"
