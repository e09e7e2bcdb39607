"""The letterhead at the top of the first page of an office file: the logo, and the lines of the body at the right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from xml.sax.saxutils import escape, quoteattr

from openintegriteit.core.documents import model
from openintegriteit.core.documents.pandoc_tree import OfficeFormat
from openintegriteit.core.documents.wording import printable

LOGO_WIDTH, LOGO_HEIGHT = 8.0, 1.7  # at most, in centimetres
EMU = 360_000  # the unit of Office: so many to a centimetre
_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PAGE_FOOTER = (
    '<text:p text:style-name="Footer">$footer<text:tab/>$before_page<text:page-number text:select-page="current">1'
    "</text:page-number>$before_pages<text:page-count>1</text:page-count>$after_pages</text:p>"
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What comes into the reference files at named places, and which parts come beside them."""

    insertions: dict[str, str]
    parts: dict[str, str | bytes] = field(default_factory=dict)


def first_page_of(
    theme: model.Theme, form: OfficeFormat, files: Mapping[str, bytes], values: Mapping[str, str]
) -> FirstPage:
    """The letterhead of the first page; nothing for a body that has set neither logo nor lines.

    `values` are the words, safe for XML, with which the reference files are filled in.
    """
    letterhead = theme.letterhead
    logo = letterhead.logo if letterhead.logo and letterhead.logo.sha256 in files else None
    picture = files[logo.sha256] if logo else b""
    return _word(theme, logo, picture) if form == "docx" else _open_document(theme, logo, picture, values)


def _word(theme: model.Theme, logo: model.Logo | None, picture: bytes) -> FirstPage:
    if not (logo or theme.letterhead.lines):
        return FirstPage({"first_page_reference": "", "title_page": "", "first_page_relationship": ""})
    mark = _word_picture(logo) if logo else _word_words(theme.organisation_name)
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Letterhead"/></w:pPr>{_word_words(line)}</w:p>'
        for line in theme.letterhead.lines
    )
    header = (
        f'{_DECLARATION}<w:hdr {_WORD}><w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>{mark}</w:p>'
        f"{lines}</w:hdr>"
    )
    parts: dict[str, str | bytes] = {"word/header2.xml": header}
    if logo:
        relationship = f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/image" Target="media/{logo.file_name}"/>'
        parts["word/_rels/header2.xml.rels"] = (
            f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{relationship}</Relationships>'
        )
        parts[f"word/media/{logo.file_name}"] = picture
    insertions = {
        "first_page_reference": '<w:headerReference w:type="first" r:id="rId103"/>'
        '<w:footerReference w:type="first" r:id="rId102"/>',
        "title_page": "<w:titlePg/>",
        "first_page_relationship": f'<Relationship Id="rId103" Type="{_RELATIONSHIPS}/header" Target="header2.xml"/>',
    }
    return FirstPage(insertions, parts)


def _word_words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'


def _word_picture(logo: model.Logo) -> str:
    width, height = (round(size * EMU) for size in logo.fitted(width=LOGO_WIDTH, height=LOGO_HEIGHT))
    words = quoteattr(printable(logo.alternative_text))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="Logo" '
        f'descr={words}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Logo" descr={words}/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _open_document(theme: model.Theme, logo: model.Logo | None, picture: bytes, values: Mapping[str, str]) -> FirstPage:
    footer = Template(_PAGE_FOOTER).substitute(values)
    if not (logo or theme.letterhead.lines):
        return FirstPage({"first_page_header": "", "page_footer": footer, "first_page_footer": ""})
    mark = _open_document_picture(logo) if logo else escape(printable(theme.organisation_name))
    lines = "".join(
        f'<text:p text:style-name="Letterhead">{escape(printable(line))}</text:p>' for line in theme.letterhead.lines
    )
    header = f'<style:header-first><text:p text:style-name="Standard">{mark}</text:p>{lines}</style:header-first>'
    insertions = {
        "first_page_header": header,
        "page_footer": footer,
        # A page that has a header of its own has the footer of the others only when it is said again.
        "first_page_footer": f"<style:footer-first>{footer}</style:footer-first>",
    }
    return FirstPage(insertions, {f"Pictures/{logo.file_name}": picture} if logo else {})


def _open_document_picture(logo: model.Logo) -> str:
    width, height = logo.fitted(width=LOGO_WIDTH, height=LOGO_HEIGHT)
    return (
        '<draw:frame draw:style-name="LogoFrame" draw:name="Logo" text:anchor-type="as-char" '
        f'svg:width="{width:.2f}cm" svg:height="{height:.2f}cm">'
        f'<draw:image xlink:href="Pictures/{logo.file_name}" xlink:type="simple" xlink:show="embed" '
        f'xlink:actuate="onLoad"/><svg:desc>{escape(printable(logo.alternative_text))}</svg:desc></draw:frame>'
    )
