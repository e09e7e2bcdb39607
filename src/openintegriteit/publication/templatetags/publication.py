"""Words and addresses on the pages of the public site."""

from django import template
from django.utils.translation import gettext

from openintegriteit.publication.contents import BY_KEY
from openintegriteit.publication.queries import Shown
from openintegriteit.publication.telling import address_of, document_word

register = template.Library()


@register.filter
def address(shown: Shown) -> str:
    """Where a register stands."""
    return address_of(shown)


@register.filter
def article(shown: Shown, organisation_kind: str) -> str:
    """What the law says about a register."""
    return shown.register.article(organisation_kind)


register.filter("document_word", document_word)


@register.filter
def title_of(key: str) -> str:
    """The title of a register by its key, in the language of the screen."""
    return gettext(BY_KEY[key].title)


@register.filter
def in_own_words(text: str) -> str:
    """A text about a register in the language of the screen; on the site itself it is Dutch."""
    return gettext(text)
