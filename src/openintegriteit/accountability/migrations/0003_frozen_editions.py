"""Let the database itself refuse to change or remove what was adopted, and the steps that a report took."""

from django.db import migrations

TABLES = ("accountability_edition", "accountability_reportstep")
REFUSAL = "an adopted report never changes"
FORWARDS = {
    "sqlite": [
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
        for change in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION accountability_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        *(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION accountability_refuse()"
            for table in TABLES
        ),
    ],
}
BACKWARDS = {
    "sqlite": [f"DROP TRIGGER {table}_no_{change}" for table in TABLES for change in ("update", "delete")],
    "postgresql": ["DROP FUNCTION accountability_refuse() CASCADE"],
}


def forwards(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accountability", "0002_editions")]
    operations = [migrations.RunPython(forwards, backwards)]
