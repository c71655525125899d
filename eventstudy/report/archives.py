"""The archive of a result: one zip file, the same bytes for the same files."""

from __future__ import annotations

import hashlib
import io
import platform
import zipfile
from collections.abc import Mapping

from eventstudy.report.records import to_json_text

FILES = ("inputs.json", "days.csv", "record.json")
MANIFEST = "manifest.json"
FORMAT = 1
NO_TIME = (1980, 1, 1, 0, 0, 0)


def machine() -> str:
    """The class of machine on which bytes are the same."""
    return f"{platform.system()} {platform.machine()}"


def archive_of(files: Mapping[str, str], versions: Mapping[str, str]) -> bytes:
    """Put the files of a result into a zip, with their hashes.

    Parameters
    ----------
    files : mapping
        Texts by name.
    versions : mapping
        Of what computed them.

    Returns
    -------
    bytes
    """
    hashes = {
        n: hashlib.sha256(t.encode("utf-8")).hexdigest() for n, t in files.items()
    }
    about = {
        "format": FORMAT, "versions": dict(versions), "machine": machine(),
        "sha256": hashes,
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**files, MANIFEST: to_json_text(about)}.items():
            info = zipfile.ZipInfo(name, NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8"))
    return stream.getvalue()
