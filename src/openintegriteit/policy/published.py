"""The codes and regulations that a body makes public: the version in force of each."""

from datetime import date

from openintegriteit.core.contracts import PublicColumn, PublicEntry, PublicRegister
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import Regulation, RegulationVersion
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import with_version_in_force

COLUMNS = (
    PublicColumn("title", "Titel"),
    PublicColumn("kind", "Soort"),
    PublicColumn("audience", "Voor wie"),
    PublicColumn("version", "Versie"),
    PublicColumn("adopted_by", "Vastgesteld door"),
    PublicColumn("adopted_on", "Vastgesteld op", "day"),
    PublicColumn("in_force_on", "Geldt vanaf", "day"),
    PublicColumn("address", "Bekendgemaakt", "address"),
)
OF_OFFICIALS = "Ambtenarenwet 2017, artikel 4, lid 3"
# Where the law asks a code of conduct: for officials, and for those who represent, govern and chair.
ARTICLES = {
    "": OF_OFFICIALS,
    "municipality": f"{OF_OFFICIALS}; Gemeentewet, artikel 15, lid 3, artikel 41c, lid 2, en artikel 69, lid 2",
    "province": f"{OF_OFFICIALS}; Provinciewet, artikel 15, lid 3, artikel 40c, lid 2, en artikel 68, lid 2",
    "water_board": f"{OF_OFFICIALS}; Waterschapswet, artikel 33, lid 3",
}


def in_force(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """The regulations that are marked as public (two queries). One that is replaced shows its newest version."""
    regulations = list(with_version_in_force(Regulation.objects.filter(is_public=True), day).order_by("title"))
    held = RegulationVersion.objects.in_bulk([row.version_key for row in regulations if row.version_key])
    return tuple(_entry(row, held[row.version_key]) for row in regulations if row.version_key)


def _entry(regulation: Regulation, version: RegulationVersion) -> PublicEntry:
    return PublicEntry(
        key=regulation.pk,
        values={
            "title": regulation.title,
            "kind": regulation.get_kind_display(),
            "audience": regulation.get_audience_display(),
            "version": version.label,
            "adopted_by": version.adopted_by,
            "adopted_on": version.adopted_on,
            "in_force_on": version.in_force_on,
            "address": version.web_address,
        },
        text=version.text or version.popular_text,
    )


REGULATIONS = PublicRegister(
    key="regulations",
    slug="regelingen",
    title="Gedragscodes en regelingen",
    explanation="De regels over integriteit die nu gelden voor wie hier werkt of bestuurt.",
    columns=COLUMNS,
    entries=in_force,
    keepers=POLICY.roles("change"),
    articles=ARTICLES,
    about_people=False,
    woo_category="002",
)
