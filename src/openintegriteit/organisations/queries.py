"""Reading about bodies, units and people."""

from openintegriteit.organisations.models import Organisation


def organisation_for_host(host: str) -> tuple[Organisation | None, bool]:
    """The body that answers on a host name, and whether the installation has no body at all (one query).

    An installation with one body answers on every host; with several, only the named hosts lead to one.
    """
    name = host.rsplit(":", 1)[0].lower()
    bodies = list(Organisation.objects.all())
    if len(bodies) <= 1:
        return (bodies[0], False) if bodies else (None, True)
    return next((body for body in bodies if body.host == name), None), False


def organisation_named(name: str | None) -> Organisation:
    """The body that a console command means; needless to name with one body.

    Raises LookupError, with the names to choose from, when no body or several answer.
    """
    bodies = list(Organisation.objects.all())
    matching = [body for body in bodies if name is None or body.name.casefold() == name.casefold()]
    if len(matching) == 1:
        return matching[0]
    raise LookupError(", ".join(body.name for body in bodies))
