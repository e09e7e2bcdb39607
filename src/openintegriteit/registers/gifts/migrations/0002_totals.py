"""Of each gift the regime and the day that stand on its declaration, to add up what a giver offered from an index."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from openintegriteit.core.tenancy import organisation_scope


def take_over(apps, schema_editor):
    declarations = apps.get_model("declarations", "Declaration").objects
    for body in apps.get_model("organisations", "Organisation").objects.values_list("pk", flat=True):
        with organisation_scope(body):
            about = declarations.filter(pk=OuterRef("declaration_id"))
            apps.get_model("gifts", "Gift").objects.filter(organisation_id=body).update(
                regime=Subquery(about.values("regime")), offered_on=Subquery(about.values("starts_on"))
            )


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0008_told_and_withdrawn"),
        ("gifts", "0001_initial"),
        ("organisations", "0005_kinds_of_office_holders"),
    ]

    operations = [
        migrations.AddField(
            model_name="gift",
            name="offered_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="gift",
            name="regime",
            field=models.CharField(
                choices=[("officials", "officials"), ("office_holders", "political office holders")],
                default="",
                editable=False,
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="gift",
            index=models.Index(
                fields=[
                    "organisation",
                    "regime",
                    "giver_key",
                    "value",
                    "offered_on",
                    "giver_organisation",
                    "giver_person",
                    "declaration",
                ],
                name="gift_totals",
            ),
        ),
        migrations.AddConstraint(
            model_name="gift",
            constraint=models.CheckConstraint(
                condition=models.Q(("regime", ""), _negated=True), name="gift_repeats_its_declaration"
            ),
        ),
    ]
