"""The certificate of an oath, affirmation or statement, and those of a whole ceremony in one file, as documents."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.documents.model import (
    Block,
    Definition,
    DefinitionList,
    Document,
    Heading,
    PageBreak,
    Signatory,
    SignatureBlock,
    paragraph,
)
from openintegriteit.core.documents.prose import prose
from openintegriteit.organisations.house_style import theme_of
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.oaths.models import Ceremony, Oath, OathForm

TITLES = {
    OathForm.OATH: gettext_lazy("Certificate of an oath"),
    OathForm.AFFIRMATION: gettext_lazy("Certificate of an affirmation"),
    OathForm.STATEMENT: gettext_lazy("Certificate of an integrity statement"),
}


@translation.override(settings.LANGUAGE_CODE)
def certificate_of(oath: Oath, organisation: Organisation) -> Document:
    """The certificate of one oath, dated on the day on which it was taken."""
    return Document(
        title=str(TITLES[OathForm(oath.form)]),
        subject=oath.person.full_name,
        theme=theme_of(organisation),
        date=oath.taken_on,
        author=organisation.name,
        blocks=tuple(_blocks(oath, level=1)),
    )


@translation.override(settings.LANGUAGE_CODE)
def certificates_of(ceremony: Ceremony, organisation: Organisation) -> Document | None:
    """The certificates of everything taken at a ceremony, by name, each on its own page; None when there are none."""
    taken = list(
        Oath.objects.standing()
        .filter(ceremony=ceremony)
        .select_related("person", "text", "ceremony")
        .order_by("person__family_name", "person__given_name", "id")
    )
    if not taken:
        return None
    blocks: list[Block] = []
    for number, oath in enumerate(taken):
        blocks += [PageBreak()] if number else []
        blocks += [Heading(f"{TITLES[OathForm(oath.form)]}: {oath.person.full_name}"), *_blocks(oath, level=2)]
    return Document(
        title=_("Certificates"),
        subject=ceremony.activity.title,
        theme=theme_of(organisation),
        date=taken[0].taken_on,
        author=organisation.name,
        blocks=tuple(blocks),
    )


def _blocks(oath: Oath, *, level: int) -> Iterator[Block]:
    told = (
        (_("Name"), oath.person.full_name),
        (_("What was taken"), capfirst(oath.get_form_display())),
        (_("Day"), date_format(oath.taken_on, "DATE_FORMAT")),
        (_("Before whom"), oath.before_whom),
        (_("Meeting or occasion"), oath.occasion),
        (_("In whose presence"), oath.ceremony.in_presence_of if oath.ceremony else ""),
    )
    yield DefinitionList(tuple(Definition(term, (paragraph(words),)) for term, words in told if words.strip()))
    if oath.text:
        yield Heading(oath.text.label, level)
        yield from prose(oath.text.text)
    if oath.before_whom.strip():
        yield SignatureBlock(
            (Signatory(_("Who took it"), oath.person.full_name), Signatory(_("Before whom"), oath.before_whom))
        )
