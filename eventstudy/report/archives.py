"""The archive of a result: one zip file, the same bytes for the same files."""

from __future__ import annotations

import hashlib
import io
import platform
import zipfile
from collections.abc import Mapping

from eventstudy.errors import ArgumentError
from eventstudy.report.records import to_json_text

EVENT = ("inputs.json", "days.csv", "record.json")
STUDY = ("inputs.json", "events.json", "panel.bin", "record.json")
MANIFEST = "manifest.json"
FORMAT = 1
LARGEST = 64 * 1024 * 1024  # bytes, of an archive and of all that is in it
NO_TIME = (1980, 1, 1, 0, 0, 0)


def machine() -> str:
    """The class of machine on which bytes are the same."""
    return f"{platform.system()} {platform.machine()}"


def archive_of(files: Mapping[str, str | bytes], versions: Mapping[str, str]) -> bytes:
    """Put the files of a result into a zip, with their hashes.

    Parameters
    ----------
    files : mapping
        Texts or bytes by name.
    versions : mapping
        Of what computed them.

    Returns
    -------
    bytes

    Raises
    ------
    ArgumentError
        For more than an archive may hold.
    """
    held = {name: as_bytes(content) for name, content in files.items()}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in held.items()}
    about = {
        "format": FORMAT, "versions": dict(versions), "machine": machine(),
        "sha256": hashes,
    }  # fmt: skip
    held[MANIFEST] = as_bytes(to_json_text(about))
    _require_room(sum(map(len, held.values())))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            info = zipfile.ZipInfo(name, NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def as_bytes(content: str | bytes) -> bytes:
    """A text in UTF-8, bytes as they are."""
    return content.encode("utf-8") if isinstance(content, str) else content


def _require_room(size: int) -> None:
    if size > LARGEST:
        raise ArgumentError(
            "path",
            "save",
            f"the inputs take {size:,} bytes, and an archive holds {LARGEST:,} at most",
            "Save parts, such as s[mask] of a study, or pass prices of fewer days.",
        )
