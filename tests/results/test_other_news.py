"""Other news around an event of the shipped list, in verdict and warnings."""

import eventstudy as es
from eventstudy.report.text import percent


def test_earnings_before_the_event_are_named_and_no_leak_is_claimed():
    result = es.analyze("IMGN", "2012-11-06")
    earnings = (
        "26 October 2012, “Fiscal 2013 first quarter: wider loss ($0.30/share against "
        "$0.25 expected)”"
    )
    run_up = result.car(-10, -2)
    assert result.warnings[-1] == (
        f"The abnormal returns before the event add up to {percent(run_up.value)}, "
        f"p < 0.001, but other news lies in these days ({earnings})."
    )
    assert (
        "The figures of days −5 to +5 and days −10 to +10 hold the effect of other "
        f"news as well ({earnings})."
    ) in result.verdict
