import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accountability", "0003_frozen_editions"),
        ("organisations", "0002_search_and_order"),
        ("programme", "0004_reminding_owners"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerCorrection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("before", models.TextField(blank=True, verbose_name="answer before the correction")),
                ("reason", models.TextField(verbose_name="reason of the correction")),
                ("recorded_by", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="AnswerStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("drafted", "answers drafted"),
                            ("adopted", "answers adopted"),
                            ("sent", "answers sent"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("recorded_by", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["recorded_at"],
            },
        ),
        migrations.AddField(
            model_name="councilquestion",
            name="answer_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="answer due on"),
        ),
        migrations.AddField(
            model_name="councilquestion",
            name="promised_measure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="promised_in",
                to="programme.measure",
                verbose_name="promised measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_answer_as", None),
                    models.Q(("same_answer_as", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="council_question_answers_not_itself",
            ),
        ),
        migrations.AddField(
            model_name="answercorrection",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="answercorrection",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="accountability.councilquestion",
            ),
        ),
        migrations.AddField(
            model_name="answerstep",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="answerstep",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer_steps",
                to="accountability.annualreport",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerstep",
            constraint=models.UniqueConstraint(fields=("report", "kind"), name="answer_step_once"),
        ),
    ]
