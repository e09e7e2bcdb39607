"""Which logos come in, and what is left of them."""

import struct
from collections.abc import Iterator

import pytest
from django.utils import translation

from openintegriteit.core.documents.images import MOST_BYTES, JudgedPicture, UnusablePicture, judge_picture
from openintegriteit.core.tests.pictures import JPEG, piece, png

PLACE = piece(b"eXIf", b"52.09N 5.12E") + piece(b"tEXt", b"Author\x00J. Jansen")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def header(width: int, height: int, depth: int = 8, colours: int = 2, interlaced: int = 0) -> bytes:
    return struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)


def test_a_png_passes_as_it_is() -> None:
    assert judge_picture(png(24, 8)) == JudgedPicture("image/png", 24, 8, png(24, 8))


def test_what_a_png_tells_about_its_maker_and_what_hides_behind_its_end_goes() -> None:
    begin, end = png()[:33], png()[33:]

    assert judge_picture(begin + PLACE + end + b"PK\x03\x04<script>alert(1)</script>").content == png()


def test_a_jpeg_passes_without_what_its_camera_tells() -> None:
    told = b"\xff\xe1" + struct.pack(">H", 20) + b"Exif\x00\x00gps 52.09 5."

    judged = judge_picture(JPEG[:2] + told + JPEG[2:] + b"<script>")

    assert (judged.media_type, judged.width, judged.height) == ("image/jpeg", 8, 4)
    assert b"gps" not in judged.content
    assert judged.content.endswith(b"\xff\xd9")
    assert judge_picture(judged.content).content == judged.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a\x01\x00\x01\x00",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7",
        b"RIFF\x00\x00\x00\x00WEBP",
    ],
)
def test_what_is_no_png_or_jpeg_is_refused(content: bytes) -> None:
    with pytest.raises(UnusablePicture, match="PNG or JPEG"):
        judge_picture(content)


@pytest.mark.parametrize(
    "content",
    [
        png()[:-20],
        png()[:8],
        png()[:20] + b"\xff" + png()[21:],  # a checksum that is wrong
        png(pixels=b"\x00" * 10),
        png(pixels=b"\x00" * 100_000),  # more pixels than the header says
        png(pixels=(b"\x09" + b"\x00" * 72) * 8),  # a filter that does not exist
        png(header=header(0, 8)),
        png(header=header(24, 8, depth=3)),
        png(header=header(24, 8, colours=5)),
        png(header=b"\x00"),
        b"\x89PNG\r\n\x1a\n" + piece(b"IEND", b""),
        JPEG[:100],
        JPEG[:2] + b"\xff\xd9",
        b"\xff\xd8\xff\xda\x00\x02",
    ],
)
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnusablePicture, match="damaged"):
        judge_picture(content)


def test_a_picture_of_too_many_bytes_or_pixels_is_refused_before_it_is_unpacked() -> None:
    bomb = png(header=header(4001, 1), pixels=b"")

    with pytest.raises(UnusablePicture, match="4001 by 1 pixels"):
        judge_picture(bomb)
    with pytest.raises(UnusablePicture, match="larger than 200 kB"):
        judge_picture(png() + b"\x00" * MOST_BYTES)


def test_a_small_file_that_unpacks_to_a_large_one_costs_no_more_than_its_header_says() -> None:
    content = png(header=header(4, 4), pixels=b"\x00" * 20_000_000)

    assert len(content) < MOST_BYTES
    with pytest.raises(UnusablePicture, match="damaged"):
        judge_picture(content)


def test_an_interlaced_png_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnusablePicture, match="interlaced"):
        judge_picture(png(header=header(24, 8, interlaced=1)))
