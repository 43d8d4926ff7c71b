"""The way in: see `tests.sim.campaign`, which the worker processes can import by its name."""

import sys

from tests.sim.campaign import main

if __name__ == "__main__":
    sys.exit(main())
