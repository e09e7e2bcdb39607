"""Make what was recorded before findable: the search text of measures, findings and activities."""

from django.db import migrations

from openintegriteit.core.searching import fill_search_text

SOURCES = {
    "Measure": ["title", "description", "owner"],
    "Finding": ["text", "found_by", "order", "note"],
    "Activity": ["title", "theme", "led_by", "audience", "note"],
}


def fill(apps, schema_editor):
    fill_search_text(apps, "programme", SOURCES)


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_search_and_order")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
