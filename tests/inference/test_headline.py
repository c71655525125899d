"""Which tests are shown, and which one carries the verdict: the table of methods 9."""

import pytest

from eventstudy.inference._base import Test, find_test
from eventstudy.inference._headline import headline, single_event_tests
from tests.samples import market, sample_of


@pytest.mark.parametrize(
    ("days", "window", "confirming"),
    [
        (250, (0, 0), "sq"),
        (19, (0, 0), "sq"),
        (18, (0, 0), ""),
        (250, (-1, 1), "placebo"),
        (100, (-2, 2), "placebo"),
        (99, (-2, 2), "placebo|non_overlapping"),  # 19 blocks, M / L < 20
        (94, (-2, 2), ""),
        (250, (-5, 5), "placebo|non_overlapping"),
        (209, (-5, 5), "placebo|non_overlapping"),
        (208, (-5, 5), ""),
        (250, (-10, 10), ""),
    ],
)
def test_confirming_test(days, window, confirming):
    sample = sample_of(market(1, days=days, event_days=21), window)
    assert headline(sample) == ("exact_t", confirming)
    if confirming:
        assert find_test(confirming)(sample).valid.all()


def test_results_do_not_matter():
    returns = market(1, days=250, event_days=21)
    before = headline(sample_of(returns, (-1, 1)))
    returns.y_event[:] *= 50
    assert headline(sample_of(returns, (-1, 1))) == before


def test_other_level():
    sample = sample_of(market(1, days=98), (0, 0), level=0.01)
    assert headline(sample) == ("exact_t", "")


def test_all_tests_in_order():
    assert [test.key for test in single_event_tests()] == [
        "exact_t",
        "sq",
        "placebo",
        "placebo|non_overlapping",
        "serial_t",
        "bootstrap",
        "chebyshev",
        "chebyshev|exchangeable",
        "joint_f",
        "squares_placebo",
        "squares_placebo|non_overlapping",
        "naive",
    ]
    assert all(isinstance(test, Test) for test in single_event_tests())


def test_a_day_and_a_window_show_what_is_theirs():
    day = [test.key for test in single_event_tests((0, 0))]
    assert day == [
        "exact_t", "sq", "serial_t", "bootstrap", "chebyshev",
        "chebyshev|exchangeable", "naive",
    ]  # fmt: skip
    window = [test.key for test in single_event_tests((-1, 1))]
    assert set(window) == {test.key for test in single_event_tests()} - {
        "sq",
        "chebyshev|exchangeable",
    }
