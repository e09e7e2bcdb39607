"""Let the database itself refuse to change or remove an entry of the event log."""

from django.db import migrations

FORWARDS = {
    "sqlite": [
        f"CREATE TRIGGER event_log_no_{change} BEFORE {change.upper()} ON event_log_entry "
        "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
        for change in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION event_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$",
        "CREATE TRIGGER event_log_no_change BEFORE UPDATE OR DELETE ON event_log_entry "
        "FOR EACH ROW EXECUTE FUNCTION event_log_refuse()",
        "CREATE TRIGGER event_log_no_truncate BEFORE TRUNCATE ON event_log_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse()",
    ],
}
BACKWARDS = {
    "sqlite": ["DROP TRIGGER event_log_no_update", "DROP TRIGGER event_log_no_delete"],
    "postgresql": ["DROP FUNCTION event_log_refuse() CASCADE"],
}


def forwards(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("event_log", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
