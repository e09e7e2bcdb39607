"""Forms and filters of the log of advice. Names of filters are Dutch, because they stand in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from openintegriteit.coordination.models import Advice, AdviceQuerySet, Function, Initiative, OwnTheme
from openintegriteit.coordination.operations import theme_code
from openintegriteit.coordination.rules import advice_problems
from openintegriteit.coordination.themes import THEMES, theme_names
from openintegriteit.core.clock import today
from openintegriteit.core.display import as_number
from openintegriteit.ui.editing import NO_CHOICE, date_field_widget, submission_field, version_field
from openintegriteit.ui.listing import choice_filter, chosen, recent_years, with_all

WITHOUT_NAMES = _("In general words. Do not name anybody, and leave out what tells who it is.")


class AdviceFilter(forms.Form):
    """Which advice to show."""

    jaar = forms.TypedChoiceField(
        label=_("Year"), choices=lambda: with_all(recent_years()), coerce=int, empty_value=None, required=False
    )
    thema = forms.ChoiceField(label=_("Theme"), required=False)
    soort = choice_filter(_("Asked or unasked"), Initiative)
    functie = choice_filter(_("Function"), Function)

    def __init__(self, data: Any, themes: Mapping[str, str]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["thema"].choices = with_all(themes.items())

    def narrowed(self, rows: AdviceQuerySet) -> AdviceQuerySet:
        """The rows that the filters leave."""
        asked = chosen(self)
        if "jaar" in asked:
            rows = rows.of_year(asked["jaar"])
        fields = {"thema": "theme", "soort": "initiative", "functie": "function"}
        return rows.filter(**{field: asked[name] for name, field in fields.items() if name in asked})


class CountsFilter(forms.Form):
    """Of which year to show the counts."""

    jaar = forms.TypedChoiceField(label=_("Year"), choices=recent_years, coerce=int, empty_value=None, required=False)

    def year(self) -> int:
        """The year asked for; this one when none or nonsense is."""
        return int(chosen(self).get("jaar", today().year))


class AdviceFields(forms.ModelForm[Advice]):
    """What the coordinator fills in about advice."""

    theme = forms.ChoiceField(label=_("Theme"))

    class Meta:
        model = Advice
        fields = (
            "day",
            "theme",
            "initiative",
            "function",
            "question",
            "advice",
            "hours",
            "follow_up",
            "follow_up_on",
            "followed_up_on",
        )
        widgets = {
            "day": date_field_widget(),
            "follow_up_on": date_field_widget(),
            "followed_up_on": date_field_widget(),
            "question": forms.Textarea(attrs={"rows": 3}),
            "advice": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "function": _("Only the kind of function. Unasked advice: for whom it was meant."),
            "question": WITHOUT_NAMES,
            "advice": WITHOUT_NAMES,
            "hours": _("How much time it took. Leave empty what you do not know."),
            "follow_up": _("What you still have to do. Here too: no names."),
            "followed_up_on": _("As long as this is empty, the follow-up stands on your desk."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [("", NO_CHOICE), *theme_names().items()]
        self.initial.setdefault("day", today())
        self.initial["hours"] = as_number(self.instance.hours)

    def clean(self) -> dict[str, Any]:
        """The rules between fields."""
        values = super().clean() or {}
        problems = advice_problems(
            given_on=values.get("day"),
            follow_up=values.get("follow_up", ""),
            follow_up_on=values.get("follow_up_on"),
            followed_up_on=values.get("followed_up_on"),
            day=today(),
        )
        for field, problem in problems.items():
            if field not in self.errors:
                self.add_error(field, str(problem))
        return values


class NewAdviceForm(AdviceFields):
    """New advice."""

    submission = submission_field()


class AdviceForm(AdviceFields):
    """Changing advice."""

    version = version_field()


class ThemeForm(forms.ModelForm[OwnTheme]):
    """A theme of the body's own."""

    submission = submission_field()

    class Meta:
        model = OwnTheme
        fields = ("name",)
        help_texts = {"name": _("A subject, never the name of a person, team or case.")}

    def clean_name(self) -> str:
        """A name that no theme has yet."""
        name: str = self.cleaned_data["name"]
        if not slugify(name):
            raise ValidationError(_("Use at least one letter or digit."))
        return name

    def clean(self) -> dict[str, Any]:
        """A theme is added once; sending the same form twice is no fault."""
        values = super().clean() or {}
        name, key = values.get("name", ""), values.get("submission")
        others = OwnTheme.objects.exclude(pk=key)
        taken = {slugify(theme.name) for theme in THEMES}
        if name and (slugify(name) in taken or others.filter(code=theme_code(name)).exists()):
            self.add_error("name", _("There is a theme with this name already."))
        return values
