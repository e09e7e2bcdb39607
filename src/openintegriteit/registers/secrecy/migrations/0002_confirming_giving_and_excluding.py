import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_in_what_way_an_office_is_held"),
        ("secrecy", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("starts_on", models.DateField(verbose_name="excluded from")),
                ("ends_on", models.DateField(verbose_name="excluded until")),
                ("reference", models.CharField(max_length=100, verbose_name="reference of the decision")),
                ("recorded_by", models.CharField(editable=False, max_length=200, verbose_name="recorded by")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_on", models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn on")),
                (
                    "withdrawn_because",
                    models.CharField(blank=True, max_length=300, verbose_name="why this was a mistake"),
                ),
            ],
            options={
                "ordering": ["-starts_on", "id"],
            },
        ),
        migrations.AddField(
            model_name="imposedsecrecy",
            name="given_to_committee_on",
            field=models.DateField(blank=True, null=True, verbose_name="given to a committee on"),
        ),
        migrations.AddField(
            model_name="imposedsecrecy",
            name="is_confirmed",
            field=models.BooleanField(default=False, verbose_name="confirmed in that meeting"),
        ),
        migrations.AddField(
            model_name="imposedsecrecy",
            name="meeting_on",
            field=models.DateField(blank=True, null=True, verbose_name="next meeting of the representative body"),
        ),
        migrations.AddConstraint(
            model_name="imposedsecrecy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_to_committee_on__isnull", True),
                    models.Q(
                        ("given_to_committee_on__gte", models.F("imposed_on")),
                        ("imposed_by__in", ["executive", "chair"]),
                    ),
                    _connector="OR",
                ),
                name="secrecy_given_to_committee",
            ),
        ),
        migrations.AddConstraint(
            model_name="imposedsecrecy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_confirmed", False), ("meeting_on__isnull", True)),
                    models.Q(
                        ("given_on__isnull", False),
                        ("meeting_on__gte", models.F("given_on")),
                        ("meeting_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="secrecy_confirmed_once_given",
            ),
        ),
        migrations.AddField(
            model_name="exclusion",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="exclusion",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.person",
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="exclusion",
            name="secrecy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="exclusions", to="secrecy.imposedsecrecy"
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="exclusion_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True), models.Q(("withdrawn_because", ""), _negated=True), _connector="OR"
                ),
                name="exclusion_withdrawal_tells_why",
            ),
        ),
    ]
