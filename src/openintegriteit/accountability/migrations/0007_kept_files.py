"""Let the database itself refuse to change what an adopted edition keeps, and the content of any file."""

from django.db import migrations

KEPT, FILES = "accountability_editionfile", "accountability_annexfile"
CONTENT = "name, form, sha256, size, content, remarks, added_by, added_at"
REFUSAL = "a file that was kept never changes"
FORWARDS = {
    "sqlite": [
        f"CREATE TRIGGER {KEPT}_no_update BEFORE UPDATE ON {KEPT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER {KEPT}_no_delete BEFORE DELETE ON {KEPT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER {FILES}_no_update BEFORE UPDATE OF {CONTENT} ON {FILES} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER {FILES}_no_delete BEFORE DELETE ON {FILES} "  # noqa: S608 our own names
        f"WHEN OLD.id IN (SELECT file_id FROM {KEPT}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ],
    # That a file which an edition keeps is not deleted, the foreign key of the edition sees to.
    "postgresql": [
        "CREATE FUNCTION accountability_refuse_file() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        f"CREATE TRIGGER {KEPT}_no_change BEFORE UPDATE OR DELETE ON {KEPT} "
        "FOR EACH ROW EXECUTE FUNCTION accountability_refuse_file()",
        f"CREATE TRIGGER {FILES}_no_change BEFORE UPDATE OF {CONTENT} ON {FILES} "
        "FOR EACH ROW EXECUTE FUNCTION accountability_refuse_file()",
    ],
}
BACKWARDS = {
    "sqlite": [
        f"DROP TRIGGER {trigger}"
        for trigger in (f"{KEPT}_no_update", f"{KEPT}_no_delete", f"{FILES}_no_update", f"{FILES}_no_delete")
    ],
    "postgresql": ["DROP FUNCTION accountability_refuse_file() CASCADE"],
}


def forwards(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accountability", "0006_annex_files")]
    operations = [migrations.RunPython(forwards, backwards)]
