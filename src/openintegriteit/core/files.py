"""Files that are whole or not there."""

import os
import tempfile
from pathlib import Path

PART = ".part"


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it, also when the process is killed or the power fails.

    Makes the folder where it does not exist. Raises OSError when the disk refuses; what was there stays as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=PART)
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(temporary).replace(file)
    finally:
        Path(temporary).unlink(missing_ok=True)


def is_part(file: Path) -> bool:
    """Whether it is a file that is being written at this moment, or was when its process was killed."""
    return file.suffix == PART
