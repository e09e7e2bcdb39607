"""The form of what may be a prohibited act, short enough for a phone, and the filters of the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.organisations.queries import body_in_scope
from openintegriteit.registers.declarations.forms import ENDED, DeclarationFilter, DetailsForm
from openintegriteit.registers.declarations.models import DeclarationQuerySet
from openintegriteit.registers.prohibited_acts.law import places_of
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.prohibited_acts.queries import without_exemption
from openintegriteit.ui.listing import chosen

WITHOUT = "zonder-ontheffing"


class ActForm(DetailsForm):
    """What somebody tells about an act: one of the list that the law has for who declares."""

    class Meta:
        model = ProhibitedAct
        fields = ("act", "about", "with_whom")
        widgets = {"act": forms.RadioSelect}
        help_texts = {
            "about": _("For example: a meadow behind the sports hall. No amounts."),
            "with_whom": _("For example: the organisation itself, a company of yours, a client. No home address."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        labels = dict(fields["act"].choices)
        places = places_of(body_in_scope().kind, self.person.kind)
        fields["act"].choices = [(act, f"{labels[act]} ({place})") for act, place in places.items()]


class ActFilter(DeclarationFilter):
    """Which acts to show. Nobody decides about them."""

    stand = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=[
            ("", _("All that goes on")),
            (WITHOUT, _("goes on without an exemption")),
            (ENDED, _("ended")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["besluit"]

    def narrowed(self, declarations: DeclarationQuerySet) -> DeclarationQuerySet:
        """The rows that the filters leave; ended ones only when asked for."""
        asked, day = chosen(self).get("stand"), today()
        rows = declarations.filter(ends_on__lt=day) if asked == ENDED else declarations.current_on(day)
        if asked == WITHOUT:
            rows = rows.filter(pk__in=without_exemption(body_in_scope().kind, day).values("declaration"))
        return super().narrowed(rows)
