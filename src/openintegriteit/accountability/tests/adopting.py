"""Writing a report and adopting what was seen of it, for tests of editions."""

from datetime import date

from openintegriteit.accountability import editions, operations
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.comparing import marks_of
from openintegriteit.accountability.facts import gather
from openintegriteit.core.documents.model import plain_text

DAY = date(2026, 5, 12)


def write(actor, report, text, section="visie"):
    found = report.texts.filter(section=section).first()
    version = found.version if found else 0
    return operations.write_section(
        actor=actor, report=report, section=section, text=text, ready=True, expected_version=version
    )


def seen(report):
    """What somebody who looks at the report now sees."""
    return marks_of(document_of(gather(report, report.organisation)))


def adopt(actor, report, **changes):
    said = {"taken_on": DAY, "note": "Besluit 12", "seen": seen(report)} | changes
    return editions.adopt(actor=actor, report=report, **said)


def words(document):
    """Everything that the paragraphs of a document say."""
    return " ".join(plain_text(block.runs) for block in document.blocks if hasattr(block, "runs"))
