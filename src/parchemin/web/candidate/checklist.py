"""What is asked of a candidate on a file, done or still to do, and the one thing to do next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.decision import MET, Effect, Finding, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Milestone
from parchemin.core.terms import title_of
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged, dues
from parchemin.records.candidacies.models import Deposit, Status
from parchemin.records.people.models import CivilIdentity
from parchemin.web.shared.limits import limits_of, signed_words, signers_of
from parchemin.web.shared.uploads import told


@dataclass(frozen=True)
class Item:
    """One thing asked; ``detail`` says what of it is there."""

    title: str
    is_done: bool
    detail: str
    url: str
    label: str


@dataclass(frozen=True)
class Total:
    """One way to meet a requirement and how far one is: ``ratio`` in hundredths of what is asked."""

    says: str
    seen: str
    ratio: int


@dataclass(frozen=True)
class Requirement:
    """A rule that counts activities, with the total of each way to meet it."""

    says: str
    source: str
    rule: str
    is_met: bool
    is_information: bool
    totals: tuple[Total, ...]

    @property
    def seen(self) -> str:
        """What was counted, in words."""
        return " ; ".join(total.seen for total in self.totals)


@dataclass(frozen=True)
class Next:
    """The one thing to do now."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Checklist:
    """What is asked now and later, and what to do next."""

    now: tuple[Item, ...]
    later: tuple[Item, ...]
    next: Next | None

    @property
    def left(self) -> int:
        """How many things are still to do now."""
        return sum(not item.is_done for item in self.now)


def checklist(judged: Judged, identity: CivilIdentity | None) -> Checklist:
    """What the file is asked for, read from the rules."""
    row = judged.candidacy
    now = tuple(_application(judged, identity))
    later = tuple(_later(judged))
    asked = later if row.status == Status.ADMISSIBLE else now
    return Checklist(now=now, later=later, next=_next(judged, asked))


def confirmation_due(judged: Judged) -> bool:
    """Whether the candidate has to confirm going on, and until when is then the file's due date."""
    is_going_on = judged.candidacy.status == Status.ADMISSIBLE
    return is_going_on and any(dues(judged.decided(Stage.ELIGIBILITY).findings))


def requirements(judged: Judged) -> list[Requirement]:
    """Each requirement of experience with its totals, to the day."""
    return [
        Requirement(
            says=found.says,
            source=found.source,
            rule=found.rule,
            is_met=found.outcome is MET,
            is_information=found.effect is Effect.INFORMATION,
            totals=tuple(_total(part) for part in _counting(found)),
        )
        for found in judged.totals
    ]


def _application(judged: Judged, identity: CivilIdentity | None) -> Iterator[Item]:
    row = judged.candidacy
    yield Item(
        _("Votre état civil"),
        identity is not None,
        _("Enregistré") if identity else _("À remplir : il sert au passeport de compétences et à vos courriers."),
        reverse("candidate:identity", args=[row.pk]),
        _("Voir ou corriger") if identity else _("Remplir"),
    )
    if judged.application.experience:
        yield _experiences(judged)
    yield from _statements(judged, judged.application.statements)
    yield from _documents(judged, judged.application.documents)
    accepted = row.regulation_accepted_at
    yield Item(
        _("Le règlement de la certification"),
        accepted is not None,
        _("Accepté") if accepted else _("À lire et à accepter"),
        reverse("candidate:statements", args=[row.pk]) + "#regulation",
        _("Relire") if accepted else _("Lire et accepter"),
    )


def _experiences(judged: Judged) -> Item:
    row = judged.candidacy
    count = len(row.experiences.all())
    counted = [one for one in requirements(judged) if not one.is_information]
    is_enough = all(one.is_met for one in counted)
    detail = ngettext("%(n)s activité", "%(n)s activités", count) % {"n": count} if count else _("Aucune activité")
    seen = " ; ".join(one.seen for one in counted if one.seen)
    return Item(
        _("Votre expérience"),
        bool(count) and is_enough,
        f"{detail} — {seen}" if seen and count else detail,
        reverse("candidate:experiences", args=[row.pk]),
        _("Voir ou compléter") if count else _("Ajouter"),
    )


def _statements(judged: Judged, codes: tuple[str, ...]) -> Iterator[Item]:
    if not codes:
        return
    row = judged.candidacy
    answered = {one.code for one in row.statements.all() if one.declared is not None or one.verified is not None}
    count = sum(code in answered for code in codes)
    yield Item(
        _("Vos déclarations"),
        count == len(codes),
        _("%(n)s sur %(all)s") % {"n": count, "all": len(codes)},
        reverse("candidate:statements", args=[row.pk]),
        _("Voir ou corriger") if count == len(codes) else _("Répondre"),
    )


def _later(judged: Judged) -> Iterator[Item]:
    if judged.experience.experience and not judged.application.experience:
        yield _experiences(judged)
    yield from _documents(judged, judged.later.documents)
    codes = tuple(code for code in judged.later.statements if code not in judged.application.statements)
    yield from _statements(judged, codes)


def _documents(judged: Judged, kinds: tuple[str, ...]) -> Iterator[Item]:
    row, scheme = judged.candidacy, judged.scheme
    held = {document.kind: document for document in row.documents.all() if document.kind}
    for kind in kinds:
        version = current(held[kind]) if kind in held else None
        url = reverse("candidate:document", args=[row.pk, kind])
        title = title_of(scheme.documents, kind)
        wanted = [*limits_of(scheme.documents.get(kind)), signed_words(scheme, kind)]
        if version is None:
            yield Item(title, False, ", ".join(one for one in wanted if one) or _("À déposer"), url, _("Déposer"))
            continue
        measures = told(version, scheme.documents.get(kind))
        signed = {signature.actor for signature in version.signatures.all()}
        unsigned = [one for one in signers_of(scheme, kind) or [] if one not in signed]
        missing = [title_of(scheme.actors, one).lower() for one in unsigned]
        said = [one.sentence for one in measures]
        said += [_("signature attendue : %(who)s") % {"who": ", ".join(missing)}] if missing else []
        is_done = not missing and all(one.tone != "not_met" for one in measures)
        yield Item(title, is_done, " ".join(said) or _("Déposée"), url, _("Voir"))


def _next(judged: Judged, asked: tuple[Item, ...]) -> Next | None:
    row = judged.candidacy
    if row.status in (Status.REFUSED, Status.LAPSED):
        last = max(row.decisions.all(), key=lambda one: one.decided_at)
        return Next(_("Lire la décision"), reverse("candidate:decision", args=[row.pk, last.pk]), "scale")
    if not row.is_with_candidate and row.status != Status.ADMISSIBLE:
        return None
    stage = Stage.COMPLETENESS if row.status == Status.ADMISSIBLE else Stage.ELIGIBILITY
    is_sent = Milestone.TRANSMITTED in judged.facts.dates
    if stage is Stage.COMPLETENESS and (is_sent or _is_handed_in(judged)):
        return None
    todo = next((item for item in asked if not item.is_done), None)
    if todo:
        return Next(f"{todo.label} : {todo.title.lower()}", todo.url, "arrow-right")
    name = "candidate:deposit_file" if stage is Stage.COMPLETENESS else "candidate:deposit"
    return Next(_("Relire et déposer"), reverse(name, args=[row.pk]), "send")


def _is_handed_in(judged: Judged) -> bool:
    held = (Deposit.Answer.PENDING, Deposit.Answer.ACCEPTED)
    return any(one.stage == Stage.COMPLETENESS and one.answer in held for one in judged.candidacy.deposits.all())


def _counting(finding: Finding) -> Iterator[Finding]:
    """What counts activities in a finding: itself, or those of its parts that do."""
    if "needed" in finding.values:
        yield finding
    for part in finding.parts:
        yield from _counting(part)


def _total(finding: Finding) -> Total:
    asked = Duration.parse(str(finding.values["needed"])).most_days
    share = int(100 * int(finding.values["days"]) / asked) if asked else 100
    return Total(finding.says, finding.seen, 100 if finding.outcome is MET else min(99, share))
