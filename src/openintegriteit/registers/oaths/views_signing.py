"""The page behind the link in a mail: read the integrity statement and sign it, without an account. For a phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openintegriteit.core.clock import today
from openintegriteit.messages.links import LinkSpent, link_about
from openintegriteit.registers.oaths.models import ForWhom
from openintegriteit.registers.oaths.queries import STATEMENT_LINK, current_text
from openintegriteit.registers.oaths.signing import sign_by_link, signed_by


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
