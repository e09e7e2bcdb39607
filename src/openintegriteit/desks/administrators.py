"""The desks of the functional and of the technical administrator."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from openintegriteit import __version__
from openintegriteit.core.database import unsafe_settings
from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.roles import Actor
from openintegriteit.identity.models import Invitation, RoleGrant
from openintegriteit.identity.queries import unanswered_invitations, waiting_grants
from openintegriteit.messages.models import Message

GIGABYTE = 1024**3
LITTLE_SPACE = 2 * GIGABYTE
WORKER_SILENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class FunctionalDesk:
    """What waits for the functional administrator."""

    waiting: tuple[RoleGrant, ...]
    invitations: tuple[Invitation, ...]
    people_with_roles: int


def functional_desk(actor: Actor) -> FunctionalDesk:
    """Roles that wait for a second granter, invitations without an answer, and how many people have a role."""
    people = RoleGrant.objects.in_force().order_by().values("user").distinct().count()
    return FunctionalDesk(tuple(waiting_grants()), tuple(unanswered_invitations()), people)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing about the installation: what it is, how it stands, and whether that is well."""

    name: str
    value: str
    well: bool
    advice: str = ""


def technical_desk() -> list[Reading]:
    """How the installation does, without a word of content."""
    now = timezone.now()
    return [
        Reading(_("Version"), __version__, True),
        _database(),
        _worker(now),
        _queue(),
        _mail(),
        _space(),
    ]


def _database() -> Reading:
    problems = unsafe_settings(connection)
    return Reading(_("Database"), connection.display_name, not problems, " ".join(problems))


def _worker(now: datetime) -> Reading:
    last = ScheduledJob.objects.exclude(last_run_at=None).order_by("-last_run_at").first()
    if last is None or last.last_run_at is None:
        advice = _("No work in the background has been done yet. Start it with: openintegriteit worker.")
        return Reading(_("Work in the background"), _("not seen yet"), False, advice)
    alive = now - last.last_run_at < WORKER_SILENT
    advice = "" if alive else _("The worker has been silent. Start it with: openintegriteit worker.")
    seen = timezone.localtime(last.last_run_at)
    return Reading(_("Work in the background"), _("seen at %(time)s") % {"time": f"{seen:%H.%M}"}, alive, advice)


def _queue() -> Reading:
    waiting, failed = DBTaskResult.objects.ready().count(), DBTaskResult.objects.failed().count()
    told = _("%(waiting)d waiting, %(failed)d failed") % {"waiting": waiting, "failed": failed}
    advice = _("Look in the log of the worker for what failed.") if failed else ""
    return Reading(_("Tasks"), told, not failed, advice)


def _mail() -> Reading:
    stuck = Message.objects.filter(sent_at=None, attempts__gt=0).count()
    advice = _("Look at the mail that did not go out.") if stuck else ""
    return Reading(_("Mail"), _("%(number)d not sent") % {"number": stuck}, not stuck, advice)


def _space() -> Reading:
    free = shutil.disk_usage(settings.DATA_DIR).free
    advice = "" if free > LITTLE_SPACE else _("Make room on the disk of the data folder.")
    told = _("%(number)s GB free") % {"number": f"{free / GIGABYTE:.1f}".replace(".", ",")}
    return Reading(_("Disk space"), told, free > LITTLE_SPACE, advice)
