"""Which words make a password easy to guess here (settings.AUTH_PASSWORD_VALIDATORS)."""

import django_scopes
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from openintegriteit.core.searching import searchable
from openintegriteit.identity.models import User
from openintegriteit.organisations.models import Organisation

# Beside these, every word of the body's own name of at least four letters.
GUESSED_FIRST = ("openintegriteit", "integriteit", "wachtwoord", "inloggen", "welkom")
SHORTEST_WORD = 4
LEFT_OVER = 8  # what must be there beside the words that everybody here would guess


class GuessedFirstValidator:
    """Refuses a password that holds little beside the names of the product and of the body."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when fewer than eight characters are left without those words."""
        rest = plain = searchable(password)
        for word in sorted({*GUESSED_FIRST, *_words_of_body()}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != plain and len(rest) < LEFT_OVER:
            raise ValidationError(self.get_help_text(), code="guessed_first")

    def get_help_text(self) -> str:
        """What to do instead."""
        return _("Use more than the name of your organisation or of this product: everybody would guess that first.")


def _words_of_body() -> list[str]:
    body = Organisation.objects.filter(pk=django_scopes.get_scope().get("organisation")).first()
    return [word for word in searchable(body.name).split() if len(word) >= SHORTEST_WORD] if body else []
