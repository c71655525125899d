"""Files appear whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from eventstudy import _whole_files
from eventstudy.errors import ArgumentError, EventStudyError
from eventstudy.report.files import write_bytes, write_text


def test_text_is_written_as_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    path = write_text(tmp_path / "card.txt", "−41.09 %\nβ\n")
    assert path.read_bytes() == b"\xe2\x88\x9241.09 %\n\xce\xb2\n"


def test_a_string_is_a_path_too(tmp_path: Path) -> None:
    assert write_text(str(tmp_path / "a.txt"), "a") == tmp_path / "a.txt"


def test_an_existing_file_is_replaced_and_nothing_is_left_behind(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"a longer text than before")
    write_bytes(path, b"b")
    assert path.read_bytes() == b"b"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_whole_files.os, "fsync", no_space)
    with pytest.raises(ArgumentError, match="no space left on device"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    ours = write_text(tmp_path / "ours", "")
    assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_missing_folder_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "a.html"
    with pytest.raises(EventStudyError) as caught:
        write_text(path, "")
    assert caught.value.parameter == "path"
    assert caught.value.value == str(path)
    assert str(tmp_path / "reports") in caught.value.bound
    assert caught.value.way_out == "Make it first, or choose another path."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="this is a folder"):
        write_text(tmp_path, "")


def test_a_device_is_written_to() -> None:
    assert write_text("/dev/null", "gone") == Path("/dev/null")
