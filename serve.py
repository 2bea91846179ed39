"""Serves the dashboard in its served form: `make serve`."""

import sys

from roi.ui import served

if __name__ == "__main__":
    sys.exit(served.main(sys.argv[1:]))
