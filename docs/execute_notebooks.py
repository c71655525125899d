"""Run notebooks from top to bottom and keep their outputs, the same bytes each time.

python docs/execute_notebooks.py [NOTEBOOK ...]     all of notebooks/ by default
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def executed(path: Path) -> NotebookNode:
    """Execute in a fresh kernel, in the notebook's folder; nothing is written."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources=place,
    ).execute()
    return without_traces(notebook)


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """Drop times, versions and the editor's own settings."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags")
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        for output in cell.get("outputs", []):
            # Widgets live as long as their kernel; what stands for them stays.
            output.get("data", {}).pop(WIDGET, None)
    return notebook


def main() -> None:
    """Execute in place."""
    named = [Path(word).resolve() for word in sys.argv[1:]]
    for path in named or sorted(NOTEBOOKS.glob("*.ipynb")):
        sys.stdout.write(f"{path.name}\n")
        nbformat.write(executed(path), path)


if __name__ == "__main__":
    main()
