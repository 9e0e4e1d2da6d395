"""`python -m greenaudit` is the same as `greenaudit`."""

import sys

from greenaudit.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
