"""How a result is kept in one file that computes it again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventstudy.report.archives import archive_of
from eventstudy.report.files import write_bytes


class Saving:
    """Archives; a result adds what is in them."""

    __slots__ = ()

    provenance: Mapping[str, Any]

    @abstractmethod
    def _files(self) -> Mapping[str, str | bytes]:
        """What the result is computed from, by name of the file."""

    def save(self, path: str | Path) -> Path:
        """Save the result with its inputs and settings, for :func:`eventstudy.replay`.

        Parameters
        ----------
        path : str or Path
            One zip file, the same bytes for the same result; it appears whole or not
            at all.

        Returns
        -------
        Path
            Of the file.

        Raises
        ------
        ArgumentError
            For a path that cannot be written, for inputs of more than 64 MiB, and for
            a model, a test or share counts that are an object of the caller's: a file
            cannot hold it.
        """
        versions = self.provenance.get("versions", {})
        return write_bytes(path, archive_of(self._files(), versions))
