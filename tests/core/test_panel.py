"""Panels without some days, and numbers for ids."""

import hashlib

import numpy as np

from eventstudy.core.panel import Events, Panel, event_keys, without_days


def test_keys_are_the_first_bytes_of_a_hash_of_the_id():
    first = hashlib.sha256(b"IMGN-2010-08-27").digest()[:8]
    keys = event_keys(["IMGN-2010-08-27", "IMGN-2010-08-27-2"])
    assert keys.dtype == np.uint64
    assert int(keys[0]) == int.from_bytes(first, "little")
    assert keys[0] != keys[1]
    assert event_keys([]).shape == (0,)


def test_without_days_takes_every_return_that_holds_one():
    returns = np.arange(20.0).reshape(2, 10)
    spans = np.ones((2, 10))
    spans[0, 4:7], returns[0, 4:6], spans[0, 6] = 0.0, np.nan, 3.0
    panel = Panel(returns, spans, ({},))
    event = Events(*np.array([[0], [8], [0]]), np.zeros(1, np.uint64))
    # Day 4 lies in the return that ends on day 6; 99 and -1 are no days.
    found = without_days(panel, event, np.array([4, 8, 99, -1]))
    assert np.flatnonzero(np.isnan(found.returns[0])).tolist() == [4, 5, 6, 8]
    assert np.flatnonzero(found.spans[0] == 0).tolist() == [4, 5, 6, 8]
    np.testing.assert_array_equal(found.returns[1], returns[1])
    assert panel.spans[0, 6] == 3.0
