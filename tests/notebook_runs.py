"""Notebooks as they are committed and as they run: cells, outputs, pictures."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
EMBEDDED = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    for cell in code(notebook):
        for output in cell.outputs:
            yield cell.id, output


def texts(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    """Cell, kind and content of what is shown in words; pictures are masked."""
    return [
        (cell, kind, EMBEDDED.sub("picture", content))
        for cell, output in outputs(notebook)
        for kind, content in sorted(words(output).items())
    ]


def words(output: NotebookNode) -> dict[str, str]:
    if output.output_type == "stream":
        return {output.name: output.text}
    return {kind: c for kind, c in output.data.items() if kind.startswith("text")}


def shown(notebook: NotebookNode, cell: str) -> str:
    """All words below a cell."""
    return "\n".join(content for name, _, content in texts(notebook) if name == cell)


def pictures(notebook: NotebookNode) -> Iterator[bytes]:
    for _, output in outputs(notebook):
        data = output.get("data", {})
        for encoded in EMBEDDED.findall(data.get("text/html", "")):
            yield base64.b64decode(encoded)
        if "image/png" in data:
            yield base64.b64decode(data["image/png"])


def assert_clean(notebook: NotebookNode) -> None:
    for cell, output in outputs(notebook):
        assert output.output_type != "error", cell
        assert output.get("name") != "stderr", (cell, output.text)


def parametrised(path: Path, folder: Path, **parameters: Any) -> NotebookNode:
    """Run a notebook with other parameters, in a kernel of its own."""
    import papermill

    out = folder / path.name
    papermill.execute_notebook(path, out, parameters, cwd=FOLDER, progress_bar=False)
    ran = read(out)
    assert_clean(ran)
    return ran
