"""The year calendar as a file that calendar programs read (iCalendar, RFC 5545), for who has the secret address."""

from datetime import date, datetime, timedelta
from unicodedata import category
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from openintegriteit.core.contracts import CalendarItem
from openintegriteit.core.roles import Actor
from openintegriteit.desks.calendar import Entry, entries_between
from openintegriteit.desks.models import CalendarFeed
from openintegriteit.desks.permissions import POLICY
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import actor_at_the_door
from openintegriteit.messages.links import token_hash
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.queries import web_address

LOOK_AGAIN_AFTER = timedelta(hours=6)
MOST_OF_A_KIND = 1000  # of two years
NO_TEXT = ("Cc", "Cs")  # control characters and halves of characters


def feed_at(token: str) -> CalendarFeed | None:
    """The address with this secret part in the body in scope, also when it was ended (one query)."""
    found: CalendarFeed | None = CalendarFeed.objects.filter(token_hash=token_hash(token)).first()
    return found


def feed_of(user: User) -> CalendarFeed | None:
    """The address that somebody has in the body in scope (one query)."""
    found: CalendarFeed | None = CalendarFeed.objects.in_force().filter(user=user).first()
    return found


def reader_of(feed: CalendarFeed) -> Actor | None:
    """Whose calendar the address gives, with the roles of this moment; None when it gives nothing (two queries)."""
    in_force = CalendarFeed.objects.in_force().filter(pk=feed.pk).select_related("user").first()
    if in_force is None:
        return None
    actor = lasting_actor(in_force.user, in_force.organisation_id)
    return actor if POLICY.allows(actor, "calendar") else None


def lasting_actor(user: User, organisation_id: UUID) -> Actor:
    """The actor that a user is outside any visit (one query).

    Roles that the sign-in service of the body gave count in visits only: whoever is closed out there does not go on
    reading here.
    """
    actor, _has_second_factor = actor_at_the_door(user, organisation_id, by_provider=False)
    return actor


@translation.override(settings.LANGUAGE_CODE)
def calendar_file(actor: Actor, body: Organisation, day: date, most: int = MOST_OF_A_KIND) -> bytes:
    """The days of this year and the next as all-day events, in Dutch, as far as the actor may see them.

    What is overdue says so in its title, because most programs show little more. An event of today tells when there may
    be more than `most` of a kind.
    """
    last_day = date(day.year + 1, 12, 31)
    entries, cut_off = entries_between(actor, date(day.year, 1, 1), last_day, day, most)
    if cut_off:
        entries = [_more_than_fits(day), *entries]
    name, now = _("Year calendar of %(body)s") % {"body": body.name}, timezone.now()
    calendar = Calendar()
    calendar.add("prodid", "-//Open Integriteit//NL")
    calendar.add("version", "2.0")
    calendar.add("name", _one_line(name))
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("refresh-interval", LOOK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN_AFTER))
    for entry in entries:
        calendar.add_component(_event(entry, body, now))
    return calendar.to_ical()


def _event(entry: Entry, body: Organisation, now: datetime) -> Event:
    item = entry.item
    state = [_("overdue") if entry.overdue else "", item.state]
    told = [", ".join(word for word in state if word), item.detail]
    event = Event()
    event.add("uid", str(uuid5(body.pk, f"{item.kind} {item.address} {item.part}")))
    event.add("dtstamp", now)
    event.add("dtstart", item.day)
    event.add("dtend", item.day + timedelta(days=1))
    event.add("summary", _one_line(_("Overdue: %(title)s") % {"title": item.title} if entry.overdue else item.title))
    event.add("description", "\n".join(_one_line(line) for line in told if line))
    event.add("url", web_address(body, item.address))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def _more_than_fits(day: date) -> Entry:
    title = _("There is more in the year calendar than fits in your own. Open the year calendar to see all of it.")
    return Entry(CalendarItem(title, "", day, reverse("desks:calendar"), "report", part="more"), overdue=False)


def _one_line(text: str) -> str:
    """The text without line ends and without the control characters that RFC 5545 forbids."""
    return " ".join("".join(" " if category(sign) in NO_TEXT else sign for sign in text).split())
