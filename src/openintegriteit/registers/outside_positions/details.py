"""A declared position in words, for the pages that show any declaration."""

from openintegriteit.core.display import field_text
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.outside_positions.models import OutsidePosition

SHOWN = ("role", "where", "is_paid", "hours_a_week", "ex_officio", "ex_officio_agreement", "touches_duties")


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question that was answered with the answer, in the language of the screen (one query)."""
    position: OutsidePosition = OutsidePosition.objects.get(declaration=declaration)
    fields = {field.name: field for field in OutsidePosition._meta.concrete_fields}
    pairs = [(str(fields[name].verbose_name), field_text(fields[name], getattr(position, name))) for name in SHOWN]
    return [(label, text) for label, text in pairs if text]
