"""A deliberation taken up again because an appeal was upheld: which, and who may not sit in it."""

from django.db.models import Q, QuerySet

from parchemin.core import words
from parchemin.core.decision import NOT_MET, Decision, Effect, Finding, Stage
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy
from parchemin.records.juries.models import Conclusion, Hearing, JurySession, Member
from parchemin.records.people.models import Person

OTHER = "jury.again.other"
"""The name of what keeps those who deliberated first out of the other jury."""
REMEDY = Appeal.Remedy


def asking_again(file: Candidacy) -> Appeal | None:
    """The appeal upheld on that file that waits for a jury to deliberate again, the last one."""
    rows = _waiting(REMEDY.SAME_JURY, REMEDY.OTHER_JURY).filter(decision__candidacy=file)
    return rows.order_by("answered_at").last()


def asking_of(hearing: Hearing) -> Appeal | None:
    """The appeal upheld against what was decided in that hearing, as long as what follows from it is not done."""
    records = Conclusion.objects.filter(hearing=hearing).values("award_record")
    return _waiting(*REMEDY).filter(decision__in=records).order_by("answered_at").last()


def contested_in(appeal: Appeal) -> Hearing | None:
    """The deliberation that an appeal contests; None where no jury decided."""
    found = Conclusion.objects.filter(award_record=appeal.decision_id).select_related("hearing__session").first()
    return found.hearing if found else None


def barred(appeal: Appeal, session: JurySession, judged: Judged) -> Decision | None:
    """The Decision that keeps the file out of that session: another jury is asked for, and some of the first sit there.

    None when nothing does.
    """
    first = contested_in(appeal) if appeal.remedy == REMEDY.OTHER_JURY else None
    if first is None or appeal.answered_on is None:
        return None
    named = session.members.filter(person__in=_sat(first).values("person")).select_related("person")
    names = [one.person.name for one in named]
    if not names:
        return None
    finding = Finding(
        OTHER,
        Effect.BLOCKING,
        NOT_MET,
        "Un autre jury délibère : personne n'y siège de ceux qui ont délibéré la première fois.",
        f"ont délibéré à la session {first.session.number} : {words.several(names)}",
        f"recours accueilli le {words.day(appeal.answered_on)}, qui demande un autre jury",
        {"number": first.session.number},
    )
    return Decision(Stage.JURY, judged.scheme.ref, judged.on, NOT_MET, (finding,))


def barring_of(session: JurySession, person: Person) -> Hearing | None:
    """The file of that session on which that person deliberated, where another jury is to; None when there is none."""
    rows = session.hearings.filter(removed_at__isnull=True, appeal__remedy=REMEDY.OTHER_JURY)
    for row in rows.select_related("appeal", "candidacy"):
        first = contested_in(row.appeal) if row.appeal else None
        if first and _sat(first).filter(person=person).exists():
            return row
    return None


def _sat(hearing: Hearing) -> QuerySet[Member]:
    return Member.objects.filter(pk__in=list(hearing.sat or ()))


def _waiting(*remedies: Appeal.Remedy) -> QuerySet[Appeal]:
    asked = Q(state=Appeal.State.UPHELD, carried_out_at__isnull=True, remedy__in=remedies)
    return Appeal.objects.filter(asked)
