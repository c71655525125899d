"""Why a number is missing or not to be relied on: codes, and sentences for people."""

from __future__ import annotations

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "zero_variance": "the estimation-window residuals do not vary",
        "no_abnormal_return": "no valid abnormal return lies in the window",
        "outside_own_window": "the event's own event window does not hold the window",
        "no_event_day_return": "there is no return on the event day",
        "needs_more_events": "fewer than two events have no spread across events",
        "below_minimum": "fewer events than its level is assured for",
        "clustered": "event windows share calendar days",
        "staggered": "event windows overlap with an offset of some days",
        "event_variance": "the spread of returns is larger around the events",
        "skewed": "returns are skewed",
        "few_common_days": "events that overlap have too few common estimation days",
        "invalid_r_bar": "the estimated correlation leaves no positive variance",
        "few_clusters": "too few separate event dates",
        "unbalanced_clusters": "one event date holds too many of the events",
        "no_placebo_shift": "no shift in time leaves enough events",
        "too_few_placebo_blocks": (
            "over-rejects: too few separate stretches of placebo time"
        ),
        "few_dates": "too few distinct event dates on a day",
        "several_dates": "the events are on more than one date",
        "lone_event": "an event is the only one of its kind",
        "one_day_only": "this test is for a single day",
        "several_days_only": "this test is for windows of two or more days",
        "level_not_attainable": (
            "too few separate placebo windows to reach the level at all"
        ),
        "overlapping_over_rejects": (
            "over-rejects: the estimation window holds fewer than 20 windows of "
            "this length"
        ),
        "negative_variance": "the estimated variance is not positive",
        "normal_errors_only": "holds its level for normal errors only",
        "comparison_only": "ignores estimation error; for comparison only",
        "worst_case": "a worst-case bound with almost no power",
        "too_few_days": "too few valid days",
        "no_share_count": "no share count at most 400 days old is known",
        "no_earlier_share_count": (
            "no share count dated before the window, at most 400 days old, is known"
        ),
        "no_price_before_window": "no unadjusted close is known before the window",
        "not_applicable": "does not apply to this model",
    }
)


DETAILS = MappingProxyType({"no_earlier_share_count": "the next one is of {}"})


def sentence(reason: str) -> str:
    """The reason in words; a code without an entry is returned as it is.

    Parameters
    ----------
    reason : str
        A code, with a detail after a bar where it has one, as options of tests are
        written: "no_earlier_share_count|2010-08-20".
    """
    code, _, detail = reason.partition("|")
    if code not in REASONS:
        return reason
    more = f"; {DETAILS[code].format(detail)}" if detail and code in DETAILS else ""
    return REASONS[code] + more
