"""Pictures that people upload: judged byte by byte, and kept as what was judged and nothing else.

A PNG or JPEG is taken apart into its pieces and put together again without what only tells about the picture (place,
camera, comments) and without what comes after its end, so that no other kind of file can hide in it.
"""

import struct
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

PNG, JPEG = "image/png", "image/jpeg"
MOST_BYTES = 200 * 1024
MOST_PIXELS = 4_000_000
LONGEST_SIDE = 4000
_PNG_START = b"\x89PNG\r\n\x1a\n"
# What a PNG needs to be drawn as it is meant; other pieces are about the picture, or move it.
_PNG_PIECES = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"})
_PNG_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive: what every program reads
_JPEG_KEPT = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA, 0xEE})


class UnusablePicture(Exception):
    """The picture is refused; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class JudgedPicture:
    """A picture that can be used: its kind, its size in pixels, and its cleaned bytes."""

    media_type: str
    width: int
    height: int
    content: bytes


def judge_picture(content: bytes) -> JudgedPicture:
    """The picture without what does not belong in it. Raises UnusablePicture."""
    if len(content) > MOST_BYTES:
        raise UnusablePicture(
            _(
                "The picture is larger than %(limit)d kB. Save it smaller, for example 800 pixels wide, and choose it "
                "again."
            )
            % {"limit": MOST_BYTES // 1024}
        )
    try:
        if content.startswith(_PNG_START):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
    except (struct.error, IndexError, ValueError, zlib.error):
        raise UnusablePicture(
            _("The picture is damaged. Open it in your image program, save it again as PNG, and choose that file.")
        ) from None
    raise UnusablePicture(_("This is not a PNG or JPEG picture. Save the logo as PNG and choose that file."))


def _png(content: bytes) -> JudgedPicture:
    kept, packed, header, place = [_PNG_START], [], b"", len(_PNG_START)
    while True:
        (length,) = struct.unpack_from(">I", content, place)
        piece = content[place : place + length + 12]
        kind, body = piece[4:8], piece[8:-4]
        if len(piece) != length + 12 or zlib.crc32(piece[4:-4]) != struct.unpack(">I", piece[-4:])[0]:
            raise ValueError("broken piece")
        if (kind == b"IHDR") != (place == len(_PNG_START)):
            raise ValueError("a picture begins with one header")
        header = body if kind == b"IHDR" else header
        packed += [body] if kind == b"IDAT" else []
        kept += [piece] if kind in _PNG_PIECES else []
        place += len(piece)
        if kind == b"IEND":
            break
    width, height, depth, colours, compression, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    _check_size(width, height)
    if depth not in (1, 2, 4, 8, 16) or compression or filtering or interlaced > 1 or colours not in _PNG_SAMPLES:
        raise ValueError("unknown form")
    if interlaced:
        raise UnusablePicture(_("This PNG is interlaced. Save it without that choice, and choose it again."))
    _check_pixels(b"".join(packed), height, 1 + (width * _PNG_SAMPLES[colours] * depth + 7) // 8)
    return JudgedPicture(PNG, width, height, b"".join(kept))


def _check_pixels(packed: bytes, rows: int, row_length: int) -> None:
    """Unpack no more than the header promises; each row begins with one of five filters."""
    unpacking = zlib.decompressobj()
    pixels = unpacking.decompress(packed, rows * row_length + 1)
    if len(pixels) != rows * row_length or not unpacking.eof or max(pixels[::row_length]) > 4:
        raise ValueError("other pixels than the header says")


def _jpeg(content: bytes) -> JudgedPicture:
    kept, place, size = [b"\xff\xd8"], 2, (0, 0)
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker")
        marker = content[place + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", content, place + 2)
        piece = content[place : place + 2 + length]
        if length < 2 or len(piece) != length + 2:
            raise ValueError("broken piece")
        place += len(piece)
        if marker in _JPEG_FRAMES:
            if size != (0, 0):
                raise ValueError("two pictures in one")
            height, width = struct.unpack_from(">HH", piece, 5)
            size = (width, height)
            _check_size(width, height)
        elif 0xC0 <= marker <= 0xCF and marker != 0xC4:
            raise ValueError("a form that few programs read")
        if marker == 0xDA:
            end = _end_of_scan(content, place)
            piece, place = piece + content[place:end], end
        kept += [piece] if marker in _JPEG_KEPT else []
    if size == (0, 0):
        raise ValueError("no picture")
    return JudgedPicture(JPEG, *size, b"".join([*kept, b"\xff\xd9"]))


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the pixels end: at the first marker that is no part of them."""
    while True:
        place = content.index(b"\xff", place)
        if content[place + 1] == 0 or 0xD0 <= content[place + 1] <= 0xD7:
            place += 2
        elif content[place + 1] == 0xFF:
            place += 1
        else:
            return place


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise ValueError("no size")
    if width > LONGEST_SIDE or height > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise UnusablePicture(
            _("The picture is %(width)d by %(height)d pixels. Make it at most 4000 wide or high, and choose it again.")
            % {"width": width, "height": height}
        )
