"""What the page of a file shows: everything about it, looked up once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.catalogue.birthplaces import commune, country
from parchemin.catalogue.rulings import Gap
from parchemin.core.deciding import examine
from parchemin.core.decision import NOT_MET, Decision, Effect, Finding
from parchemin.core.terms import title_of
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import (
    SUBMITTED,
    Document,
    DocumentVersion,
    Experience,
    Statement,
    Status,
)
from parchemin.records.people.models import CivilIdentity
from parchemin.web.secretariat.witnesses import Witness, Witnesses
from parchemin.web.shared.typesetting import day
from parchemin.web.shared.uploads import Told, told, warnings_of

SOON = 15
WEIGHT = {Effect.BLOCKING: 0, Effect.WARNING: 1, Effect.INFORMATION: 2}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time that runs: how many days are left, and what happens at its end."""

    title: str
    days: int
    on: date
    note: str

    @property
    def tone(self) -> str:
        """How pressing it is."""
        return "late" if self.days <= 0 else "soon" if self.days <= SOON else ""

    @property
    def value(self) -> str:
        """The days left, in words."""
        if self.days < 0:
            return ngettext("%(n)s jour de retard", "%(n)s jours de retard", -self.days) % {"n": -self.days}
        if self.days == 0:
            return _("aujourd’hui")
        return ngettext("%(n)s jour", "%(n)s jours", self.days) % {"n": self.days}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document asked for or given: what stands, its measures against the limits, who signed it."""

    kind: str
    title: str
    document: Document | None
    version: DocumentVersion | None
    lengths: tuple[Told, ...]
    warnings: tuple[str, ...]
    signed: tuple[Witness, ...]
    is_later: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A declaration asked for: its words, what was answered and what was found."""

    code: str
    title: str
    row: Statement | None

    @property
    def declared(self) -> bool | None:
        """What the candidate answered; None without an answer."""
        return self.row.declared if self.row else None

    @property
    def verified(self) -> bool | None:
        """What the secretariat found; None until somebody looked."""
        return self.row.verified if self.row else None


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity with what it counts for, and those who attested it."""

    row: Experience
    tags: tuple[str, ...]
    share: str
    proof: DocumentVersion | None
    witnesses: tuple[Witness, ...]


def clock_of(judged: Judged) -> Clock | None:
    """The time that runs on this file: to answer, or to confirm; None when none does."""
    row = judged.candidacy
    due = judged.due_on or row.due_on
    if due is None or row.status not in (*SUBMITTED, Status.ADMISSIBLE):
        return None
    days = (due - judged.on).days
    if row.status == Status.ADMISSIBLE:
        told = _("Le candidat confirme qu’il continue au plus tard le %(day)s.") % {"day": day(due)}
        return Clock(_("Reste pour confirmer"), days, due, told)
    told = _("Au plus tard le %(day)s.") % {"day": day(due)}
    return Clock(_("Reste pour répondre"), days, due, f"{told} {_silence(judged, due)}")


def clocks_of(judged: Judged) -> tuple[Clock, ...]:
    """The times that run on this file, to be shown as figures."""
    found = clock_of(judged)
    return (found,) if found else ()


def _silence(judged: Judged, due: date) -> str:
    after = day(due + timedelta(days=1))
    meanings = {
        "accepts": _("Sans réponse, la demande est acceptée par le silence le %(day)s.") % {"day": after},
        "refuses": _("Sans réponse, la demande est refusée par le silence le %(day)s.") % {"day": after},
    }
    return meanings.get(judged.silence or "", _("Aucune source ne dit ce que vaut le silence."))


def heaviest_first(decision: Decision) -> Decision:
    """The same decision, blocking findings first, then warnings, then information."""
    return replace(decision, findings=tuple(sorted(decision.findings, key=lambda one: WEIGHT[one.effect])))


def papers(judged: Judged) -> tuple[Paper, ...]:
    """The documents asked for now and later, then whatever else was given."""
    now, later = judged.application.documents, judged.later.documents  # this reads the documents with all they hold
    held = {row.kind: row for row in judged.candidacy.documents.all() if row.kind}
    asked = [(kind, False) for kind in now] + [(kind, True) for kind in later]
    others = [(kind, False) for kind in held if kind not in now and kind not in later]
    witnesses = Witnesses(judged)
    named = [_paper(judged, kind, held.get(kind), witnesses, is_later=later) for kind, later in (*asked, *others)]
    loose = [_paper(judged, "", row, witnesses) for row in judged.candidacy.documents.all() if not row.kind]
    return tuple(one for one in (*named, *loose) if one.version or one.kind in (*now, *later))


def _paper(judged: Judged, kind: str, row: Document | None, witnesses: Witnesses, *, is_later: bool = False) -> Paper:
    version = current(row) if row else None
    title = title_of(judged.scheme.documents, kind) if kind else (row.title if row else "")
    return Paper(
        kind=kind,
        title=title,
        document=row,
        version=version,
        lengths=told(version, judged.scheme.documents.get(kind)) if version else (),
        warnings=warnings_of(version) if version else (),
        signed=witnesses.of_version(version.signatures.all()) if version else (),
        is_later=is_later,
    )


def statements(judged: Judged) -> tuple[Said, ...]:
    """The declarations asked for by the application and later, then any other that was made."""
    held = {row.code: row for row in judged.candidacy.statements.all()}
    codes = dict.fromkeys((*judged.application.statements, *judged.later.statements, *held))
    return tuple(Said(code, judged.scheme.statements.get(code, code), held.get(code)) for code in codes)


def activities(judged: Judged) -> tuple[Activity, ...]:
    """The activities, the last first, each with its tags in words, its share of full time and its proof."""
    versions = [one for row in judged.candidacy.documents.all() for one in row.versions.all()]
    proofs = {one.pk: one for one in versions if one.removed_at is None}
    tags, witnesses = judged.scheme.experience_tags, Witnesses(judged)
    return tuple(
        Activity(
            row,
            tuple(tags.get(tag, tag) for tag in row.tags),
            _share(row),
            proofs.get(row.proof_id) if row.proof_id else None,
            witnesses.of_activity(row),
        )
        for row in judged.candidacy.experiences.all()
    )


def _share(row: Experience) -> str:
    if row.fraction is None:
        return _("temps de travail non précisé")
    return _("temps plein") if row.fraction == 1 else _("%(share)s de temps plein") % {"share": row.fraction}


def open_rules(judged: Judged, ground: Decision) -> tuple[Finding, ...]:
    """The rules not met that may be lifted for this file, and are not yet."""
    firm = {rule.id for rule in judged.application.rules if rule.is_firm}
    found = (one for one in ground.findings if one.effect is Effect.BLOCKING)
    return tuple(one for one in found if one.outcome is NOT_MET and one.rule not in firm and not one.override)


def gaps(judged: Judged) -> tuple[Gap, ...]:
    """What the sources do not say and this file depends on: its route, its rules, its documents."""
    row = judged.candidacy
    rules = {rule.id for rule in (*judged.application.rules, *judged.later.rules)}
    wanted = {f"routes/{row.route}", *(f"rules/{id}" for id in rules)}
    wanted |= {f"documents/{kind}" for kind in (*judged.application.documents, *judged.later.documents)}
    return tuple(gap for gap in judged.loaded.gaps if "/".join(gap.address.split("/")[:2]) in wanted)


def stricter(judged: Judged) -> tuple[Finding, ...]:
    """Where the certification departs from the law in force: what must not become a refusal unseen."""
    return tuple(one for one in examine(judged.scheme, judged.on) if one.outcome is NOT_MET)


def missing_lengths(shown: Iterable[Paper]) -> list[tuple[str, str]]:
    """The limits that are not kept, as things to tell the candidate."""
    return [
        (f"length:{one.kind}:{index}", f"{one.title} : {length.sentence}")
        for one in shown
        if not one.is_later
        for index, length in enumerate(one.lengths)
        if length.tone == "not_met"
    ]


def facts_of_identity(identity: CivilIdentity | None) -> Sequence[tuple[str, str]]:
    """A civil identity as a list of words; nothing when there is none."""
    if identity is None:
        return ()
    rows = (
        (_("Nom de naissance"), identity.birth_name),
        (_("Nom d’usage"), identity.used_name),
        (_("Prénoms"), ", ".join(identity.first_names)),
        (_("Sexe à l’état civil"), identity.get_sex_display()),
        (_("Naissance"), day(identity.born_on)),
        (_("Lieu de naissance"), _birthplace(identity)),
        (_("Adresse"), " ".join(x for x in (identity.address, identity.postcode, identity.town) if x)),
        (_("Téléphone"), identity.phone),
    )
    return tuple((title, value) for title, value in rows if value)


def _birthplace(identity: CivilIdentity) -> str:
    if identity.birth_commune:
        place = commune(identity.birth_commune, identity.born_on)
        return f"{place.label} · {place.code}" if place else identity.birth_commune
    land = country(identity.birth_country)
    name = land.name if land else identity.birth_country
    return f"{identity.birth_city}, {name}" if identity.birth_city else name
