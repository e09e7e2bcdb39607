"""Documents of others as their programs make them, good and less good, built in the test itself."""

from io import BytesIO

import pikepdf
from docx import Document
from docx.shared import Cm
from odf import dc, text
from odf.draw import Frame, Image
from odf.opendocument import OpenDocumentText
from odf.style import DefaultStyle, TextProperties
from odf.svg import Desc

from openintegriteit.core.tests.pictures import png

WORDS = b"BT /F1 12 Tf 72 720 Td (Verslag) Tj ET"
PICTURE = b"q 100 0 0 100 0 0 cm /Im0 Do Q"


def pdf(*pages, good=False, encryption=None, change=None):
    """A PDF with these page contents; `good` is tagged, with title, language and the claim of PDF/UA."""
    made = pikepdf.new()
    for content in pages or (WORDS,):
        page = made.add_blank_page()
        picture = made.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        page.obj.Contents = made.make_stream(content)
    if good:
        made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        made.Root.Lang = pikepdf.String("nl-NL")
        made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with made.open_metadata() as metadata:
            metadata["dc:title"] = "Jaarverslag vertrouwenspersonen"
            metadata["pdfuaid:part"] = "1"
    if change:
        change(made)
    target = BytesIO()
    made.save(target, encryption=encryption or False)
    return target.getvalue()


def docx(*, title="Verslag", language=True, heading=True, words="Een grafiek", picture=True):
    """A text as Word writes it."""
    made = Document()
    made.core_properties.title = title
    if not language:
        for mark in made.styles.element.xpath("//w:lang"):
            mark.getparent().remove(mark)
    if heading:
        made.add_heading("Inleiding")
    made.add_paragraph("Wij hielden gesprekken.")
    if picture:
        made.add_picture(BytesIO(png()), width=Cm(1))
        made.inline_shapes[0]._inline.docPr.set("descr", words)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def odt(*, title="Verslag", language=True, heading=True, words="Een grafiek", picture=True):
    """A text as LibreOffice writes it."""
    made = OpenDocumentText()
    if title:
        made.meta.addElement(dc.Title(text=title))
    if language:
        usual = DefaultStyle(family="paragraph")
        usual.addElement(TextProperties(language="nl", country="NL"))
        made.styles.addElement(usual)
    if heading:
        made.text.addElement(text.H(outlinelevel=1, text="Inleiding"))
    paragraph = text.P(text="Wij hielden gesprekken.")
    made.text.addElement(paragraph)
    if picture:
        frame = Frame(width="1cm", height="1cm")
        frame.addElement(Image(href=made.addPictureFromString(png(), "image/png")))
        if words:
            frame.addElement(Desc(text=words))
        paragraph.addElement(frame)
    target = BytesIO()
    made.write(target)
    return target.getvalue()
