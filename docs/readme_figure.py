"""Draw the README's figures: the founding case, its other designs, all announcements.

python docs/readme_figure.py [FOLDER]     docs/images by default
"""

from __future__ import annotations

import sys
from pathlib import Path

import eventstudy as es

IMAGES = Path(__file__).parent / "images"


def main() -> None:
    """Draw them with two pixels for each point, for fine screens."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    letter = es.analyze("IMGN", "2010-08-27").plot()
    (folder / "imgn-2010-08-27.png").write_bytes(letter.to_png(scale=2))
    designs = es.specification_curve("IMGN", "2010-08-27").plot()
    (folder / "imgn-specifications.png").write_bytes(designs.to_png(scale=2))
    timeline = es.study(es.list_events("IMGN")).plot("timeline")
    (folder / "imgn-timeline.png").write_bytes(timeline.to_png(scale=2))


if __name__ == "__main__":
    main()
