"""Draw the founding case for the README.

python docs/readme_figure.py [FILE]     docs/images/imgn-2010-08-27.png by default
"""

from __future__ import annotations

import sys
from pathlib import Path

import eventstudy as es

IMAGE = Path(__file__).parent / "images" / "imgn-2010-08-27.png"


def main() -> None:
    """Draw it with two pixels for each point, for fine screens."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGE
    path.write_bytes(es.analyze("IMGN", "2010-08-27").plot().to_png(scale=2))


if __name__ == "__main__":
    main()
