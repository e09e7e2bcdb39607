"""Users of one body never see that another exists: tried with each model that belongs to a body."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django_scopes import ScopeError, scopes_disabled

from openintegriteit.core.tenancy import organisation_scope, protect_rows, tenant_tables
from openintegriteit.organisations.models import Organisation
from openintegriteit.tests.rows import make_row

TENANT_MODELS = [
    model
    for model in apps.get_models()
    if any(field.column == "organisation_id" for field in model._meta.local_concrete_fields)
]
GLOBAL_MODELS = {
    "core.ScheduledJob",  # of the installation
    "django_tasks_database.DBTaskResult",
    "event_log.Chain",  # the lock and last hash of a chain: no content
    "identity.SetupCode",  # before there is a body
    "identity.Session",  # of people
    "identity.User",  # people, who reach bodies through role grants
    "account.EmailAddress",
    "account.EmailConfirmation",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",  # the library's own, not used: see identity.ProviderLink
    "socialaccount.SocialApp",
    "socialaccount.SocialToken",
    "sessions.Session",
    "organisations.Organisation",
    "auth.Group",  # Django's own, not used
    "auth.Permission",
    "contenttypes.ContentType",
}
each_tenant_model = pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def bodies(db):
    return tuple(
        Organisation.objects.create(name=name, kind="municipality", host=host)
        for name, host in (("Gemeente Een", "een.example"), ("Gemeente Twee", "twee.example"))
    )


def rows_in_database(model):
    """What plain SQL gives, without anything of ours in between."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")  # noqa: S608
        return cursor.fetchone()[0]


def test_each_model_belongs_to_a_body_or_is_global_on_purpose():
    undecided = {model._meta.label for model in apps.get_models() if model not in TENANT_MODELS} - GLOBAL_MODELS

    assert undecided == set()
    assert len(tenant_tables()) == len(TENANT_MODELS)


@each_tenant_model
def test_the_other_body_does_not_see_a_row(model, bodies):
    one, two = bodies
    row = make_row(model, one)

    with organisation_scope(two.pk):
        assert not model.objects.filter(pk=row.pk).exists()
        assert model.objects.filter(pk=row.pk).update(organisation_id=two.pk) == 0
    with organisation_scope(one.pk):
        assert model.objects.get(pk=row.pk) == row


@each_tenant_model
def test_a_query_that_forgets_the_body_fails(model, bodies):
    with pytest.raises(ScopeError):
        model.objects.count()


@pytest.mark.postgresql
@each_tenant_model
def test_the_database_itself_hides_the_row(model, bodies):
    one, two = bodies
    make_row(model, one)

    with organisation_scope(one.pk):
        assert rows_in_database(model) == 1
    assert rows_in_database(model) == 0
    with organisation_scope(two.pk):
        assert rows_in_database(model) == 0


@pytest.mark.postgresql
@each_tenant_model
def test_the_database_itself_refuses_a_row_for_the_other_body(model, bodies):
    one, two = bodies
    row = make_row(model, one)

    row.pk, row._state.adding = None, True
    refused = pytest.raises(DatabaseError, match="row-level security")

    with organisation_scope(two.pk), scopes_disabled(), refused, transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.postgresql
def test_a_failed_transaction_leaves_the_body_as_it_was(bodies):
    one, two = bodies
    make_row(TENANT_MODELS[0], one)

    with organisation_scope(one.pk):
        with pytest.raises(ValueError, match="undone"), transaction.atomic(), organisation_scope(two.pk):
            raise ValueError("undone")
        assert rows_in_database(TENANT_MODELS[0]) == 1


@pytest.mark.postgresql
def test_the_rule_of_an_older_version_gives_way_to_todays(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY rows_of_organisation ON policy_regulation")
        cursor.execute("CREATE POLICY own_organisation ON policy_regulation USING (true)")

        protect_rows()

        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = 'policy_regulation'")
        assert cursor.fetchall() == [("rows_of_organisation",)]
