"""What was found beside the list of the law becomes one of the two questions for which a position is weighed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from openintegriteit.core.tenancy import organisation_scope


def tell_who_recorded(apps, schema_editor):
    for body in apps.get_model("organisations", "Organisation").objects.values_list("pk", flat=True):
        with organisation_scope(body):
            rows = apps.get_model("outside_positions", "Assessment").objects.filter(organisation_id=body)
            rows.update(recorded_by=F("weighed_by"))


QUESTIONS = [
    ("incompatible", "does it go together with the office?"),
    ("undesirable", "is it undesirable for the office?"),
]
OUTCOMES = [
    ("not_incompatible", "the two go together"),
    ("exception", "an exception of the law applies"),
    ("given_up", "one of the two is given up"),
    ("not_undesirable", "the position is not undesirable"),
    ("undesirable_given_up", "the position is undesirable, and has been given up"),
    ("undesirable_kept", "the position is undesirable, and will be given up"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0007_brought_in_and_listed"),
        ("organisations", "0006_in_what_way_an_office_is_held"),
        ("outside_positions", "0002_what_the_law_asks"),
    ]

    operations = [
        migrations.RemoveConstraint("finding", "finding_tells_why"),
        migrations.RenameModel("Finding", "Assessment"),
        migrations.RenameField("assessment", "found_on", "weighed_on"),
        migrations.RenameField("assessment", "found_by", "weighed_by"),
        migrations.RenameField("assessment", "found_at", "recorded_at"),
        migrations.AlterModelOptions("assessment", {"ordering": ["-recorded_at"]}),
        migrations.AddField(
            "assessment",
            "question",
            models.CharField(choices=QUESTIONS, default="incompatible", max_length=20, verbose_name="question"),
            preserve_default=False,
        ),
        migrations.AddField(
            "assessment",
            "recorded_by",
            models.CharField(default="", max_length=200, verbose_name="recorded by"),
            preserve_default=False,
        ),
        migrations.RunPython(tell_who_recorded, migrations.RunPython.noop),
        migrations.AlterField(
            "assessment",
            "declaration",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assessments",
                to="declarations.declaration",
            ),
        ),
        migrations.AlterField(
            "assessment",
            "outcome",
            models.CharField(choices=OUTCOMES, max_length=20, verbose_name="what came of it"),
        ),
        migrations.AlterField("assessment", "weighed_on", models.DateField(verbose_name="weighed on")),
        migrations.AlterField("assessment", "weighed_by", models.CharField(max_length=200, verbose_name="weighed by")),
        migrations.AddConstraint(
            "assessment",
            models.CheckConstraint(condition=~models.Q(reasons=""), name="assessment_tells_why"),
        ),
        migrations.AddConstraint(
            "assessment",
            models.CheckConstraint(
                condition=models.Q(question="incompatible", outcome__in=[key for key, _label in OUTCOMES[:3]])
                | models.Q(question="undesirable", outcome__in=[key for key, _label in OUTCOMES[3:]]),
                name="assessment_answers_its_question",
            ),
        ),
    ]
