"""Put who was asked before in the order of their names."""

from django.db import migrations
from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat

from openintegriteit.core.tenancy import organisation_scope


def fill(apps, schema_editor):
    person = apps.get_model("organisations", "Person").objects.filter(pk=OuterRef("person"))
    name = Case(When(given_name="", then="family_name"), default=Concat("family_name", Value(", "), "given_name"))
    for body in apps.get_model("organisations", "Organisation").objects.values_list("pk", flat=True):
        with organisation_scope(body):
            asked = apps.get_model("campaigns", "Invitee").objects.filter(organisation_id=body)
            asked.update(sort_name=Subquery(person.annotate(name=name).values("name")))


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_names_in_order")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
