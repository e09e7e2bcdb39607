"""Which lines of the event log to show. Names of filters are Dutch: they stand in the address."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from openintegriteit.event_log.queries import Filters
from openintegriteit.event_log.telling import action_words, address_word, kind_words
from openintegriteit.ui.editing import date_field_widget
from openintegriteit.ui.listing import LONGEST_SEARCH, chosen, with_all

# Days that have a day before and after them on every clock.
DAYS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))


class EntryFilter(forms.Form):
    """The filters, with the actions and kinds that this log holds to choose from."""

    vanaf = forms.DateField(label=_("From"), required=False, widget=date_field_widget(), validators=DAYS)
    tot = forms.DateField(label=_("Up to and including"), required=False, widget=date_field_widget(), validators=DAYS)
    handeling = forms.ChoiceField(label=_("What happened"), required=False)
    soort = forms.ChoiceField(label=_("Kind of record"), required=False)
    wie = forms.CharField(
        label=_("By whom"), required=False, max_length=LONGEST_SEARCH, widget=forms.TextInput(attrs={"type": "search"})
    )
    record = forms.CharField(label=_("Id of the record"), required=False, max_length=64)

    def __init__(self, data: Mapping[str, Any], *, actions: Sequence[str], kinds: Sequence[str]) -> None:
        super().__init__(data)
        self._actions, self._kinds = _by_words(actions, action_words), _by_words(kinds, kind_words)
        self._offer("handeling", self._actions, action_words)
        self._offer("soort", self._kinds, kind_words)

    def filters(self, person: str | None) -> Filters:
        """What is asked, where `person` is the name that stands in the log for who was typed."""
        asked = chosen(self)
        return Filters(
            start=_midnight(asked["vanaf"]) if "vanaf" in asked else None,
            end=_midnight(asked["tot"] + timedelta(days=1)) if "tot" in asked else None,
            actions=self._actions.get(asked.get("handeling", ""), ()),
            kinds=self._kinds.get(asked.get("soort", ""), ()),
            person=person,
            record=asked.get("record", ""),
        )

    def typed_person(self) -> str:
        """The name that was typed; empty: nobody was asked for."""
        return str(chosen(self).get("wie", "")).strip()

    @translation.override(settings.LANGUAGE_CODE)
    def told(self) -> dict[str, str]:
        """The filters as the log itself tells them, in Dutch: their label and what was chosen."""
        asked = chosen(self)
        words = {
            "handeling": [action_words(action) for action in self._actions.get(asked.get("handeling", ""), ())],
            "soort": [kind_words(kind) for kind in self._kinds.get(asked.get("soort", ""), ())],
        }
        return {
            str(self.fields[name].label): words[name][0] if name in words else str(value)
            for name, value in asked.items()
        }

    def _offer(self, name: str, by_words: Mapping[str, tuple[str, ...]], words: Any) -> None:
        fields: dict[str, Any] = self.fields
        fields[name].choices = with_all(
            [(address, words(values[0]).capitalize()) for address, values in by_words.items()]
        )


def _by_words(values: Sequence[str], words: Any) -> dict[str, tuple[str, ...]]:
    """The values of the log by their words as they stand in the address; in the order of the words."""
    found: dict[str, tuple[str, ...]] = {}
    for value in sorted(values, key=lambda value: str(words(value)).casefold()):
        address = address_word(words, value)
        found[address] = (*found.get(address, ()), value)
    return found


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
