"""A declared position in words, for the pages that show any declaration."""

from django.utils.text import capfirst

from openintegriteit.core.display import field_text
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.outside_positions.models import OutsidePosition

SHOWN = {
    Regime.OFFICIALS: ("role", "where", "is_paid", "hours_a_week", "touches_duties"),
    Regime.OFFICE_HOLDERS: ("role", "where", "is_paid", "hours_a_week", "ex_officio", "ex_officio_agreement"),
}


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question that was answered with the answer, in the language of the screen (one query)."""
    position: OutsidePosition = OutsidePosition.objects.get(declaration=declaration)
    fields = {field.name: field for field in OutsidePosition._meta.concrete_fields}
    shown = [fields[name] for name in SHOWN[Regime(declaration.regime)]]
    pairs = [(capfirst(str(field.verbose_name)), field_text(field, getattr(position, field.name))) for field in shown]
    return [(label, text) for label, text in pairs if text]
