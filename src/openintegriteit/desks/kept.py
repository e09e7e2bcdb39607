"""Every kind of record that is kept for a term and then destroyed. A new register adds its kinds to the list."""

from openintegriteit.campaigns import kept as campaigns
from openintegriteit.core.contracts import KeptKind
from openintegriteit.desks import kept_people as people
from openintegriteit.policy import kept as policy
from openintegriteit.publication import kept as publication
from openintegriteit.registers.abstentions import kept as abstentions
from openintegriteit.registers.declarations import kept as declarations
from openintegriteit.registers.departures import kept as departures
from openintegriteit.registers.designations import kept as designations
from openintegriteit.registers.oaths import kept as oaths
from openintegriteit.registers.outside_positions import kept as outside_positions
from openintegriteit.registers.screening import kept as screening
from openintegriteit.registers.secrecy import kept as secrecy

KEPT: tuple[KeptKind, ...] = (
    *declarations.KINDS,
    *outside_positions.KINDS,
    *oaths.KINDS,
    *designations.KINDS,
    *screening.KINDS,
    *departures.KINDS,
    *abstentions.KINDS,
    *secrecy.KINDS,
    *policy.KINDS,
    *campaigns.KINDS,
    *publication.KINDS,
    *people.KINDS,
)
KINDS = {kind.key: kind for kind in KEPT}
