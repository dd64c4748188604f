"""Files of one certification that juries decided, and holders who are asked what they became."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from string import ascii_uppercase

from parchemin.records.candidacies.models import Candidacy, CandidacyDate
from parchemin.records.followups.actions.answering import Said, answer
from parchemin.records.followups.actions.asking import note_asked, open_waves
from parchemin.records.followups.models import Followup, Wave
from parchemin.records.followups.tokens import token_of
from parchemin.records.juries.models import Hearing
from parchemin.records.people.models import CivilIdentity, Person
from tests.records.awards.bench import decided, given, housed
from tests.records.juries.bench import DAY
from tests.web.cast import ALTERNANCE, Cast, person

SIX_LATER = date(2026, 9, 20)
"""Six months to the day after the decisions of the bench."""
ASKED_AT = datetime(2026, 9, 20, 6, 0, tzinfo=UTC)
NEXT_YEAR = date(2027, 1, 15)
PUBLISHED_AT = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
WORK = Said(situation="employed", is_target_job=True, contract="permanent", started_on=date(2026, 5, 12))
ELSEWHERE = Said(situation="own_business", is_target_job=False)
STUDIES, SEEKS, UNABLE = (Said(situation=one) for one in ("studying", "seeking", "unable"))
assert DAY.year == 2026


def judged(
    cast: Cast, verdicts: Sequence[str], route: str = "apprenticeship", name: str = "titulaire"
) -> list[Hearing]:
    """A file for each verdict, of as many people, before one session."""
    found: list[Hearing] = []
    for number, verdict in enumerate(verdicts):
        letter = ascii_uppercase[number]
        who = person(f"{name}{number}", f"Prénom {letter}", f"Fictif {name.title()} {letter}")
        held = ("B1",) if verdict != "none" else ()
        session = found[0].session if found else None
        found.append(decided(cast, ALTERNANCE, route, verdict, held, who=who, session=session))
    return found


def holders(cast: Cast, count: int, by: Person | None = None) -> list[Hearing]:
    """So many people certified, with their certificates."""
    housed(cast, ALTERNANCE)
    hearings = judged(cast, ["full"] * count)
    for hearing in hearings:
        given(hearing, by or cast.manager)
    return hearings


def asked(cast: Cast, count: int) -> list[Followup]:
    """So many holders asked after six months."""
    holders(cast, count)
    open_waves(on=SIX_LATER)
    rows = list(Followup.objects.filter(wave=Wave.SIX_MONTHS).order_by("candidacy__number"))
    for row in rows:
        note_asked(followup=row, is_sent=True, at=ASKED_AT)
    return rows


def answered(row: Followup, said: Said = WORK) -> None:
    """That holder answers on the day they are asked."""
    answer(token=token_of(row.pk), said=said, at=ASKED_AT, on=SIX_LATER)


def dated(row: Candidacy, **days: date) -> None:
    """When that file reached these milestones."""
    for name, on in days.items():
        CandidacyDate.objects.update_or_create(candidacy=row, milestone=name, defaults={"on": on})


def of_sex(hearing: Hearing, sex: str) -> None:
    """The civil status of that candidate."""
    CivilIdentity.objects.filter(person=hearing.candidacy.candidate_id).update(sex=sex)
