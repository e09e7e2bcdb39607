"""The same at the same moment, by several browsers: one wins, nobody sees an error page, nothing is there twice."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.accountability.frozen import document_of_edition
from openintegriteit.accountability.models import (
    Annex,
    AnnexFile,
    AnnexKind,
    AnswerStep,
    AnswerStepKind,
    CouncilQuestion,
    Edition,
    EditionFile,
    ReportText,
)
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.others import pdf
from openintegriteit.desks.models import CalendarFeed
from openintegriteit.identity import invitations
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Person, Unit
from openintegriteit.programme.models import Measure, ProgressNote
from openintegriteit.programme.tests.factories import measure, plan_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.usefixtures("whole_log")]
MEASURE = {"title": "Doorlichten", "priority": "2", "status": "not_started"}


def test_many_clicks_on_one_form_make_one_record(browsers, at_once):
    form = {"code": "A", "name": "Boven", "parent": "", "submission": uuid4()}

    statuses = at_once(*((browser, reverse("organisations:unit_new"), form) for browser in browsers))

    assert statuses == [302] * 4
    assert Unit.objects.count() == 1


def test_many_clicks_on_one_button_tell_one_secret_address(browsers, at_once):
    form = {"submission": uuid4()}

    statuses = at_once(*((browser, reverse("desks:feed_make"), form) for browser in browsers))

    assert statuses == [200, 302, 302, 302]
    assert CalendarFeed.objects.count() == 1


def test_of_secret_addresses_that_are_made_at_once_the_last_one_counts(browsers, at_once):
    statuses = at_once(*((browser, reverse("desks:feed_make"), {"submission": uuid4()}) for browser in browsers))

    assert statuses == [200] * 4
    assert (CalendarFeed.objects.count(), CalendarFeed.objects.in_force().count()) == (4, 1)


def test_many_clicks_on_a_note_make_one_note(browsers, at_once, organisation):
    where = reverse("measure_note", args=[measure(organisation).pk])
    form = {"text": "Loopt", "noted_on": "2026-01-01", "submission": uuid4()}

    assert at_once(*((browser, where, form) for browser in browsers)) == [302] * 4
    assert ProgressNote.objects.count() == 1


@pytest.mark.parametrize("has_plan", [True, False])
def test_measures_that_are_added_at_once_get_numbers_of_their_own(browsers, at_once, organisation, has_plan):
    if has_plan:
        plan_of(organisation)

    statuses = at_once(
        *((browser, reverse("programme:measure_new"), MEASURE | {"submission": uuid4()}) for browser in browsers)
    )

    assert statuses == [302] * 4
    assert sorted(Measure.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_of_two_people_with_one_number_one_is_stored_and_the_other_shown_again(browsers, at_once):
    form = {"personnel_number": "7", "family_name": "Smit", "kind": "official"}

    statuses = at_once(
        *((browser, reverse("organisations:person_new"), form | {"submission": uuid4()}) for browser in browsers)
    )

    assert statuses == [302, 422, 422, 422]
    assert Person.objects.count() == 1


def test_of_two_people_who_get_one_number_one_keeps_the_old(browsers, at_once, organisation):
    people = [
        Person.objects.create(organisation=organisation, personnel_number=str(number), family_name="Smit")
        for number in range(2)
    ]
    form = {"personnel_number": "7", "family_name": "Smit", "kind": "official", "version": 1}

    statuses = at_once(
        *(
            (browser, reverse("organisations:person_change", args=[person.pk]), form)
            for browser, person in zip(browsers[:2], people, strict=True)
        )
    )

    assert statuses == [302, 422]


def test_a_report_that_is_started_twice_is_there_once(browsers, at_once):
    form = {"year": 2024, "reference_date": "2025-03-31"}

    assert at_once(*((browser, reverse("accountability:start"), form) for browser in browsers)) == [302] * 4


def test_an_invitation_that_is_accepted_twice_makes_one_account(organisation, at_once):
    inviter = user_with_roles(organisation, "functional_administrator")
    actor, links = actor_for(inviter, organisation.pk), []
    invitations.invite(
        actor=actor,
        email="nieuw@proef.example",
        name="Nieuw",
        roles=["staff"],
        address_of=lambda t: links.append(t) or t,
    )
    where = reverse("invitation", args=links)
    password = {"password": "een heel lang wachtwoord", "password_again": "een heel lang wachtwoord"}

    statuses = at_once(*((Client(raise_request_exception=False), where, password) for _browser in range(4)))

    assert statuses.count(302) == 1
    assert set(statuses) <= {200, 302, 409, 410}  # 200: told to sign in with the account that is there now
    assert RoleGrant.objects.filter(user__email="nieuw@proef.example").count() == 1


def test_invitations_of_two_bodies_that_are_accepted_at_once_make_one_account(
    organisation, other_organisation, at_once
):
    posts = []
    password = {"password": "een heel lang wachtwoord", "password_again": "een heel lang wachtwoord"}
    for body, host in ((organisation, "testserver"), (other_organisation, "localhost")):
        body.host = host
        body.save()
        with organisation_scope(body.pk):
            actor, links = actor_for(user_with_roles(body, "functional_administrator"), body.pk), []
            invitations.invite(
                actor=actor,
                email="nieuw@proef.example",
                name="Nieuw",
                roles=["staff"],
                address_of=lambda t, links=links: links.append(t) or t,
            )
        browser = Client(raise_request_exception=False, headers={"host": host})
        posts.append((browser, reverse("invitation", args=links), password))

    statuses = at_once(*posts)

    assert statuses.count(302) == 1
    assert set(statuses) <= {200, 302, 409}
    assert User.objects.filter(email="nieuw@proef.example").count() == 1


def test_administrators_who_end_each_other_leave_one(organisation, client_of, at_once):
    posts = []
    users = [user_with_roles(organisation, "functional_administrator") for _number in range(2)]
    for user, other in zip(users, reversed(users), strict=True):
        add_second_factor(user)
        grant = RoleGrant.objects.get(user=other)
        posts.append((client_of(user), reverse("identity:end", args=[other.pk, grant.pk]), {}))

    statuses = at_once(*posts)

    assert set(statuses) <= {302, 403}
    assert RoleGrant.objects.in_force().filter(role="functional_administrator").count() == 1


def test_a_role_that_is_given_twice_is_held_once(browsers, at_once, organisation):
    user = user_with_roles(organisation, "staff")
    where = reverse("identity:grant", args=[user.pk])

    statuses = at_once(*((browser, where, {"role": "manager"}) for browser in browsers))

    assert statuses == [302, 422, 422, 422]
    assert RoleGrant.objects.filter(user=user, role="manager").count() == 1


def test_an_account_that_is_removed_while_it_gets_a_role_has_the_role_or_is_gone(browsers, at_once, organisation):
    user = user_with_roles(organisation, "staff")
    RoleGrant.objects.filter(user=user).update(ended_at=timezone.now())
    remove, grant = (reverse(f"identity:{page}", args=[user.pk]) for page in ("remove", "grant"))

    statuses = at_once(
        *((browser, where, {"role": "hr"}) for browser, where in zip(browsers, [remove, grant] * 2, strict=True))
    )

    assert statuses[0] == 302 and set(statuses) <= {302, 404, 422}
    held = RoleGrant.objects.filter(user_id=user.pk, ended_at__isnull=True).count()
    assert held == User.objects.filter(pk=user.pk, emptied_at__isnull=True).count()


def test_a_figure_that_is_entered_twice_is_there_once(browsers, at_once):
    where = reverse("figures:figure_edit", args=["disclosures-received", 2025])

    statuses = at_once(*((browser, where, {"value": "3", "submission": uuid4()}) for browser in browsers))

    assert statuses[0] == 302
    assert set(statuses) <= {302, 422}


def test_an_adoption_while_the_author_types_takes_in_the_text_or_neither(browsers, at_once, organisation):
    about = report(organisation)
    ReportText.objects.create(organisation=organisation, report=about, section="visie", text="Eerst dit.", ready=True)
    adopting = reverse("accountability:step", args=[about.year, "vastgesteld"])
    seen = browsers[0].get(adopting).context["form"].initial["seen"]
    writing = reverse("accountability:write_section", args=[about.year, "visie"])

    statuses = at_once(
        (browsers[0], adopting, {"taken_on": "2026-05-12", "seen": json.dumps(seen)}),
        (browsers[1], writing, {"text": "Toch dit.", "version": "1", "action": "save"}),
    )

    assert statuses == [302, 409]
    edition, stored = Edition.objects.first(), ReportText.objects.get().text
    assert stored == ("Toch dit." if edition is None else "Eerst dit.")
    assert edition is None or "Eerst dit." in str(document_of_edition(edition))


def test_an_adoption_that_is_sent_twice_makes_one_edition(browsers, at_once, organisation):
    about = report(organisation)
    adopting = reverse("accountability:step", args=[about.year, "vastgesteld"])
    seen = json.dumps(browsers[0].get(adopting).context["form"].initial["seen"])

    statuses = at_once(*((browser, adopting, {"taken_on": "2026-05-12", "seen": seen}) for browser in browsers))

    assert statuses == [302] * 4
    assert Edition.objects.get().number == 1


def upload(annex, key, content):
    """A form that sends this file with an annex that nobody changed."""
    return {"submission": key, "version": annex.version, "file": SimpleUploadedFile("verslag.pdf", content)}


def test_an_answer_that_changes_while_the_answers_are_sent_is_sent_or_shown_again(browsers, at_once, organisation):
    about = report(organisation)
    asked, day = question(about, answer="Twaalf."), today()
    AnswerStep.objects.create(organisation=organisation, report=about, kind=AnswerStepKind.ADOPTED, taken_on=day)
    changed = {"version": 1, "question": asked.question, "asked_by": asked.asked_by, "answer": "Dertien."}
    where = reverse("accountability:question_edit", args=[asked.pk])
    sending = reverse("accountability:answer_step", args=[about.year, "verzonden"])

    statuses = at_once((browsers[0], sending, {"taken_on": day.isoformat()}), (browsers[1], where, changed))

    said = {"Dertien.": [302, 302], "Twaalf.": [302, 409]}
    assert statuses == said[CouncilQuestion.objects.get().answer]


@pytest.fixture
def annex(organisation):
    return Annex.objects.create(
        organisation=organisation, report=report(organisation), order=1, title="Verslag", kind=AnnexKind.DOCUMENT
    )


def test_many_clicks_on_an_upload_keep_one_file(browsers, at_once, annex):
    where, key, content = reverse("accountability:annex_file_choose", args=[annex.pk]), uuid4(), pdf()

    assert at_once(*((browser, where, upload(annex, key, content)) for browser in browsers)) == [302] * 4
    assert AnnexFile.objects.count() == 1


def test_of_files_that_are_sent_at_once_one_is_kept(browsers, at_once, annex):
    where = reverse("accountability:annex_file_choose", args=[annex.pk])

    assert at_once(*((browser, where, upload(annex, uuid4(), pdf())) for browser in browsers)) == [302, 409, 409, 409]
    assert AnnexFile.objects.count() == 1


def test_a_file_that_is_sent_while_the_report_is_adopted_comes_before_it_or_not_at_all(browsers, at_once, annex):
    adopting = reverse("accountability:step", args=[annex.report.year, "vastgesteld"])
    seen = json.dumps(browsers[0].get(adopting).context["form"].initial["seen"])
    adoption = {"taken_on": today().isoformat(), "note": "", "seen": seen}
    where = reverse("accountability:annex_file_choose", args=[annex.pk])

    statuses = at_once((browsers[0], where, upload(annex, uuid4(), pdf())), (browsers[1], adopting, adoption))

    assert statuses == [302, 409]
    assert (Edition.objects.count(), AnnexFile.objects.count()) in ((0, 1), (1, 0))
    assert not EditionFile.objects.exists()
