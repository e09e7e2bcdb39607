"""The console command `openintegriteit`."""

import os
import sys

FOR_OTHERS = 0o027  # what nobody outside our own user and group may do with the files that we write


def main() -> None:
    """Run one console command; exits with 0 (done), 1 (refused, with reasons) or 2 (wrong call)."""
    os.umask(FOR_OTHERS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openintegriteit.config.settings")
    from openintegriteit.config.console import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
