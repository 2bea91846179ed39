"""The command line: `python -m roi`."""

import sys

from roi.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
