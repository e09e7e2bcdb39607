"""Row headers in a tagged PDF.

Typst tags the header row of a table, but its stable features cannot tag the first cell of a row as the header of that
row. Here that is added to the finished file: the structure elements, which Typst writes as plain objects, are changed
and the table of object addresses (ISO 32000-1, 7.5.4) is written anew. Cells of these tables drop their list of
headers, so that readers find row and column headers by scope (14.8.5.7).
"""

import re
from collections.abc import Iterator, Sequence

Objects = dict[int, bytes]

_REFERENCE = re.compile(rb"(\d+) 0 R")
_KIND = re.compile(rb"/S/(\w+)")
_CHILDREN = re.compile(rb"/K\[([^\]]*)\]")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_LEAVES = frozenset({b"H1", b"H2", b"H3", b"H4", b"H5", b"H6", b"Figure", b"P", b"Span", b"Link", b"Title", b"Caption"})


def mark_row_headers(pdf: bytes, row_headers: Sequence[bool]) -> bytes:
    """The PDF in which the first cell of each body row is a row header, for each table that `row_headers` says so of.

    Args:
        pdf: a tagged PDF as Typst writes it.
        row_headers: one value for each table, in reading order.

    Raises:
        ValueError: if the file has another number of tables.
    """
    if not any(row_headers):
        return pdf
    offsets, trailer = _addresses(pdf)
    objects = _objects(pdf, offsets)
    tables = list(_elements(objects, _root(objects, trailer), b"Table"))
    if len(tables) != len(row_headers):
        raise ValueError(f"The file has {len(tables)} tables, the document {len(row_headers)}.")
    for table, wanted in zip(tables, row_headers, strict=True):
        if wanted:
            _mark(objects, table)
    return _file(pdf[: min(offsets.values())], objects, offsets, trailer)


def _addresses(pdf: bytes) -> tuple[dict[int, int], bytes]:
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    table, _, trailer = pdf[start:].partition(b"trailer")
    entries = table.split(b"\n")[2:]
    offsets = {number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"}
    return offsets, trailer[: trailer.rindex(b"startxref")].strip()


def _objects(pdf: bytes, offsets: dict[int, int]) -> Objects:
    end_of_last = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    numbers = sorted(offsets, key=offsets.__getitem__)
    ends = [offsets[number] for number in numbers[1:]] + [end_of_last]
    return {number: pdf[offsets[number] : end] for number, end in zip(numbers, ends, strict=True)}


def _root(objects: Objects, trailer: bytes) -> int:
    catalogue = re.search(rb"/Root (\d+) 0 R", trailer)
    tree = re.search(rb"/StructTreeRoot (\d+) 0 R", objects[int(catalogue[1])]) if catalogue else None
    if not tree:
        raise ValueError("The file has no structure.")
    return int(tree[1])


def _elements(objects: Objects, number: int, kind: bytes) -> Iterator[int]:
    """The nearest structure elements of a kind below an element, in reading order."""
    for child in _children(objects, number):
        found = _kind(objects[child])
        if found == kind:
            yield child
        elif found not in _LEAVES:
            yield from _elements(objects, child, kind)


def _children(objects: Objects, number: int) -> Iterator[int]:
    children = _CHILDREN.search(objects[number])
    for reference in _REFERENCE.findall(children[1]) if children else ():
        if b"/Type/StructElem" in objects[int(reference)]:
            yield int(reference)


def _kind(element: bytes) -> bytes:
    kind = _KIND.search(element)
    return kind[1] if kind else b""


def _mark(objects: Objects, table: int) -> None:
    for body in _elements(objects, table, b"TBody"):
        for row in _children(objects, body):
            for place, cell in enumerate(_children(objects, row)):
                attributes = _HEADERS.sub(b"", objects[cell], count=1)
                if place == 0:
                    attributes = attributes.replace(b"/S/TD", b"/S/TH", 1).replace(
                        b"<</O/Table", b"<</O/Table/Scope/Row", 1
                    )
                objects[cell] = attributes


def _file(header: bytes, objects: Objects, offsets: dict[int, int], trailer: bytes) -> bytes:
    parts = [header]
    position = len(header)
    moved: dict[int, int] = {}
    for number in sorted(offsets, key=offsets.__getitem__):
        moved[number] = position
        parts.append(objects[number])
        position += len(objects[number])
    size = max(offsets) + 1
    entries = [
        b"%010d 00000 n \n" % moved[number] if number in moved else b"0000000000 65535 f \n" for number in range(size)
    ]
    parts += [b"xref\n0 %d\n" % size, *entries, b"trailer\n", trailer, b"\nstartxref\n%d\n%%%%EOF" % position]
    return b"".join(parts)
