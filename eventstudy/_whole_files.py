"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def put_whole(target: Path, data: bytes, beside: Path) -> None:
    """Write a file beside its place, then put it there in one step.

    Parameters
    ----------
    target : Path
        An existing file is replaced, whole.
    data : bytes
    beside : Path
        In the same folder, a name that nothing has; gone afterwards unless the
        process is killed.

    Raises
    ------
    OSError
        What was there before still is.
    """
    try:
        # Opened by us, not by tempfile: the file gets the permissions of the umask.
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
