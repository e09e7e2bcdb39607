"""What a PDF says of itself: a program of its own, for a PDF of others may try to hang or to fill whoever reads it.

It reads the file from its input and writes the facts as JSON. It runs by its path, knows nothing of the product, and
keeps itself within limits. Exit codes: 0 read, 3 a password is needed, 4 not to be read; any other: a limit was hit.
"""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

import pikepdf

MOST_MEMORY = 768 * 1024**2  # bytes, with the program itself
MOST_SECONDS = 20  # of the processor
SHOWING_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PROGRAMS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})
DEEPEST = 4  # forms within forms on a page
NEEDS_PASSWORD, UNREADABLE = 3, 4


def facts_of(pdf: pikepdf.Pdf) -> dict[str, object]:
    """What the file says about itself, and how many of its pages are pictures without any text."""
    root = pdf.Root
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        title = _text(metadata.get("dc:title")) or _text(pdf.docinfo.get("/Title") if pdf.docinfo else None)
        claims_standard = bool(_text(metadata.get("pdfuaid:part")))
    return {
        "programs": _has_program(pdf),
        "tagged": "/StructTreeRoot" in root and _said(root.get("/MarkInfo"), "/Marked"),
        "title": bool(title),
        "shows_title": _said(root.get("/ViewerPreferences"), "/DisplayDocTitle"),
        "language": bool(_text(root.get("/Lang"))),
        "claims_standard": claims_standard,
        "read_aloud": bool(pdf.allow.accessibility),
        "pages": len(pdf.pages),
        "pages_without_text": sum(not _has_text(page) for page in pdf.pages),
    }


def _text(value: object) -> str:
    return str(value).strip() if value is not None else ""


def _said(holder: object, key: str) -> bool:
    return isinstance(holder, pikepdf.Dictionary) and bool(holder.get(key, False))


def _has_program(pdf: pikepdf.Pdf) -> bool:
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        return True
    return any(_is_program(thing) for thing in pdf.objects) or _is_program(pdf.Root.get("/OpenAction"))


def _is_program(thing: object, depth: int = DEEPEST) -> bool:
    """Whether an object, or what stands within it, does something when the file is opened or read."""
    if isinstance(thing, pikepdf.Stream) or depth == 0:
        return False
    if isinstance(thing, pikepdf.Array):
        return any(_is_program(part, depth - 1) for part in thing if not getattr(part, "is_indirect", False))
    if not isinstance(thing, pikepdf.Dictionary):
        return False
    if str(thing.get("/S", "")) in PROGRAMS:
        return True
    parts = (part for _key, part in thing.items())
    return any(_is_program(part, depth - 1) for part in parts if not getattr(part, "is_indirect", False))


def _has_text(page: pikepdf.Page) -> bool:
    """Whether a page has words; one that is empty needs none."""
    operators = {str(step.operator) for step in pikepdf.parse_content_stream(page)}
    if operators & SHOWING_TEXT:
        return True
    drawn = list(_forms(page.obj.get("/Resources"), DEEPEST)) if "Do" in operators else []
    pictures = any(kind == "/Image" for kind, _form in drawn) or "INLINE IMAGE" in operators
    return not pictures or any(kind == "/Form" and _form_has_text(form) for kind, form in drawn)


def _form_has_text(form: pikepdf.Object) -> bool:
    return any(str(step.operator) in SHOWING_TEXT for step in pikepdf.parse_content_stream(form))


def _forms(resources: object, depth: int) -> Iterator[tuple[str, pikepdf.Object]]:
    """The pictures and forms that a page names, also within forms."""
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(named, pikepdf.Dictionary) or depth == 0:
        return
    for _name, thing in named.items():
        if isinstance(thing, pikepdf.Stream):
            yield str(thing.get("/Subtype")), thing
            yield from _forms(thing.get("/Resources"), depth - 1)


def main() -> int:
    """Read a PDF from the input and write its facts to the output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with pikepdf.open(BytesIO(sys.stdin.buffer.read())) as pdf:
            told = json.dumps(facts_of(pdf))
    except pikepdf.PasswordError:
        return NEEDS_PASSWORD
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):  # what a damaged file can raise
        return UNREADABLE
    sys.stdout.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
