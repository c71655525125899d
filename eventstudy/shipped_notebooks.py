"""The shipped notebooks: found, run with other parameters, copied to a folder."""

from __future__ import annotations

import ast
import logging
import shutil
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from eventstudy.errors import ArgumentError, NoDataError

PACKAGE = Path(__file__).resolve().parent
INSTALL = "Install it: pip install 'investor-eventstudy[notebook]'."
KERNEL = "python3"
# The kernel tells of its connection and its end; errors of cells come another way.
QUIET = ["--IPKernelApp.log_level=CRITICAL"]
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color: #1d252d;
  font: 1rem/1.5 system-ui, sans-serif; }}
img {{ max-width: 100%; height: auto; }}
.jp-OutputArea-output, .output_subarea {{ overflow-x: auto; }}
table.dataframe {{ border-collapse: collapse; font-size: 0.85rem; }}
table.dataframe th, table.dataframe td {{ padding: 0.3rem 0.6rem; text-align: right;
  border-bottom: 1px solid #d5dbe1; }}
pre {{ white-space: pre-wrap; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def notebooks() -> dict[str, Path]:
    """The shipped notebooks by name, without number: ``any_event``.

    Raises
    ------
    NoDataError
        When the installation has none.
    """
    inside, beside = PACKAGE / "_notebooks", PACKAGE.parent / "notebooks"
    folder = inside if inside.is_dir() else beside
    found = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not found:
        raise NoDataError(
            "notebook", "shipped notebooks", "installation incomplete: there are none",
            "Install the package again.",
        )  # fmt: skip
    return {path.stem[3:]: path for path in found}


def find_notebook(name: str) -> Path:
    """The notebook of a name, with or without its number and ending.

    Raises
    ------
    ArgumentError
    """
    shipped = notebooks()
    wanted = Path(name).name.removesuffix(".ipynb")
    for key, path in shipped.items():
        if wanted in {key, path.stem, path.stem[:2]}:
            return path
    raise ArgumentError(
        "notebook", name, "not one of the shipped ones", f"Use {', '.join(shipped)}."
    )


def run_notebook(name: str, parameters: Mapping[str, Any], out: Path) -> None:
    """Run a notebook with other parameters; it appears whole or not at all.

    Parameters
    ----------
    name : str
        As of :func:`find_notebook`.
    parameters : mapping
        Values for names of its parameters cell.
    out : Path
        The executed notebook; ``.html`` makes a page of it.

    Raises
    ------
    ArgumentError
        For an unknown notebook or parameter, a missing package, or a cell that
        fails: its error is the message.
    """
    path = find_notebook(name)
    try:
        import papermill
        from papermill.exceptions import PapermillExecutionError
    except ImportError as error:
        raise ArgumentError("notebook", name, "needs papermill", INSTALL) from error
    _check(path, parameters, papermill)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / path.name
        try:
            papermill.execute_notebook(
                path, made, dict(parameters), kernel_name=KERNEL, progress_bar=False,
                cwd=str(Path.cwd()), extra_arguments=QUIET,
            )  # fmt: skip
        except PapermillExecutionError as error:
            raise ArgumentError(
                "notebook", path.stem, f"{error.ename}: {error.evalue}",
                "Pass other parameters with -p.",
            ) from error  # fmt: skip
        _deliver(made, out)


def copy_notebooks(folder: Path) -> list[Path]:
    """Copy the shipped notebooks to a folder; what is there is left as it is.

    Parameters
    ----------
    folder : Path
        Made if need be.

    Returns
    -------
    list of Path
        The notebooks in the folder.

    Raises
    ------
    ArgumentError
        Where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in notebooks().values():
            if not (folder / path.name).exists():
                shutil.copyfile(path, folder / path.name)
    except OSError as error:
        raise ArgumentError(
            "folder", str(folder), f"not written: {error.strerror}", "Name another one."
        ) from error
    return [folder / path.name for path in notebooks().values()]


def value_of(text: str) -> Any:
    """A parameter as typed in a shell: a Python literal, else the text itself.

    Examples
    --------
    >>> value_of("(-5, 5)"), value_of("None"), value_of("2013-02-22")
    ((-5, 5), None, '2013-02-22')
    """
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _check(path: Path, parameters: Mapping[str, Any], papermill: Any) -> None:
    known = list(papermill.inspect_notebook(path))
    for name, value in parameters.items():
        if name not in known:
            raise ArgumentError(
                name, value, f"no parameter of {path.stem}", f"Use {', '.join(known)}."
            )


def _deliver(made: Path, out: Path) -> None:
    """The executed notebook, or a page of it, in its place."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix == ".html":
            made = _page(made)
        shutil.move(made, out)
    except OSError as error:
        raise ArgumentError(
            "out", str(out), f"not written: {error.strerror}", "Name another file."
        ) from error


def _page(path: Path) -> Path:
    """One page that asks nothing of any other machine, without the code cells."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="basic",
        exclude_input=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_filename(str(path))
    page = path.with_suffix(".html")
    page.write_text(PAGE.format(title=escape(path.stem), body=body), encoding="utf-8")
    return page
