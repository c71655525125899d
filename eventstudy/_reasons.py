"""Why a number is missing or not to be relied on: codes, and sentences for people."""

from __future__ import annotations

from types import MappingProxyType

REASONS = MappingProxyType(
    {
        "zero_variance": "the estimation-window residuals do not vary",
        "no_abnormal_return": "no valid abnormal return lies in the window",
        "no_event_day_return": "there is no return on the event day",
        "needs_more_events": "one event has no spread across events",
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
        "no_price_before_window": "no unadjusted close is known before the window",
        "not_applicable": "does not apply to this model",
    }
)


def sentence(code: str) -> str:
    """The reason in words; a code without an entry is returned as it is."""
    return REASONS.get(code, code)
