"""The site, built as `make docs` does it, into a folder of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.docs.sources import DOCS, ROOT


def build(folder: Path) -> Path:
    """Build it without a warning; the folder of its pages."""
    command = [sys.executable, "-m", "sphinx", "-WEaq", "--keep-going"]
    command += ["-d", str(folder / "doctrees"), str(DOCS), str(folder / "html")]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "html"
