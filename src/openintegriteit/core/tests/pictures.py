"""Small pictures for tests, made by hand so that a test can break them where it wants."""

import struct
import zlib
from base64 import b64decode

# 8 by 4 pixels, grey.
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5"
    "PTgyPC4zNDL/wAALCAAEAAgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQR"
    "BRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4"
    "eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEB"
    "AAA/ACv/2Q=="
)


def piece(kind: bytes, body: bytes) -> bytes:
    """A piece of a PNG, with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 24, height: int = 8, *, header: bytes | None = None, pixels: bytes | None = None) -> bytes:
    """A picture in red; `header` and `pixels` put something else in the place of what belongs there."""
    said = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0) if header is None else header
    drawn = (b"\x00" + b"\xa3\x20\x1d" * width) * height if pixels is None else pixels
    ends = piece(b"IDAT", zlib.compress(drawn)) + piece(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", said) + ends
