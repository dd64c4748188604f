"""What others say of a file: asked of them by a one-use link, and kept as they say it."""

from datetime import datetime
from uuid import UUID, uuid4

from parchemin.records.candidacies.actions.taking import forget, note, taken
from parchemin.records.candidacies.errors import StaleError
from parchemin.records.candidacies.models import ACTIVE, Attestation, Candidacy, Endorsement, Experience
from parchemin.records.candidacies.queries.linked import ENDORSE
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.models import Link, Person


def ask_by_link(
    *,
    candidacy: Candidacy,
    act: str,
    subject: UUID,
    email: str,
    bearer: str,
    by: Person,
    at: datetime,
    quality: str = "",
    role: str = "",
) -> tuple[Link, str]:
    """The link to do that on something of the file, and its secret; UnfitError ``status`` when the file is closed.

    RefusalError as ``make_link``.
    """
    with taken(candidacy, None, *ACTIVE):
        return make_link(act=act, subject=subject, email=email, bearer=bearer, quality=quality, role=role, by=by, at=at)


def ask_endorsement(
    *, candidacy: Candidacy, email: str, bearer: str, by: Person, at: datetime, quality: str = ""
) -> tuple[Link, str]:
    """The link to say a word of support, once, and its secret. Errors as ``ask_by_link``."""
    id = uuid4()
    with taken(candidacy, None, *ACTIVE) as row:
        link, secret = make_link(act=ENDORSE, subject=id, email=email, bearer=bearer, quality=quality, by=by, at=at)
        Endorsement.objects.create(id=id, candidacy=row, link=link)
    return link, secret


def attest_experience(
    *,
    experience: Experience,
    fingerprint: str,
    is_confirmed: bool,
    words: str,
    bearer: str,
    quality: str,
    link: Link,
    at: datetime,
) -> Attestation:
    """What the bearer of the link says of the activity they read is kept beside what the secretariat finds.

    StaleError when the activity no longer says what they read, UnfitError ``status`` when the file is closed.
    """
    with taken(experience.candidacy, None, *ACTIVE) as row:
        kept = row.experiences.get(pk=experience.pk)
        if kept.fingerprint != fingerprint:
            raise StaleError(row)
        said = Attestation.objects.create(
            experience=kept,
            link=link,
            told=kept.told,
            is_confirmed=is_confirmed,
            words=words,
            bearer=bearer,
            quality=quality,
            assurance=link.assurance,
            said_at=at,
        )
        forget(row, "experiences")
        details = {"experience": kept.pk, "link": link.pk.hex, "read": fingerprint, "assurance": link.assurance}
        note(row, "experience_attested" if is_confirmed else "experience_contradicted", at, None, details)
    return said


def endorse(
    *, endorsement: Endorsement, words: str, bearer: str, quality: str, link: Link, at: datetime
) -> Endorsement:
    """The word of support is said; UnfitError ``status`` when the file is closed."""
    with taken(endorsement.candidacy, None, *ACTIVE) as row:
        endorsement.words, endorsement.bearer, endorsement.quality = words, bearer, quality
        endorsement.assurance, endorsement.said_at = link.assurance, at
        endorsement.save()
        note(row, "endorsed", at, None, {"link": link.pk.hex, "assurance": link.assurance}, is_change=False)
    return endorsement
