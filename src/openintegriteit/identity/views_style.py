"""The style sheet of a body's house style: public, the same for everybody, and cached under its own address."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_GET

from openintegriteit.organisations.models import Organisation
from openintegriteit.ui.house_style import token_sheet

ONE_YEAR = 365 * 24 * 60 * 60


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The tokens of the body of this host, or of the colour in the address (`kleur=0b5d63`) for a preview."""
    organisation: Organisation | None = getattr(request, "organisation", None)
    asked = request.GET.get("kleur")
    colour = f"#{asked}" if asked or organisation is None else organisation.primary_colour
    try:
        css = token_sheet(colour)
    except ValueError:
        return HttpResponseBadRequest(content_type="text/css")
    return HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"Cache-Control": f"public, max-age={ONE_YEAR}"}
    )
