"""The line of Python that reproduces a result."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from eventstudy.design import Design, Window, reproducing_call


class TestReproducingCall:
    """What is printed makes the same settings when it is typed."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("^GSPC", "'^GSPC'"),
            (None, "None"),
            (0.9, "0.9"),
            (np.float64(0.9), "0.9"),
            (np.int64(3), "3"),
            (np.bool_(True), "True"),
            ((-5, 5), "(-5, 5)"),
            ((np.int64(-5), np.int64(5)), "(-5, 5)"),
            ([(0, 0), (-1, 1)], "[(0, 0), (-1, 1)]"),
            (((0, 0),), "((0, 0),)"),
            ([], "[]"),
            (Window(-1, 1), "(-1, 1)"),
            (dt.date(2010, 8, 27), "'2010-08-27'"),
            (pd.Timestamp("2010-08-27 07:00", tz="America/New_York"),
             "'2010-08-27T07:00:00-04:00'"),
            (np.datetime64("2010-08-27"), "'2010-08-27'"),
            (pd.Series([1.0]), "x"),
            (pd.DataFrame(), "x"),
        ],
    )  # fmt: skip
    def test_literal(self, value, expected):
        assert reproducing_call("f", [], {"x": value}) == f"f(x={expected})"

    def test_the_call_is_the_repr(self):
        call = reproducing_call("es.analyze", ["IMGN", "2010-08-27"], {"seed": 3})
        assert repr(Design.of(call)) == "es.analyze('IMGN', '2010-08-27', seed=3)"

    def test_seed_sequence(self):
        sequence = np.random.SeedSequence(4)
        number = reproducing_call("f", [], {"seed": sequence})[len("f(seed=") : -1]
        assert Design.of(seed=int(number)).seed == Design.of(seed=sequence).seed
