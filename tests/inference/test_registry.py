"""Finding tests, their options and their list."""

import dataclasses
import pickle

import pytest

from eventstudy.errors import ArgumentError
from eventstudy.inference._base import TESTS, find_test, list_tests


def test_options_behind_bars():
    test = find_test("placebo|non_overlapping|tails")
    assert dict(test.options) == {"non_overlapping": True, "tails": True}
    assert test.key == "placebo|non_overlapping|tails"
    assert find_test("bootstrap|draws=499").options["draws"] == 499
    assert find_test("sq|side=lower").options["side"] == "lower"
    assert find_test("sq|raw=False").options["raw"] is False
    assert find_test(test) is test


def test_options_add_up():
    once = find_test("placebo").using(raw=True)
    assert once.using(tails=True).options == {"raw": True, "tails": True}
    assert find_test("placebo").options == {}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("placbo", "Did you mean 'placebo'"),
        ("exact_t|raw", "exact_t has no options"),
        ("sq|tail", "raw, tails, side"),
        ("sq|side=down", "'lower', 'upper'"),
        ("sq|raw=maybe", "not a bool"),
        ("bootstrap|draws=-1", "whole number"),
    ],
)
def test_unknown(key, words):
    with pytest.raises(ArgumentError, match=words):
        find_test(key)


def halved(sample):
    return find_test("exact_t").compute(sample)


def test_tests_travel_to_other_processes():
    for test in TESTS.values():
        assert pickle.loads(pickle.dumps(test)) is test
        for options in test.variants:
            sent = test.using(**options)
            found = pickle.loads(pickle.dumps(sent))
            assert (found.key, found.options) == (sent.key, sent.options)
            assert found.compute is test.compute
    own = dataclasses.replace(find_test("exact_t"), compute=halved, golden=None)
    assert pickle.loads(pickle.dumps(own)).compute is halved


def test_list():
    frame = list_tests()
    assert list(frame.columns) == [
        "name", "kind", "null", "reference", "min_events", "options",
    ]  # fmt: skip
    assert frame.index.name == "key"
    assert list(frame.index) == list(TESTS)
    assert frame.loc["placebo", "options"] == "non_overlapping, raw, tails"
    assert frame.loc["exact_t", "options"] == ""
    assert set(frame["kind"]) <= {"single", "sample"}
    assert frame["name"].is_unique
