"""The remarks about a document of others in words: what was noticed, and what to do about it."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from openintegriteit.core.documents.judging import Remark

SENTENCES: dict[str, str | Promise] = {
    "pdf_locked": _(
        "The protection of the PDF forbids screen readers to read it; ask the author for a file without protection."
    ),
    "pdf_untagged": _(
        "The PDF has no tags, so a screen reader does not know headings, lists and tables; ask the author for a tagged "
        "PDF."
    ),
    "no_title": _(
        "The document has no title among its properties; ask the author to fill in the title and save it again."
    ),
    "pdf_title_hidden": _(
        "A reader program shows the file name and not the title; ask the author to have the title shown when the PDF "
        "opens."
    ),
    "no_language": _(
        "The document does not say in which language it is, so it may be read aloud wrongly; ask the author to set the "
        "language."
    ),
    "pdf_no_claim": _(
        "The PDF does not say that it follows the standard for accessible PDF (PDF/UA); ask the author whether it was "
        "made and checked by that standard."
    ),
    "no_headings": _(
        "The text has no headings that a program knows as headings; ask the author to use the heading styles."
    ),
}


def sentence(remark: Remark) -> str:
    """One sentence about a remark. Raises KeyError for a remark that nobody makes."""
    if remark.key == "pdf_pictures":
        words = ngettext(
            "One page is only a picture, of which nothing can be read aloud; ask the author for the text itself.",
            "%(count)d pages are only pictures, of which nothing can be read aloud; ask the author for the text "
            "itself.",
            remark.count,
        )
        return words % {"count": remark.count}
    if remark.key == "bare_pictures":
        words = ngettext(
            "One picture has no words for people who do not see it; ask the author to add an alternative text.",
            "%(count)d pictures have no words for people who do not see them; ask the author to add alternative texts.",
            remark.count,
        )
        return words % {"count": remark.count}
    return str(SENTENCES[remark.key])


def sentences(stored: Iterable[tuple[str, int]]) -> list[str]:
    """A sentence per remark, of remarks as they are stored."""
    return [sentence(Remark(key, count)) for key, count in stored]
