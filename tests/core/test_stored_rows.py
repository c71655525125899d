"""Rows that are read a block at a time stand for the array of all rows."""

import pickle

import numpy as np
import pytest

from eventstudy.core.stored_rows import Shelf, StoredRows
from eventstudy.core.windows import Cutter

ROWS = np.random.default_rng(0).normal(size=(9, 30))
ROWS[2, 4:9] = ROWS[7, 20] = np.nan
FIRST = np.array([0, 4, 5, 9])


class Read:
    """Counts what is read."""

    def __init__(self):
        self.asked = []

    def __call__(self, block):
        self.asked.append(block)
        return ROWS[FIRST[block] : FIRST[block + 1]]


def stored(read=None, **given):
    return StoredRows(Shelf(read or Read(), FIRST, 30), **given)


@pytest.mark.parametrize("which", [3, -1, slice(None), slice(4, 5), [8, 0, 4], []])
def test_rows(which):
    which = np.array(which, int) if isinstance(which, list) else which
    np.testing.assert_array_equal(stored()[which], ROWS[which])
    spans = np.isfinite(ROWS).astype(float)
    np.testing.assert_array_equal(stored(as_spans=True)[which], spans[which])


def test_the_whole_array():
    np.testing.assert_array_equal(np.asarray(stored()), ROWS)
    assert stored().shape == ROWS.shape


def test_stretches_also_beyond_the_days():
    row, start = np.array([8, 0, 4, 2, 7, 0]), np.array([0, 26, 11, 3, -3, 40])
    cut = Cutter(ROWS, 7)(row, start)
    np.testing.assert_array_equal(stored().cutter(7)(row, start), cut)
    spans = stored(as_spans=True).cutter(7)(row, start)
    np.testing.assert_array_equal(spans, np.isfinite(cut))


def test_a_block_is_read_once_while_it_is_asked_for():
    read = Read()
    rows = stored(read)
    both = rows, StoredRows(rows.shelf, as_spans=True)
    for asked in ([0, 4], [4, 8]):
        for one in both:
            one.cutter(7)(np.array(asked), np.zeros(2, int))
            one.cutter(3)(np.array(asked), np.zeros(2, int))
    assert read.asked == [0, 1, 2]
    assert sorted(rows.shelf._held.blocks) == [1, 2]


def test_it_travels_without_what_it_holds():
    rows = stored()
    assert rows[0].size
    again = pickle.loads(pickle.dumps(rows))
    assert not hasattr(again.shelf._held, "blocks")
    np.testing.assert_array_equal(again[:], ROWS)


def test_no_rows():
    none = StoredRows(Shelf(Read(), np.zeros(1, int), 5))
    assert none[:].shape == (0, 5)
    empty = np.zeros(0, int)
    assert none.cutter(3)(empty, empty).shape == (0, 3)
