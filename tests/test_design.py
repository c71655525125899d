"""Settings are validated whole and at once; a refusal says what, why and what to do."""

import numpy as np
import pytest

from eventstudy.design import (
    Design,
    check_calendar,
    check_timing,
)
from eventstudy.errors import (
    ArgumentError,
    EventStudyError,
    InsufficientDataError,
    WindowError,
)
from eventstudy.models import LinearModel

# Setting, error, and a part each of bound and way out.
REFUSED = [
    ({"event_window": (5, -5)}, WindowError, "start lies after the end", "Swap"),
    ({"event_window": "-5,5"}, WindowError, "not a pair of whole numbers", "(-10, 10)"),
    ({"event_window": (-0.5, 5)}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": (1.0, 5.0)}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": (-1, 0, 1)}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": (3,)}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": 10}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": None}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": (False, True)}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": ("-5", "5")}, WindowError, "not a pair", "(-10, 10)"),
    ({"event_window": (np.nan, 5)}, WindowError, "not a pair", "(-10, 10)"),
    ({"estimation_window": (-11, -260)}, WindowError, "start lies after", "Swap"),
    (
        {"estimation_window": (-260, -10)},
        WindowError,
        "overlaps event_window=(-10, 10)",
        "Let it end on day -11 or earlier",
    ),
    (
        {"estimation_window": (-260, 300)},
        WindowError,
        "overlaps event_window=(-10, 10)",
        "day -11",
    ),
    ({"estimation_window": "250"}, WindowError, "neither a number", "Write it as 250"),
    ({"estimation_window": 250.0}, WindowError, "neither a number", "(-260, -11)"),
    ({"estimation_window": True}, WindowError, "neither a number", "(-260, -11)"),
    ({"estimation_window": (-260,)}, WindowError, "not a pair", "first and last day"),
    ({"estimation_window": 3}, ArgumentError, "whole number of at least 4", "Use 4"),
    ({"estimation_window": -250}, ArgumentError, "at least 4", "Use 4 or more"),
    (
        {"estimation_window": 60},
        InsufficientDataError,
        "has 60 days, min_estimation=100",
        "lower min_estimation=",
    ),
    (
        {"estimation_window": (-110, -11), "min_estimation": 101},
        InsufficientDataError,
        "has 100 days",
        "longer window",
    ),
    ({"windows": []}, WindowError, "no window in it", "[(0, 0), (-1, 1)]"),
    ({"windows": "all"}, WindowError, "no window in it", "[(0, 0), (-1, 1)]"),
    ({"windows": 5}, WindowError, "no window in it", "[(0, 0), (-1, 1)]"),
    ({"windows": (-1, 1)}, WindowError, "a single pair", "[(-1, 1)]"),
    ({"windows": [(1, -1)]}, WindowError, "start lies after the end", "Swap"),
    ({"windows": [(0, 1), 3]}, WindowError, "not a pair", "first and last day"),
    ({"windows": [(0, 1), "x"]}, WindowError, "not a pair", "first and last day"),
    (
        {"windows": [(0, 0), (-20, 3)]},
        WindowError,
        "lies outside event_window=(-10, 10)",
        "Pass event_window=(-20, 10)",
    ),
    (
        {"windows": [(5, 11)], "event_window": (-5, 5)},
        WindowError,
        "lies outside event_window=(-5, 5)",
        "Pass event_window=(-5, 11)",
    ),
    ({"model": "capm3"}, ArgumentError, "market_model", "Did you mean 'capm'?"),
    ({"model": 3}, ArgumentError, "fama_french_3", "LinearModel"),
    ({"model": None}, ArgumentError, "constant_mean", "LinearModel"),
    ({"model": LinearModel}, ArgumentError, "neither a key", "LinearModel"),
    ({"tests": ["nope"]}, ArgumentError, "exact_t", "Use one"),
    ({"tests": 5}, ArgumentError, "not a list of keys", "['exact_t', 'sq']"),
    ({"tests": [None]}, ArgumentError, "", ""),
    ({"return_kind": "ln"}, ArgumentError, "'simple', 'log'", "Use one of these"),
    ({"return_kind": None}, ArgumentError, "'simple', 'log'", "Use one of these"),
    ({"missing": "zero"}, ArgumentError, "'trade_to_trade', 'available'", "Use one"),
    ({"min_estimation": 4}, ArgumentError, "at least 5", "Use 5 or more"),
    ({"min_estimation": 100.0}, ArgumentError, "whole number", "Use 5 or more"),
    ({"min_estimation": "100"}, ArgumentError, "whole number", "Use 5 or more"),
    (
        {"min_estimation": 8, "model": "fama_french_5"},
        ArgumentError,
        "at least 9",
        "Use 9 or more",
    ),
    ({"confidence": 95}, ArgumentError, "between 0 and 1", "as 0.95"),
    ({"confidence": 1.0}, ArgumentError, "between 0 and 1", "as 0.95"),
    ({"confidence": 0}, ArgumentError, "between 0 and 1", "as 0.95"),
    ({"confidence": np.nan}, ArgumentError, "between 0 and 1", "as 0.95"),
    ({"confidence": "95%"}, ArgumentError, "between 0 and 1", "as 0.95"),
    ({"confidence": True}, ArgumentError, "between 0 and 1", "as 0.95"),
    ({"seed": -1}, ArgumentError, "at least 0", "Use 0 or more"),
    ({"seed": 1.5}, ArgumentError, "whole number", "Use 0 or more"),
    ({"seed": "0"}, ArgumentError, "whole number", "Use 0 or more"),
    ({"calendar": ""}, ArgumentError, "exchange calendar key", "'XNYS'"),
    ({"calendar": 3}, ArgumentError, "exchange calendar key", "'XNYS'"),
    ({"industry_weight": 1.0}, ArgumentError, "share from 0", "as 0.02"),
    ({"industry_weight": -0.1}, ArgumentError, "share from 0", "as 0.02"),
    ({"industry_weight": np.inf}, ArgumentError, "share from 0", "as 0.02"),
    ({"industry_weight": "2%"}, ArgumentError, "share from 0", "as 0.02"),
    (
        {"industry": True, "model": "constant_mean"},
        ArgumentError,
        "no market factor",
        "leave industry out",
    ),
    ({"industry": True, "model": "market_adjusted"}, ArgumentError, "no market", ""),
]


@pytest.mark.parametrize(("settings", "error", "bound", "way_out"), REFUSED)
def test_refused(settings, error, bound, way_out):
    with pytest.raises(error) as caught:
        Design.of(**settings)
    refusal = caught.value
    assert isinstance(refusal, EventStudyError)
    assert isinstance(refusal, ValueError)
    assert refusal.parameter in settings
    assert bound in refusal.bound
    assert way_out in refusal.way_out
    for piece in (refusal.parameter, refusal.bound, refusal.way_out):
        assert piece in str(refusal)


def test_the_value_received_stands_in_the_message():
    with pytest.raises(WindowError, match=r"^event_window=\(5, -5\): the start lies"):
        Design.of(event_window=(5, -5))
    with pytest.raises(ArgumentError, match=r"^confidence=95: not between 0 and 1\."):
        Design.of(confidence=95)
    with pytest.raises(WindowError, match=r"^windows=\(-20, 3\): lies outside"):
        Design.of(windows=[(-20, 3)])


def test_defaults():
    design = Design.of()
    assert design.event_window == (-10, 10)
    assert design.estimation_window == (-260, -11)
    assert design.windows == ((0, 0), (-1, 1), (0, 1), (-5, 5), (-10, 10))
    assert design.model.key == "market_model"
    assert (design.parameters, design.tests) == (2, None)
    assert design.level == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("event_window", "given", "expected"),
    [
        ((-10, 10), None, (-260, -11)),
        ((-5, 5), None, (-260, -11)),
        ((-20, 20), None, (-270, -21)),
        ((0, 3), None, (-260, -11)),
        ((5, 9), None, (-260, -11)),
        ((-10, 10), 120, (-130, -11)),
        ((-30, 0), 120, (-150, -31)),
        ((-5, 5), (-105, -6), (-105, -6)),
        ((-5, 5), [-300, -50], (-300, -50)),
        ((-5, 5), (np.int64(-300), np.int32(-50)), (-300, -50)),
    ],
)
def test_estimation_window(event_window, given, expected):
    design = Design.of(event_window=event_window, estimation_window=given)
    assert design.estimation_window == expected
    assert all(type(day) is int for day in design.estimation_window)


@pytest.mark.parametrize(
    ("event_window", "expected"),
    [
        ((-1, 1), ((0, 0), (-1, 1), (0, 1))),
        ((0, 0), ((0, 0),)),
        ((-5, 5), ((0, 0), (-1, 1), (0, 1), (-5, 5))),
        ((0, 3), ((0, 0), (0, 1), (0, 3))),
        ((2, 9), ((2, 9),)),
        ((-9, -3), ((-9, -3),)),
    ],
)
def test_customary_windows_are_those_that_fit(event_window, expected):
    assert Design.of(event_window=event_window).windows == expected


def test_windows_keep_their_order_and_lose_repeats():
    design = Design.of(windows=[[-1, 1], (0, 0), (-1, 1), (-10, 10)])
    assert design.windows == ((-1, 1), (0, 0), (-10, 10))
    assert Design.of(windows=(pair for pair in [(0, 2)])).windows == ((0, 2),)


def test_other_settings():
    design = Design.of(
        tests=["sq", "exact_t"], model="fama_french_5", industry=True, min_estimation=10
    )
    assert [test.key for test in design.tests] == ["sq", "exact_t"]
    assert design.model.regressors[-1] == "industry"
    assert design.parameters == 7
    assert [test.key for test in Design.of(tests="sq").tests] == ["sq"]
    own = LinearModel("own", "Own", "-", ("smb",))
    assert Design.of(model=own).model is own


def test_a_seed_sequence_is_a_number_of_its_own():
    seeds = [
        Design.of(seed=np.random.SeedSequence(entropy)).seed for entropy in (1, 1, 2)
    ]
    assert seeds[0] == seeds[1] != seeds[2]
    assert Design.of(seed=np.random.SeedSequence(1).spawn(1)[0]).seed not in seeds
    assert Design.of(seed=seeds[0]).seed == seeds[0]


def test_frozen():
    with pytest.raises(AttributeError):
        Design.of().seed = 3


@pytest.mark.parametrize("timing", [None, "before_open", "during", "after_close"])
def test_timing(timing):
    assert check_timing(timing) == timing


@pytest.mark.parametrize("timing", ["bmo", "", 3, True])
def test_no_timing(timing):
    with pytest.raises(ArgumentError, match="'before_open', 'during', 'after_close'"):
        check_timing(timing)


def test_calendar():
    assert check_calendar("XLON") == "XLON"
