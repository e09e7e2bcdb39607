"""Let the database itself refuse to change what was adopted."""

from django.db import migrations

FORWARDS = {
    "sqlite": [
        "CREATE TRIGGER accountability_edition_frozen BEFORE UPDATE ON accountability_edition "
        "BEGIN SELECT RAISE(ABORT, 'an adopted report never changes'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION accountability_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an adopted report never changes'; END $$",
        "CREATE TRIGGER accountability_edition_frozen BEFORE UPDATE ON accountability_edition "
        "FOR EACH ROW EXECUTE FUNCTION accountability_edition_refuse()",
    ],
}
BACKWARDS = {
    "sqlite": ["DROP TRIGGER accountability_edition_frozen"],
    "postgresql": ["DROP FUNCTION accountability_edition_refuse() CASCADE"],
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
