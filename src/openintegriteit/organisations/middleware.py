"""Which public body a request is about: the host name says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.queries import organisation_for_host

GetResponse = Callable[[HttpRequest], HttpResponseBase]
WITHOUT_BODY = ("/static/", "/inrichten/", "/taal/")


def organisation_of_host(get_response: GetResponse) -> GetResponse:
    """Put the body in `request.organisation` and all queries within its scope.

    An empty installation leads to its set-up; a host that belongs to no body gets the same page as any unknown address.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(WITHOUT_BODY):
            request.organisation = None  # type: ignore[attr-defined]
            return get_response(request)
        organisation, installation_is_empty = organisation_for_host(request.get_host())
        if installation_is_empty:
            return redirect("identity_setup:code")
        if organisation is None:
            return render(request, "404.html", status=404)
        request.organisation = organisation  # type: ignore[attr-defined]
        with organisation_scope(organisation.pk):
            return get_response(request)

    return middleware
