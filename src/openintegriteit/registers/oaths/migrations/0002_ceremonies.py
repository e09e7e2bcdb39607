import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oaths", "0001_first"),
        ("organisations", "0005_kinds_of_office_holders"),
        ("programme", "0011_activities_by_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="oath",
            name="how",
            field=models.CharField(
                choices=[
                    ("ceremony", "at a ceremony or meeting"),
                    ("paper", "on paper"),
                    ("link", "by a link in a mail"),
                    ("account", "by an account, with a second step"),
                ],
                max_length=20,
                verbose_name="how",
            ),
        ),
        migrations.CreateModel(
            name="Ceremony",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("for_office_holders", models.BooleanField(default=False, editable=False)),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="time")),
                (
                    "information",
                    models.TextField(blank=True, max_length=5000, verbose_name="what people read beforehand"),
                ),
                ("before_whom", models.CharField(blank=True, max_length=200, verbose_name="before whom")),
                ("in_presence_of", models.CharField(blank=True, max_length=500, verbose_name="in whose presence")),
                (
                    "with_executive_member",
                    models.BooleanField(
                        default=False, verbose_name="a member of the executive is there, or the mayor or chair"
                    ),
                ),
                ("with_secretary", models.BooleanField(default=False, verbose_name="the secretary is there")),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ceremony", to="programme.activity"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ceremonies",
                "ordering": ["-activity__starts_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("mailed_for", models.DateField(null=True)),
                ("came", models.BooleanField(null=True, verbose_name="was there")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person"
                    ),
                ),
                (
                    "ceremony",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="oaths.ceremony"
                    ),
                ),
            ],
            options={
                "ordering": ["person__family_name", "person__given_name", "id"],
            },
        ),
        migrations.AddField(
            model_name="oath",
            name="ceremony",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="oaths",
                to="oaths.ceremony",
            ),
        ),
        migrations.AddConstraint(
            model_name="oath",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how__in", ["link", "account"]), _negated=True), ("form", "statement"), _connector="OR"
                ),
                name="oath_is_taken_before_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("ceremony", "person"), name="attendance_once"),
        ),
    ]
