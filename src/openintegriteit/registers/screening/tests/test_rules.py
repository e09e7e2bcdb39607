"""How old a certificate of conduct may be: Gemeentewet 36a(2), Provinciewet 35b(2), Waterschapswet 41(1)."""

from datetime import date, timedelta

import pytest

from openintegriteit.core.terms import add_months
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.registers.screening.law import LAW
from openintegriteit.registers.screening.models import Screening
from openintegriteit.registers.screening.recorded import duty_of_executive_members
from openintegriteit.registers.screening.rules import Demand, Lack, fresh_until, lack_of

ARTICLES = {
    OrganisationKind.MUNICIPALITY: "Gemeentewet, artikel 36a, lid 2",
    OrganisationKind.PROVINCE: "Provinciewet, artikel 35b, lid 2",
    OrganisationKind.WATER_BOARD: "Waterschapswet, artikel 41, lid 1",
}
APPOINTED = date(2026, 6, 1)
TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("issued", "appointed", "is_new_enough"),
    [
        (date(2026, 3, 15), date(2026, 6, 15), True),
        (date(2026, 3, 14), date(2026, 6, 15), False),
        (date(2026, 6, 15), date(2026, 6, 15), True),
        (date(2026, 2, 28), date(2026, 5, 31), True),  # three months before 31 May is the last day of February
        (date(2026, 2, 27), date(2026, 5, 31), False),
        (date(2028, 2, 28), date(2028, 5, 31), False),  # a leap year
        (date(2028, 2, 28), date(2028, 5, 28), True),
        (date(2028, 2, 29), date(2028, 5, 31), True),
        (date(2025, 11, 30), date(2026, 2, 28), True),
        (date(2025, 11, 30), date(2026, 3, 1), False),
        (date(2025, 11, 29), date(2026, 2, 28), True),
        (date(2025, 12, 31), date(2026, 3, 31), True),
        (date(2025, 12, 31), date(2026, 4, 1), False),
        (date(2026, 1, 30), date(2026, 4, 30), True),
        (date(2026, 1, 31), date(2026, 4, 30), True),
        (date(2026, 1, 29), date(2026, 4, 30), False),
    ],
)
def test_gemeentewet_36a_2_three_months_counted_back_from_the_appointment(issued, appointed, is_new_enough) -> None:
    assert (appointed <= fresh_until(issued)) is is_new_enough


def test_the_last_day_is_the_last_from_which_three_months_back_reaches_the_certificate() -> None:
    for number in range(4 * 366):
        issued = date(2027, 1, 1) + timedelta(days=number)
        last = fresh_until(issued)
        assert add_months(last, -3) <= issued < add_months(last + timedelta(days=1), -3), issued


def test_the_law_asks_it_of_executive_members_in_each_kind_of_body_since_2023() -> None:
    assert {body: demand.basis for body, (demand,) in LAW.items()} == ARTICLES
    duty = duty_of_executive_members()
    for (demand,) in LAW.values():
        assert (demand.kind, demand.person_kind, demand.fresh) == ("certificate_of_conduct", "executive_member", True)
        assert (demand.since, demand.also_present) == (date(2023, 1, 1), False)
        assert (demand.kind, demand.person_kind, demand.since) == (duty.kind, duty.person_kind, duty.since)


def demand(**values) -> Demand:
    given = {"kind": "certificate_of_conduct", "person_kind": "executive_member", "fresh": True, "basis": ""}
    return Demand(**given | {"since": date(2023, 1, 1), "also_present": False} | values)


def certificate(done_on, result="in_order", until=None, kind="certificate_of_conduct") -> Screening:
    return Screening(kind=kind, result=result, done_on=done_on, valid_until=until, fresh_until=fresh_until(done_on))


IN_TIME, LATE = certificate(date(2026, 5, 1)), certificate(date(2026, 7, 1))
OLD = certificate(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("screenings", "appointed", "lack"),
    [
        ([], APPOINTED, Lack.NEVER),
        ([certificate(date(2026, 5, 1), kind="diplomas")], APPOINTED, Lack.NEVER),
        ([IN_TIME], APPOINTED, None),
        ([OLD], APPOINTED, Lack.TOO_OLD),
        ([OLD, IN_TIME], APPOINTED, None),
        ([LATE], APPOINTED, Lack.TOO_LATE),
        ([OLD, LATE], APPOINTED, Lack.TOO_OLD),
        ([IN_TIME], None, Lack.DAY_UNKNOWN),
        ([certificate(date(2026, 5, 1), "with_agreements")], APPOINTED, None),
        ([certificate(date(2026, 5, 1), "not_in_order")], APPOINTED, Lack.NOT_IN_ORDER),
        ([IN_TIME, certificate(date(2026, 8, 1), "not_in_order")], APPOINTED, Lack.NOT_IN_ORDER),
        ([certificate(date(2026, 4, 1), "not_in_order"), IN_TIME], APPOINTED, None),
        ([certificate(date(2026, 5, 1), until=date(2026, 11, 26))], APPOINTED, Lack.ENDED),
        ([certificate(date(2026, 5, 1), until=TODAY)], APPOINTED, None),
        ([certificate(date(2026, 5, 1), until=date(2026, 11, 26)), LATE], APPOINTED, None),
        ([certificate(date(2026, 11, 28))], date(2026, 12, 1), Lack.NEVER),
    ],
)
def test_what_somebody_lacks_at_an_appointment(screenings, appointed, lack) -> None:
    assert lack_of(demand(), screenings, appointed, TODAY) == lack


def test_who_was_appointed_before_the_day_is_not_asked_unless_the_rule_says_so() -> None:
    told = {"at_risk": False}
    assert demand().asks("executive_member", appointed_on=date(2023, 1, 1), **told)
    assert not demand().asks("executive_member", appointed_on=date(2022, 12, 31), **told)
    assert demand(also_present=True).asks("executive_member", appointed_on=date(2022, 12, 31), **told)
    assert demand().asks("executive_member", appointed_on=None, **told)
    assert not demand().asks("elected_member", appointed_on=None, **told)


def test_a_position_at_risk_is_one_of_officials() -> None:
    risk = demand(person_kind="")
    assert risk.asks("official", at_risk=True, appointed_on=None)
    assert not risk.asks("official", at_risk=False, appointed_on=None)
    assert not risk.asks("executive_member", at_risk=True, appointed_on=None)
    assert (risk.regime, demand().regime) == ("officials", "office_holders")
