"""One way to keep things by key, and to say what is allowed when a key is unknown."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Generic, TypeVar

from eventstudy.errors import ArgumentError

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Items by key, in the order in which they were registered.

    Parameters
    ----------
    parameter : str
        The argument by which users name an item; errors quote it.
    package : str
        The package whose modules register the items.  They are imported at the
        first look-up, so that a new file is found without an edit elsewhere.
    """

    def __init__(self, parameter: str, package: str) -> None:
        self._parameter = parameter
        self._package = package
        self._items: dict[str, Item] = {}
        self._complete = False

    def add(self, key: str, item: Item) -> None:
        """Register an item.

        Raises
        ------
        ArgumentError
            When the key is taken.
        """
        if key in self._items:
            raise ArgumentError(
                self._parameter,
                key,
                "this key is registered already",
                "Choose another key.",
            )
        self._items[key] = item

    def __getitem__(self, key: str) -> Item:
        self._discover()
        try:
            return self._items[key]
        except (KeyError, TypeError):
            raise ArgumentError(
                self._parameter,
                key,
                f"unknown; allowed are {', '.join(sorted(self._items))}",
                self._hint(key),
            ) from None

    def __iter__(self) -> Iterator[str]:
        self._discover()
        return iter(sorted(self._items))

    def __len__(self) -> int:
        self._discover()
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        self._discover()
        return key in self._items

    def values(self) -> list[Item]:
        """All items, sorted by key."""
        return [self[key] for key in self]

    def _discover(self) -> None:
        if not self._complete:
            self._complete = True
            package: ModuleType = importlib.import_module(self._package)
            for module in pkgutil.iter_modules(package.__path__):
                if not module.name.startswith("_"):
                    importlib.import_module(f"{self._package}.{module.name}")

    def _hint(self, key: object) -> str:
        close = difflib.get_close_matches(str(key), self._items, n=1)
        return f"Did you mean {close[0]!r}?" if close else "Use one of these keys."
