"""A progress bar, once work has lasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

SECONDS = 2.0


def watch(answers: Iterable[Any], total: int, words: str) -> Iterator[Any]:
    """Pass answers on; a bar appears on standard error after two seconds.

    Parameters
    ----------
    answers : iterable
    total : int
        How many will come.
    words : str
        What is being done.
    """
    from tqdm import tqdm

    bar = tqdm(
        answers, total=total, desc=words, delay=SECONDS, disable=None, leave=False
    )
    yield from bar
