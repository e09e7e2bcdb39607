"""The table of contents of an office file: what makes Word and LibreOffice bring it up to date when they are asked to.

Its lines are written beforehand, so a reader sees them at once; page numbers come with the first time it is asked.
"""

from xml.sax.saxutils import escape

_FIELD = '<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
_ENTRY = (
    '<text:table-of-content-entry-template text:outline-level="{level}" text:style-name="ContentsLine{level}">'
    "<text:index-entry-link-start/><text:index-entry-text/>"
    '<text:index-entry-tab-stop style:type="right" style:leader-char="."/>'
    "<text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>"
)


def field_in_word(deepest_level: int) -> tuple[str, str]:
    """What stands before the words of the first line and after those of the last one (ISO/IEC 29500-1, 17.16.5.68)."""
    asked = f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{deepest_level}" \\h </w:instrText></w:r>'
    return _FIELD.format(kind="begin") + asked + _FIELD.format(kind="separate"), _FIELD.format(kind="end")


def index_in_odt(title: str, deepest_level: int) -> tuple[str, str, str]:
    """What stands before the title, between the title and the first line, and after the last one (ODF 1.3, 8.3)."""
    levels = range(1, deepest_level + 1)
    before = (
        '<text:table-of-content text:name="Contents" text:protected="false">'
        f'<text:table-of-content-source text:outline-level="{deepest_level}">'
        f'<text:index-title-template text:style-name="ContentsHeading">{escape(title)}</text:index-title-template>'
        + "".join(_ENTRY.format(level=level) for level in levels)
        + '</text:table-of-content-source><text:index-body><text:index-title text:name="ContentsTitle">'
    )
    return before, "</text:index-title>", "</text:index-body></text:table-of-content>"
