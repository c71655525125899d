"""Saved results: computed again from their own inputs, without any other source."""

from __future__ import annotations

import dataclasses
import io
import json
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eventstudy._call import versions
from eventstudy.errors import BadDataError, EventStudyError
from eventstudy.report.archives import (
    EVENT,
    LARGEST,
    MANIFEST,
    STUDY,
    as_bytes,
    machine,
)
from eventstudy.report.records import plain
from eventstudy.results.event_result import EventResult
from eventstudy.results.saved_checks import DAMAGED, read_json
from eventstudy.results.saved_event import result_of
from eventstudy.results.saved_study import study_of_files
from eventstudy.results.study_result import StudyResult

CLOSE = 1e-12
AGAIN = "Save the result again."


def replay(path: str | Path) -> EventResult | StudyResult:
    """Compute a saved event or study again, offline, from the inputs saved with it.

    Parameters
    ----------
    path : str or Path
        A file that ``result.save(path)`` wrote.

    Returns
    -------
    EventResult or StudyResult
        With the versions and the kind of machine on which it was saved it is the same
        to the byte.  With others a warning of the result names them, and says where
        numbers differ by more than 1e-12.  Single events of a study are computed from
        its own panel and carry the study's notes on its data; share counts that were
        fetched are not in it.

    Raises
    ------
    BadDataError
        For a file that is none of ours, damaged, or too large.

    Examples
    --------
    >>> import eventstudy as es, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = es.analyze("IMGN", "2010-08-27").save(f"{folder}/letter.zip")
    ...     again = es.replay(path)
    >>> round(float(again.car(0)), 6)
    -0.41088
    """
    files = read_archive(Path(path))
    try:
        result, warnings, differing = _computed(files)
    except EventStudyError:
        raise
    except DAMAGED as error:
        raise _bad(Path(path), "is no saved result, or a damaged one") from error
    if differing:
        warnings.append(
            f"{len(differing)} values differ from those saved: "
            f"{', '.join(differing[:3])}"
        )
    return dataclasses.replace(result, warnings=(*result.warnings, *warnings))


def _computed(
    files: dict[str, Any],
) -> tuple[EventResult | StudyResult, list[str], list[str]]:
    """The result, warnings of other versions, and where values differ."""
    warnings = list(_other_versions(read_json(files[MANIFEST])))
    record = read_json(files["record.json"])
    result: EventResult | StudyResult
    result = study_of_files(files) if STUDY[1] in files else result_of(files)
    differing = list(_differences(record, plain(result.to_dict()), "result"))
    return result, warnings, differing


def read_archive(path: Path) -> dict[str, Any]:
    """The texts in an archive, and the bytes of a panel; nothing is unpacked to disk.

    Raises
    ------
    BadDataError
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _bad(path, f"larger than {LARGEST:,} bytes")
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            names = sorted(archive.namelist())
            if names not in [sorted((*kind, MANIFEST)) for kind in (EVENT, STUDY)]:
                raise _bad(path, "does not hold the files of a saved result")
            texts = dict(_texts(path, archive))
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}") from error
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError,
            RuntimeError, EOFError, ValueError) as error:  # fmt: skip
        if isinstance(error, BadDataError):
            raise
        raise _bad(path, "is no archive, or a damaged one") from error
    _check(path, texts)
    return texts


def _texts(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, Any]]:
    """Names and contents, read no further than the bound whatever the head claims."""
    room = LARGEST
    for name in archive.namelist():
        with archive.open(name) as stream:
            data = stream.read(room + 1)
        room -= len(data)
        if room < 0:
            raise _bad(path, f"holds more than {LARGEST:,} bytes")
        yield name, data if name.endswith(".bin") else data.decode("utf-8")


def _check(path: Path, texts: dict[str, Any]) -> None:
    """Refuse files that are not those whose hashes the manifest has."""
    from hashlib import sha256

    try:
        hashes = dict(json.loads(texts[MANIFEST])["sha256"])
    except DAMAGED as error:
        raise _bad(path, "has no manifest") from error
    for name in set(texts) - {MANIFEST}:
        if hashes.get(name) != sha256(as_bytes(texts[name])).hexdigest():
            raise _bad(path, f"{name} is not as it was saved")


def _bad(path: Path, bound: str) -> BadDataError:
    return BadDataError("path", str(path), bound, AGAIN)


def _other_versions(manifest: dict[str, Any]) -> Iterator[str]:
    """What is not as it was, in one sentence."""
    saved = {**manifest.get("versions", {}), "machine": manifest.get("machine")}
    here = {**versions(), "machine": machine()}
    other = [
        f"{k} {saved.get(k)}, here {here[k]}" for k in here if saved.get(k) != here[k]
    ]
    if other:
        yield f"Saved under other versions: {'; '.join(other)}"


def _differences(saved: Any, here: Any, where: str) -> Iterator[str]:
    """Where two records differ by more than rounding."""
    if isinstance(saved, dict) and isinstance(here, dict):
        for key in sorted({*saved, *here}):
            if key != "versions":
                yield from _differences(saved.get(key), here.get(key), f"{where}.{key}")
    elif isinstance(saved, list) and isinstance(here, list) and len(saved) == len(here):
        for i, (a, b) in enumerate(zip(saved, here, strict=True)):
            yield from _differences(a, b, f"{where}[{i}]")
    elif _is_number(saved) and _is_number(here):
        if not math.isclose(saved, here, rel_tol=CLOSE, abs_tol=CLOSE):
            yield where
    elif saved != here:
        yield where


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
