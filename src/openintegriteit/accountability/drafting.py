"""The draft of each section: what the records tell, in sentences that claim no more than the records show."""

from collections.abc import Callable, Iterable

from openintegriteit.accountability.facts import YearFacts
from openintegriteit.accountability.phrasing import day, question, sentence
from openintegriteit.core.documents.numbers import dutch_number
from openintegriteit.programme.queries import meetings_held

type Draft = Callable[[YearFacts], str]


def draft_of(section: str, facts: YearFacts) -> str:
    """The text of a section as long as its author has written nothing; empty where the records know nothing."""
    draft = DRAFTS.get(section)
    return draft(facts) if draft else ""


def questions_for(section: str, facts: YearFacts) -> tuple[str, ...]:
    """What the author is asked in a section: what the records cannot know."""
    questions = []
    if not _written(facts, section) and section in ASKED and not (section == "visie" and facts.visions):
        questions.append(question(section))
    if section == "cijfers":
        questions += _changes(facts)
    return tuple(questions)


ASKED = frozenset({"visie", "borging", "vertrouwenspersonen", "ambtseed", "begroting", "tot slot"})


def _written(facts: YearFacts, section: str) -> bool:
    return section in facts.texts and bool(facts.texts[section].text)


def _changes(facts: YearFacts) -> Iterable[str]:
    """A question for every figure that halved, doubled or more, and can be compared."""
    for code, row in facts.series.items():
        before, now = row[-2], row[-1]
        if before.value is None or now.value is None or now.series_break:
            continue
        low, high = sorted((before.value, now.value))
        if high - low >= 3 and high >= 2 * low:
            name = facts.indicators[code].name
            yield question("change", name=name, before=dutch_number(before.value), after=dutch_number(now.value))


def _proposal(facts: YearFacts) -> str:
    return sentence("voorstel", year=facts.period.year)


def _occasion(facts: YearFacts) -> str:
    return sentence("aanleiding", year=facts.period.year, reference_date=day(facts.period.reference_date))


def _oath(facts: YearFacts) -> str:
    year = facts.period.year
    ceremonies, persons = facts.value("oath-ceremonies"), facts.value("oath-persons")
    told = []
    if ceremonies is not None:
        told.append(sentence("ceremonies", count=int(ceremonies), year=year))
        if persons is not None and ceremonies:
            told.append(sentence("ceremony_persons", count=int(persons), year=year))
    return " ".join(told)


def _regulations(facts: YearFacts) -> str:
    return sentence("regelingen", count=len(facts.regulations))


def _policy(facts: YearFacts) -> str:
    told = [sentence("beleidsdocument", count=len(facts.policy_plans))]
    goals = sum(len(facts.goals_of(plan)) for plan in facts.policy_plans)
    if goals:
        told.append(sentence("doelen", count=goals))
    return " ".join(told)


def _vision(facts: YearFacts) -> str:
    told = ((sentence("visie", title=plan.title), plan.vision.strip()) for plan in facts.visions)
    return "\n\n".join(part for pair in told for part in pair)


def _advisers(facts: YearFacts) -> str:
    persons = facts.value("adviser-contact-persons")
    if persons is None:
        return ""
    told = [sentence("contacts", count=int(persons), year=facts.period.year)]
    for year in reversed(facts.years[:-1]):
        if facts.value("adviser-contact-persons", year) is not None:
            told.append(sentence("contacts_before", earlier=year))
    return " ".join(told)


def _looking_back(facts: YearFacts) -> str:
    number = sum(len(group.activities) for group in facts.themes)
    told = [_group_meetings(facts), sentence("terugblik", count=number, year=facts.period.year)]
    return " ".join(part for part in told if part)


def _group_meetings(facts: YearFacts) -> str:
    """How often the working groups met; nothing where the records hold no meeting, or not how often."""
    meetings = [activity for group in facts.themes for activity in group.activities if activity.is_meeting_held]
    groups, count = {activity.working_group_id for activity in meetings}, meetings_held(meetings)
    if not count:
        return ""
    return sentence("group_met" if len(groups) == 1 else "groups_met", count=count, year=facts.period.year)


def _measures(facts: YearFacts) -> str:
    told = sum(len(group.measures) for group in facts.measures)
    total = facts.value("measures-in-plan")
    sentences = []
    if total is not None:
        sentences.append(sentence("measures_total", count=int(total), year=facts.period.year))
    if told and told != total:
        sentences.append(sentence("measures_told", count=told))
    return " ".join(sentences)


def _findings(facts: YearFacts) -> str:
    return sentence("bevindingen", count=len(facts.findings))


def _figures(facts: YearFacts) -> str:
    """How often secrecy was imposed and lifted, and runs; nothing where one of the three is not known."""
    known = all(facts.value(f"secrecy-{what}") is not None for what in ("imposed", "lifted", "running"))
    return sentence("secrecy", year=facts.period.year) if known else ""


def _agenda(facts: YearFacts) -> str:
    number = sum(len(group.activities) for group in facts.agenda)
    return sentence("agenda", count=number, next_year=facts.period.year + 1)


DRAFTS: dict[str, Draft] = {
    "voorstel": _proposal,
    "aanleiding": _occasion,
    "ambtseed": _oath,
    "regelingen": _regulations,
    "visie": _vision,
    "beleidsdocument": _policy,
    "vertrouwenspersonen": _advisers,
    "terugblik": _looking_back,
    "maatregelen": _measures,
    "bevindingen": _findings,
    "cijfers": _figures,
    "agenda": _agenda,
}
