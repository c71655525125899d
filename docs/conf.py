"""How Sphinx builds these pages: `make docs`, without any request to others."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "extensions"), str(HERE)]

import eventstudy  # noqa: E402

project = "eventstudy"
author = "The eventstudy developers"
copyright = author
release = version = eventstudy.__version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "made_pages",
    "mathml",
    "signatures",
]
exclude_patterns = ["_build", "made", "templates"]
templates_path = ["templates"]
nitpick_ignore: list[tuple[str, str]] = []

# Notebooks show the outputs that are committed; no page is computed here.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
myst_dmath_double_inline = True

autosummary_generate = True
autosummary_ignore_module_all = False
autodoc_typehints = "none"  # numpydoc's sections say them
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
# Sections that exist, in their order, and no parameter that the code does not have.
numpydoc_validation_checks = {"GL03", "GL06", "GL07", "PR02", "SS02", "YD01"}

html_theme = "furo"
html_title = f"eventstudy {release}"
html_static_path = ["static"]
html_favicon = "static/mark.svg"
html_css_files = ["pages.css"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_copyright = False
html_last_updated_fmt = None
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#1b4f8a",
        "color-brand-content": "#1b4f8a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8ab8ee",
        "color-brand-content": "#8ab8ee",
    },
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
