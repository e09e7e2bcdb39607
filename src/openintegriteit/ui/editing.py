"""Pages that create or change one record: nothing that was typed gets lost, and nobody overwrites silently.

A form for these pages is a ModelForm with `version = version_field()`; one that creates has
`submission = submission_field()`, of which the key of the new record is made, so that sending twice makes one.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.translation import gettext, gettext_lazy

from openintegriteit.core.display import field_text
from openintegriteit.core.locking import Overtaken, StaleRecord, VersionedModel
from openintegriteit.core.tenancy import organisation_in_scope

type Typed = Mapping[str, Sequence[str]]  # what somebody sent in a form, by the name of the field

OWN_FIELDS = ("version", "submission")
LONGEST_TYPED, MOST_TYPED = 10_000, 100  # of one field: more than any of them takes
# What Django shows in a list without a choice. It has no Dutch for it, so our catalogue translates it.
NO_CHOICE = gettext_lazy("- Select an option -")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose stored value is another than the one that was typed, both in words."""

    label: str
    stored: str
    typed: str


def version_field() -> forms.IntegerField:
    """The version of the record that the form shows."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SubmissionField(forms.UUIDField):
    """Names one filled-in form. Its cleaned value is the key of the record to be.

    The key is made of the body and of what the browser sent, so that nobody can name the key of a record that exists:
    not of another body, and not of the own one.
    """

    def clean(self, value: Any) -> uuid.UUID:
        """The key. Raises ValidationError for what is no UUID."""
        sent: uuid.UUID = super().clean(value)
        return uuid.uuid5(organisation_in_scope(), sent.hex)


def submission_field() -> SubmissionField:
    """The key that the new record gets."""
    return SubmissionField(widget=forms.HiddenInput, initial=uuid.uuid4)


def date_field_widget() -> forms.DateInput:
    """A date with the calendar of the browser."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def typed_values(form: forms.BaseForm) -> dict[str, Any]:
    """What a valid form says about the record itself, with the line ends of the product."""
    return {
        name: value.replace("\r\n", "\n") if isinstance(value, str) else value
        for name, value in form.cleaned_data.items()
        if name not in OWN_FIELDS
    }


def typed_in(form: forms.BaseForm) -> dict[str, list[str]]:
    """What was sent in a form as it was typed, valid or not, to fill it with later (`begun_form`)."""
    data: Any = form.data  # the values of a request
    return {
        name: [value.replace("\0", "")[:LONGEST_TYPED] for value in data.getlist(name)[:MOST_TYPED]]
        for name in form.fields
        if name in data
    }


def begun_form[F: forms.BaseForm](make: Callable[..., F], typed: Typed) -> F:
    """A form as somebody left it: filled with what they typed, valid or not, and not found fault with yet."""
    fields, data = make().fields, _as_sent(typed)
    names = [name for name in fields if name in typed or name not in OWN_FIELDS]
    return make(initial={name: fields[name].widget.value_from_datadict(data, {}, name) for name in names})


def kept_at_this_moment(**told: Any) -> JsonResponse:
    """The answer to a page that keeps what somebody writes in the background (`data-autosave`)."""
    moment = timezone.localtime()
    return JsonResponse({"message": gettext("Kept at %(time)s.") % {"time": f"{moment:%H:%M}"}, **told})


def _as_sent(typed: Typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def save_if_valid[T](form: forms.BaseForm, save: Callable[[], T]) -> T | None:
    """Save what a form says; None when it cannot be saved as it is.

    When an earlier click, or somebody else, was first at that very moment, the form is looked at once more: what the
    click stored is found then, and what somebody else took is a fault of the form.
    """
    if not form.is_valid():
        return None
    try:
        return save()
    except (IntegrityError, Overtaken):
        form.full_clean()
        return save() if form.is_valid() else None


def create_page[M: Model](
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    save: Callable[[uuid.UUID, dict[str, Any]], M],
    template: str,
    context: Mapping[str, Any],
    then: Callable[[M], str],
    done: Any,
) -> HttpResponse:
    """Show an empty form; when it is sent, `save` the values under the key of the form and go on to `then`.

    What cannot be saved is shown again as it was typed (422).
    """
    if request.method != "POST":
        return render(request, template, {**context, "form": form})
    saved = save_if_valid(form, lambda: save(form.cleaned_data["submission"], typed_values(form)))
    if saved is None:
        return render(request, template, {**context, "form": form}, status=422)
    messages.success(request, done)
    return redirect(then(saved))


def change_page[M: VersionedModel](
    request: HttpRequest,
    form_class: type[forms.ModelForm[M]],
    record: M,
    *,
    save: Callable[[int, dict[str, Any]], M],
    template: str,
    context: Mapping[str, Any],
    then: Callable[[M], str],
    done: Any,
    begun: Typed | None = None,
) -> HttpResponse:
    """Show the form of a record; when it is sent, `save` the values upon the version of the form and go on to `then`.

    `begun`: what the person typed in it before and left, shown as it was. What cannot be saved is shown again as it was
    typed (422). When somebody else changed the record meanwhile, the page shows what differs and keeps what was typed;
    sending it again is then a choice (409).
    """
    if request.method != "POST":
        make = partial(form_class, instance=record)
        if begun is None:
            return render(request, template, {**context, "form": make(initial={"version": record.version})})
        lines = _differences_since(form_class, record, begun)
        form = begun_form(make, {**begun, "version": [str(record.version)]})
        shown = {**context, "form": form, "differences": lines}
        return render(request, template, shown, status=409 if lines else 200)
    form = form_class(request.POST, instance=record)
    try:
        saved = save_if_valid(form, lambda: save(form.cleaned_data["version"], typed_values(form)))
    except StaleRecord as stale:
        again = on_version(form_class, request, stale.current)
        shown = {**context, "form": again, "differences": differences(form, stale.current)}
        return render(request, template, shown, status=409)
    if saved is None:
        return render(request, template, {**context, "form": form}, status=422)
    messages.success(request, done)
    return redirect(then(saved))


def differences(form: forms.BaseForm, current: Model) -> list[Difference]:
    """Where the stored record says something else than what is valid in the form, which was validated."""
    lines = []
    for name, typed in typed_values(form).items():
        stored = getattr(current, name, typed)  # what only the form asks differs from nothing
        if stored != typed:
            asked = form.fields[name]
            in_words = partial(_in_words, asked, current._meta.get_field(name))
            lines.append(Difference(str(asked.label), in_words(stored), in_words(typed)))
    return lines


def _in_words(asked: forms.Field, field: Any, value: Any) -> str:
    """A value as the form offers it, where that has words of its own for it; else as the record says it."""
    if isinstance(asked, forms.ChoiceField) and isinstance(value, str) and value:
        choices: Any = asked.choices
        told: list[tuple[Any, Any]] = list(flatten_choices(choices))
        offered = {str(key): str(words) for key, words in told}
        if value in offered:
            return offered[value]
    return field_text(field, value)


def _differences_since[M: VersionedModel](
    form_class: type[forms.ModelForm[M]], record: M, begun: Typed
) -> list[Difference]:
    """What differs from what somebody typed upon another version of the record; nothing upon this one."""
    if begun.get("version") == [str(record.version)]:
        return []
    form = form_class(_as_sent(begun), instance=copy(record))  # validating writes into its record
    form.full_clean()
    return differences(form, record)


def on_version[M: VersionedModel](
    form_class: type[forms.ModelForm[M]], request: HttpRequest, current: Any
) -> forms.ModelForm[M]:
    """What was sent, as a form upon the record as it is now."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    return form_class(data, instance=current)
