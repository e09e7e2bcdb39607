"""What officials declared until now asks a decision, each of it."""

from django.db import migrations

from openintegriteit.core.tenancy import organisation_scope


def ask(apps, schema_editor):
    for body in apps.get_model("organisations", "Organisation").objects.values_list("pk", flat=True):
        with organisation_scope(body):
            rows = apps.get_model("declarations", "Declaration").objects.filter(organisation_id=body)
            rows.filter(regime="officials").update(asks_decision=True)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0002_whether_a_decision_is_asked")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
