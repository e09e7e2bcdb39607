"""The desks of the functional and of the technical administrator."""

import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from openintegriteit import __version__
from openintegriteit.core.database import unsafe_settings
from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.models import Chain
from openintegriteit.identity.models import Invitation, RoleGrant
from openintegriteit.identity.queries import unanswered_invitations, waiting_grants
from openintegriteit.messages.models import Message
from openintegriteit.retention.due import lists_to_agree_to
from openintegriteit.retention.models import DestructionList
from openintegriteit.retention.written import destroyed_folder

GIGABYTE = 1024**3
LITTLE_SPACE = 2 * GIGABYTE
WORKER_SILENT = timedelta(minutes=5)
LONG_AGO = timedelta(days=2)  # for what happens every night
BACKUP = "backup"  # under which name the backup tells when it was made


@dataclass(frozen=True, slots=True)
class FunctionalDesk:
    """What waits for the functional administrator."""

    waiting: tuple[RoleGrant, ...]
    invitations: tuple[Invitation, ...]
    people_with_roles: int
    lists: tuple[DestructionList, ...]  # to agree to


def functional_desk(actor: Actor) -> FunctionalDesk:
    """Roles that wait for a second granter, invitations without an answer, how many people have a role, and lists to
    agree to."""
    people = RoleGrant.objects.in_force().order_by().values("user").distinct().count()
    lists = tuple(lists_to_agree_to(actor))
    return FunctionalDesk(tuple(waiting_grants()), tuple(unanswered_invitations()), people, lists)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing about the installation: what it is, how it stands, and whether that is well."""

    name: str
    value: str
    well: bool
    advice: str = ""


def technical_desk() -> list[Reading]:
    """How the installation does, without a word of content; the mail is that of the body in scope."""
    return readings(stuck_mail=stuck_mail())


def stuck_mail() -> int:
    """How many mails of the body in scope were tried and did not go out."""
    stuck: int = Message.objects.filter(sent_at=None, attempts__gt=0).count()
    return stuck


def readings(*, stuck_mail: int) -> list[Reading]:
    """How the installation does, where so many mails did not go out."""
    now = timezone.now()
    return [
        Reading(_("Version"), __version__, True),
        _database(),
        _worker(now),
        _queue(),
        _mail(stuck_mail),
        _backup(now),
        _event_log(now),
        _checkpoints(timezone.localdate(now)),
        _destroyed(),
        _space(),
    ]


def _database() -> Reading:
    problems = unsafe_settings(connection)
    return Reading(_("Database"), connection.display_name, not problems, " ".join(problems))


def _worker(now: datetime) -> Reading:
    jobs = ScheduledJob.objects.exclude(last_run_at=None).exclude(name=BACKUP)
    last = jobs.order_by("-last_run_at").first()
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


def _mail(stuck: int) -> Reading:
    advice = _("Look at the mail that did not go out.") if stuck else ""
    return Reading(_("Mail"), _("%(number)d not sent") % {"number": stuck}, not stuck, advice)


def _backup(now: datetime) -> Reading:
    made = ScheduledJob.objects.filter(name=BACKUP).values_list("last_run_at", flat=True).first()
    well = made is not None and now - made < LONG_AGO
    advice = "" if well else _("Make one every night, on another disk or machine: openintegriteit backup FOLDER.")
    return Reading(_("Last backup"), _moment(made), well, advice)


def _event_log(now: datetime) -> Reading:
    """When every chain was last walked, and whether all held; of whom they are is not told."""
    checked = Chain.objects.filter(length__gt=0).aggregate(
        oldest=Min("verified_at"), never=Count("pk", filter=Q(verified_at=None)), bad=Count("verified_first_bad")
    )
    name, oldest = _("Last check of the event log"), checked["oldest"]
    if checked["bad"]:
        advice = _("Find out what happened before you go on: openintegriteit event-log verify.")
        return Reading(name, _("not right"), False, advice)
    if not Chain.objects.filter(length__gt=0).exists():
        return Reading(name, _("no lines yet"), True)
    well = not checked["never"] and oldest is not None and now - oldest < LONG_AGO
    advice = (
        "" if well else _("The worker checks every night. You can also do it now: openintegriteit event-log verify.")
    )
    return Reading(name, _moment(None if checked["never"] else oldest), well, advice)


def _checkpoints(day: date) -> Reading:
    """When the chains were last signed. A chain without lines has nothing to sign."""
    oldest = Chain.objects.filter(length__gt=0).aggregate(
        day=Min("checkpointed_on"), never=Count("pk", filter=Q(checkpointed_on=None))
    )
    last = None if oldest["never"] else oldest["day"]
    advice = ""
    if not (settings.CHECKPOINT_MAIL or settings.CHECKPOINT_DIR):
        advice = _("Set OPENINTEGRITEIT_CHECKPOINT_MAIL, so that it does not stay on this machine alone.")
    elif last is None or day - last >= LONG_AGO:
        advice = _("The worker makes one every day. You can also do it now: openintegriteit event-log checkpoint.")
    told = date_format(last, "DATE_FORMAT") if last else _("not yet")
    return Reading(_("Last checkpoint of the event log"), told, not advice, advice)


def _destroyed() -> Reading:
    """Whether what a list destroys can be written down outside the database; nothing is destroyed where it cannot."""
    folder = destroyed_folder()
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    well = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    told = _("can be written down") if well else _("cannot be written down")
    advice = _("Destruction lists wait for it. Let the account of the worker write in %(folder)s.") % {"folder": folder}
    return Reading(_("What is destroyed"), told, well, "" if well else advice)


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else _("not yet")


def _space() -> Reading:
    free = shutil.disk_usage(settings.DATA_DIR).free
    advice = "" if free > LITTLE_SPACE else _("Make room on the disk of the data folder.")
    told = _("%(number)s GB free") % {"number": f"{free / GIGABYTE:.1f}".replace(".", ",")}
    return Reading(_("Disk space"), told, free > LITTLE_SPACE, advice)
