"""The page that lists every public name, from ``eventstudy.__all__``."""

from __future__ import annotations

import inspect

import eventstudy

HOMES = {
    "prices": "Events and data",
    "news": "Events and data",
    "models": "Models and tests",
    "inference": "Models and tests",
}
FIRST = ("analyze", "study", "EventResult", "StudyResult", "EventStudyError")
INTRODUCTION = """# Reference

All that `import eventstudy` hands out. `eventstudy.__version__` is the version, a
string.
"""
SECTION = """
## {title}

{words}

```{{eval-rst}}
.. currentmodule:: eventstudy

.. autosummary::
   :toctree: generated

{names}
```
"""
WORDS = {
    "Analyse": "One event, many, and what hangs on the choices.",
    "Events and data": "What happened, when, and the prices.",
    "Results": "What the functions answer with; built by them, not by hand.",
    "Models and tests": "What there is to choose from.",
    "Errors": "One family; each is as well the builtin that it refines.",
}


def group(name: str) -> str:
    """The section of a name, by the room that it lives in and by what it is."""
    value = getattr(eventstudy, name)
    if inspect.isclass(value) and issubclass(value, Exception):
        return "Errors"
    home = value.__name__ if inspect.ismodule(value) else value.__module__
    room = home.split(".")[1]
    return HOMES.get(room, "Results" if inspect.isclass(value) else "Analyse")


def page() -> str:
    """The whole page."""
    names = [name for name in eventstudy.__all__ if not name.startswith("_")]
    names.sort(key=lambda name: (name not in FIRST, name))
    parts = [INTRODUCTION]
    for title, words in WORDS.items():
        own = "\n".join(f"   {name}" for name in names if group(name) == title)
        parts.append(SECTION.format(title=title, words=words, names=own))
    return "".join(parts)
