"""Signing the integrity statement: behind the link in a mail, or with an account; and one's own oaths. For a phone."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.queue import ask_once
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import has_app, has_second_factor
from openintegriteit.identity.vouching import second_factor_present
from openintegriteit.messages.links import LinkSpent, link_about
from openintegriteit.organisations.downloads import hand_out_document
from openintegriteit.registers.oaths.certificates import certificate_of
from openintegriteit.registers.oaths.models import ForWhom, Oath
from openintegriteit.registers.oaths.permissions import POLICY, groups_to
from openintegriteit.registers.oaths.queries import STATEMENT_LINK, current_text, oath_address, statements_owed
from openintegriteit.registers.oaths.signing import sign_by_link, sign_with_account, signed_by
from openintegriteit.registers.oaths.tasks import write_certificate


@never_cache
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show the words with one button. Opening changes nothing; pressing the button twice is no mistake."""
    link = link_about(token, STATEMENT_LINK)
    if link is None:
        return render(request, "oaths/link_ended.html", status=410)
    if found := signed_by(link):
        return render(request, "oaths/signed.html", {"oath": found})
    text = current_text(ForWhom.NOT_EMPLOYED, today())
    if not link.is_open() or text is None:
        return render(request, "oaths/link_ended.html", status=410)
    context = {"text": text, "person": link.person}
    if request.method != "POST":
        return render(request, "oaths/to_sign.html", context)
    if request.POST.get("text") != str(text.pk):  # other words hold since the page was opened
        return render(request, "oaths/to_sign.html", {**context, "words_changed": True}, status=409)
    try:
        made = sign_by_link(link=link, text=text)
    except LinkSpent:
        if found := signed_by(link):
            return render(request, "oaths/signed.html", {"oath": found})
        return render(request, "oaths/link_ended.html", status=410)
    return render(request, "oaths/signed.html", {"oath": made, "just_now": True})


@requires(POLICY, "read_own")
def mine(request: ActorRequest) -> HttpResponse:
    """What one took and signed oneself, and the statement to sign for who owes it. Pressing twice is no mistake."""
    people = own_people(request.actor)
    owed = statements_owed(people, today())
    text = current_text(ForWhom.NOT_EMPLOYED, today()) if owed else None
    user: User = request.user  # type: ignore[assignment]  # who is asked for a role is signed in
    present = second_factor_present(request, user)
    taken = Oath.objects.standing().filter(person__in=people).select_related("text")
    context = {
        "people": people,
        "taken": taken,
        "text": text,
        "owes": bool(owed),
        "second_factor": present,
        "confirm_at": "" if present else _confirm_at(user),
    }
    if request.method != "POST":
        return render(request, "oaths/mine.html", context)
    if text is None:
        return redirect("oaths:mine")
    if not present or request.POST.get("text") != str(text.pk):  # or other words hold since the page was opened
        return render(request, "oaths/mine.html", {**context, "words_changed": present}, status=409)
    if sign_with_account(actor=request.actor, text=text, second_factor=present):
        messages.success(request, _("Thank you, you have signed"))
    return redirect("oaths:mine")


def _confirm_at(user: User) -> str:
    """The page where the second factor is used in this visit, or set up by who has none."""
    if not has_second_factor(user):
        return "mfa_activate_totp"
    return "mfa_reauthenticate" if has_app(user) else "mfa_reauthenticate_webauthn"


@requires(POLICY, "read_own")
def certificate(request: ActorRequest, pk: UUID) -> HttpResponseBase:
    """The certificate of an oath or statement: of oneself, or of those whose oaths one may see."""
    allowed = Q(for_whom__in=groups_to("view", request.actor)) | Q(person__in=own_people(request.actor))
    found = Oath.objects.standing().filter(allowed, pk=pk).select_related("person", "text", "ceremony").first()
    if found is None:
        raise Http404
    body = request.organisation
    reads_register = found.for_whom in groups_to("view", request.actor)
    return hand_out_document(
        request,
        certificate_of(found, body),
        name="bewijs",
        file_format="pdf",
        make=lambda wanted: ask_once(write_certificate, str(body.pk), str(found.pk), wanted),
        back=oath_address(pk) if reads_register else reverse("oaths:mine"),
    )
