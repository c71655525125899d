"""``python -m eventstudy``: the same as the command ``eventstudy``."""

import sys

from eventstudy.cli import main

sys.exit(main())
