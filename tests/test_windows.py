"""Windows of relative days, and those that a result is asked for."""

import pytest

from eventstudy._windows import Window, window_of
from eventstudy.errors import WindowError


class TestWindow:
    @pytest.mark.parametrize(
        ("window", "label", "days"),
        [
            ((0, 0), "[0,0]", 1),
            ((-1, 1), "[-1,+1]", 3),
            ((0, 1), "[0,+1]", 2),
            ((-10, 0), "[-10,0]", 11),
        ],
    )
    def test_label_and_days(self, window, label, days):
        assert (Window(*window).label, Window(*window).days) == (label, days)

    def test_holds(self):
        assert Window(-5, 5).holds((-5, 5))
        assert Window(-5, 5).holds((0, 0))
        assert not Window(-5, 5).holds((-6, 0))
        assert not Window(-5, 5).holds((0, 6))

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ((0, None), (0, 0)),
            ((3, None), (3, 3)),
            ((-1, 1), (-1, 1)),
            (((-1, 1), None), (-1, 1)),
            (([0, 2], None), (0, 2)),
        ],
    )
    def test_of_two_arguments(self, arguments, expected):
        assert window_of(*arguments, Window(-5, 5)) == expected

    @pytest.mark.parametrize("arguments", [(1, -1), (-6, 0), (0, 6), ("0", None)])
    def test_of_bad_arguments(self, arguments):
        with pytest.raises(WindowError) as caught:
            window_of(*arguments, Window(-5, 5))
        assert caught.value.parameter == "window"
