"""A body recommends, takes it back, and whoever is recommended says whether everybody may read it."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Model, Q

from parchemin.records.awards.models import House, IssuerKey
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.journal.actions import append
from parchemin.records.journal.sealing import SEALS, key
from parchemin.records.people.models import Organisation, OrganisationKind, Person
from parchemin.records.recommendations.errors import RecommendationError
from parchemin.records.recommendations.models import LONGEST, Proof, Recommendation, Reply, Stand, Withdrawal
from parchemin.records.recommendations.sealing import KIND, seal


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a body says of ``endorsed``, or of a version of its certification: its words, and the days it stands."""

    endorsed: Organisation
    words: str
    from_on: date
    until_on: date | None = None
    version: PublishedVersion | None = None


def drafted(endorser: Organisation, said: Said, *, on: date) -> Recommendation:
    """The recommendation as it would be made, not written anywhere.

    RecommendationError ``own`` for the body itself, one of its centres, or a certification it answers for; ``issues``
    for a certification whose certificates it issues; ``words`` when empty or too long, ``past`` before ``on``,
    ``order``, ``standing`` when another of the same body about the same thing stands on one of these days.
    """
    words, name = said.words.replace("\r\n", "\n").strip(), endorser.name
    if _is_one_house(endorser, said.endorsed):
        raise RecommendationError("own", name=name)
    if said.version and House.objects.filter(certification=said.version.certification_id, issuer=endorser).exists():
        raise RecommendationError("issues", name=name)
    if not words or len(words) > LONGEST:
        raise RecommendationError("words", most=LONGEST)
    if said.from_on < on:
        raise RecommendationError("past")
    if said.until_on and said.until_on < said.from_on:
        raise RecommendationError("order")
    if _meets_another(endorser, said):
        raise RecommendationError("standing", name=name)
    return Recommendation(
        endorser=endorser,
        endorsed=said.endorsed,
        version=said.version,
        endorser_name=name,
        subject_name=said.version.certification.title if said.version else said.endorsed.name,
        words=words,
        from_on=said.from_on,
        until_on=said.until_on,
    )


@transaction.atomic
def recommend(*, endorser: Organisation, said: Said, by: Person, at: datetime, on: date) -> Recommendation:
    """It is written, for good, and waits for its signature and for the answer of whoever is recommended.

    RecommendationError as ``drafted``.
    """
    Organisation.objects.select_for_update().get(pk=endorser.pk)
    row = drafted(endorser, said, on=on)
    row.place = Recommendation.objects.filter(endorser=endorser).count()
    row.made_at, row.made_by = at, by
    row.save(force_insert=True)
    note_recommendation(row, "made", endorser, by, at, row)
    return row


def accept(*, recommendation: Recommendation, by: Person, at: datetime, on: date) -> Reply | None:
    """Everybody may read it, as long as it stands; None when that was said already.

    RecommendationError ``withdrawn``, ``ended``.
    """
    if recommendation.stands(on) is Stand.ENDED:
        raise RecommendationError("ended")
    return _replied(recommendation, Reply.Act.ACCEPTED, by, at)


def hide(*, recommendation: Recommendation, by: Person, at: datetime) -> Reply | None:
    """Nobody else reads it any more; None when that was said already. RecommendationError ``withdrawn``."""
    return _replied(recommendation, Reply.Act.HIDDEN, by, at)


@transaction.atomic
def withdraw(*, recommendation: Recommendation, reason: str, by: Person, at: datetime) -> Withdrawal:
    """It no longer stands, for good; whoever verifies it is told. RecommendationError ``reason``, ``withdrawn``."""
    if not reason.strip():
        raise RecommendationError("reason")
    row = _held(recommendation)
    made = Withdrawal.objects.create(recommendation=row, reason=reason.strip(), at=at, by=by)
    note_recommendation(row, "withdrawn", row.endorser, by, at, made)
    return made


def keep_proof(*, recommendation: Recommendation, key: IssuerKey, text: str, at: datetime) -> Proof:
    """The recommendation has that signed credential; the one it has, when another worker was first."""
    told = {"key": key, "text": text, "digest": sha256(text.encode()).hexdigest(), "signed_at": at}
    row, _ = Proof.objects.get_or_create(recommendation=recommendation, defaults=told)
    return row


@transaction.atomic
def _replied(recommendation: Recommendation, act: Reply.Act, by: Person, at: datetime) -> Reply | None:
    row = _held(recommendation)
    if row.answer == act:
        return None
    made = Reply.objects.create(recommendation=row, act=act, at=at, by=by)
    kind = "accepted" if act is Reply.Act.ACCEPTED else "hidden"
    note_recommendation(row, kind, row.endorsed, by, at, made)
    return made


def _held(recommendation: Recommendation) -> Recommendation:
    """The recommendation as it stands, locked; RecommendationError ``withdrawn``."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("endorser", "endorsed")
    row = rows.get(pk=recommendation.pk)
    if Withdrawal.objects.filter(recommendation=row).exists():
        raise RecommendationError("withdrawn")
    return row


def _is_one_house(one: Organisation, other: Organisation) -> bool:
    """Whether they are the same body, or one is a centre of the other."""
    centres = [each for each in (one, other) if each.kind == OrganisationKind.CENTRE]
    return one.pk == other.pk or any(each.parent_id in (one.pk, other.pk) for each in centres)


def _meets_another(endorser: Organisation, said: Said) -> bool:
    rows = Recommendation.objects.filter(endorser=endorser, endorsed=said.endorsed, version=said.version)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=said.from_on), withdrawal__isnull=True)
    return (rows.filter(from_on__lte=said.until_on) if said.until_on else rows).exists()


def note_recommendation(
    row: Recommendation, kind: str, body: Organisation, by: Person, at: datetime, written: Model
) -> None:
    """Write it in the journal of that body, with the fingerprint of the row written."""
    told = {"recommendation": row.pk.hex, SEALS: {key(written): seal(written)}}
    append(kind=f"{KIND}{kind}", at=at, actor=by.pk, subject=body.pk, details=told)
