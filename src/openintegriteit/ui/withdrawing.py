"""Taking back a record that was a mistake: it keeps `withdrawn_on` and `withdrawn_because`, and changes no more."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.ui.editing import change_page, version_field

MISTAKE = _("Withdraw what was a mistake")


class WithdrawalForm(forms.ModelForm[Any]):
    """Why a record is taken back. The page of it adds the model."""

    version = version_field()

    class Meta:
        fields = ("withdrawn_because",)
        help_texts = {"withdrawn_because": _("The line stays in the register, with your reason.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_because"].required = True


def withdraw_page[M: VersionedModel](
    request: HttpRequest,
    record: M,
    *,
    save: Callable[[int, str], M],
    address: str,
    crumbs: Sequence[tuple[Any, Any]],
    title: Any = MISTAKE,
    lead: str = "",
) -> HttpResponse:
    """Take back a record whose page stands at the address: `save` the reason upon the version of the form."""
    return back_when_withdrawn(request, record, address) or change_page(
        request,
        forms.modelform_factory(type(record), form=WithdrawalForm),
        record,
        save=lambda version, values: save(version, values["withdrawn_because"]),
        template="ui/form.html",
        context={"title": title, "lead": lead, "crumbs": crumbs},
        then=lambda _saved: address,
        done=_("It has been withdrawn."),
    )


def back_when_withdrawn(request: HttpRequest, record: Any, address: str) -> HttpResponse | None:
    """Back to the page of a record that was withdrawn; None for one that stands."""
    if not record.withdrawn_on:
        return None
    messages.info(request, _("This was withdrawn already."))
    return redirect(address)
