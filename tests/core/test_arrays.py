"""Records of arrays, filled part by part."""

from dataclasses import dataclass

import numpy as np

from eventstudy.core.arrays import put, room


@dataclass(frozen=True, slots=True)
class Pair:
    wide: np.ndarray
    flags: np.ndarray


def test_parts_in_any_places():
    whole = Pair(np.arange(15.0).reshape(5, 3), np.arange(5) % 2 == 0)
    places = [np.array([3, 0]), slice(1, 3), np.array([4])]
    parts = [Pair(whole.wide[at], whole.flags[at]) for at in places]
    found = room(parts[0], 5)
    for at, part in zip(places, parts, strict=True):
        put(found, at, part)
    np.testing.assert_array_equal(found.wide, whole.wide)
    np.testing.assert_array_equal(found.flags, whole.flags)
    assert found.flags.dtype == bool


def test_no_room_at_all():
    empty = room(Pair(np.zeros((2, 3)), np.zeros(2, bool)), 0)
    assert empty.wide.shape == (0, 3)
