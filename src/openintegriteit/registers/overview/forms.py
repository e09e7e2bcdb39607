"""Of which year and which register to show the counts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.overview.queries import SHOWN
from openintegriteit.ui.listing import address_word, choice_filter, chosen, recent_years


class OverviewFilter(forms.Form):
    """Of which year to show the counts, and which register to break down."""

    jaar = forms.TypedChoiceField(label=_("Year"), choices=recent_years, coerce=int, empty_value=None, required=False)
    register = choice_filter(_("Register broken down"), RegisterKey)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        register: Any = self.fields["register"]
        register.choices = [(address_word(key), key.label) for key in SHOWN]  # one of them, never all

    def year(self) -> int:
        """The year asked for; this one when none or nonsense is."""
        return int(chosen(self).get("jaar", today().year))

    def key(self) -> str:
        """The register that is broken down; the first when none or nonsense is asked for."""
        asked = chosen(self).get("register")
        return str(asked if asked in SHOWN else RegisterKey.OUTSIDE_POSITIONS)
