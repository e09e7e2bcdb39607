"""What several apps show together about who acts for the mayor or King's commissioner."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.prohibited_acts.recorded import ACTS_OF_WHO_ACTS

PARTS = ("positions_of_who_acts", ACTS_OF_WHO_ACTS, "code_of_executive")
READERS = POLICY.roles("view_office_holders")


def rules_of_who_acts(found: Iterable[RecordedAnswer]) -> RecordedAnswer:
    """Gemeentewet 80, Provinciewet 78: the positions (67 and 68; 66 and 67), the acts and the code (69; 68) of a chair.

    Made of what the apps showed already. Met where nobody acts.
    """
    by_subject = {answer.subject: answer for answer in found}
    positions, acts, code = (by_subject[subject] for subject in PARTS)
    parts, told = [positions], []
    if acts.reason:
        parts, told = [positions, acts, code], [_("Whether everybody keeps to the code, these records do not show.")]
    return RecordedAnswer(
        "rules_of_who_acts",
        "met" if all(part.state == "met" for part in parts) else "not_shown",
        " ".join([*dict.fromkeys(part.reason for part in parts), *told]),
        positions.address,
        READERS,
        about_few=True,
    )
