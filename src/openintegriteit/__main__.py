"""The console command `openintegriteit`."""

import os
import sys


def main() -> None:
    """Run one console command; exits with 0 (done), 1 (refused, with reasons) or 2 (wrong call)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openintegriteit.config.settings")
    from openintegriteit.config.console import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
