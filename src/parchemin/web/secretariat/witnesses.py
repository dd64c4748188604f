"""Those who attested, signed or supported: who they say they are, and all that helps whoever decides to believe it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from parchemin.core.terms import title_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Attestation, Experience, Signature
from parchemin.records.people.addresses import mailboxes_of, resembles
from parchemin.records.people.models import Link
from parchemin.web.shared.typesetting import day


@dataclass(frozen=True, slots=True)
class Witness:
    """What one of them did, from which address, how sure one is of it, and when; ``about`` what is no longer there."""

    says: str
    address: str
    level: str
    at: datetime
    words: str = ""
    about: str = ""
    is_against: bool = False
    may_be_candidate: bool = False


class Witnesses:
    """Everybody who spoke on a file, each looked up once."""

    def __init__(self, judged: Judged) -> None:
        self.judged = judged

    def of_activity(self, row: Experience) -> tuple[Witness, ...]:
        """Those who were asked to attest it, what stands for it as it is before the rest."""
        said = sorted(self._attestations.get(row.pk, ()), key=lambda one: not one.stands_for(row))
        return tuple(self._attested(one, row) for one in said)

    def of_version(self, signatures: Iterable[Signature]) -> tuple[Witness, ...]:
        """Those who signed it."""
        actors = self.judged.scheme.actors
        return tuple(
            Witness(
                says=_("Signé par %(who)s, comme %(role)s")
                % {"who": one.signer, "role": title_of(actors, one.actor).lower()},
                address=self._address(one),
                level=one.get_assurance_display(),
                at=one.signed_at,
                may_be_candidate=self._is_doubtful(self._address(one)),
            )
            for one in signatures
        )

    def in_support(self) -> tuple[Witness, ...]:
        """Those who said a word for the candidacy."""
        said = self.judged.candidacy.endorsements.filter(said_at__isnull=False).select_related("link")
        return tuple(
            Witness(
                says=str(one),
                address=one.link.email,
                level=one.get_assurance_display(),
                at=one.said_at,
                words=one.words,
                may_be_candidate=self._is_doubtful(one.link.email),
            )
            for one in said
            if one.said_at
        )

    def _attested(self, one: Attestation, row: Experience) -> Witness:
        told = _("Attestée par %(who)s") if one.is_confirmed else _("Non confirmée par %(who)s")
        return Witness(
            says=told % {"who": one},
            address=one.link.email,
            level=one.get_assurance_display(),
            at=one.said_at,
            words=one.words,
            about="" if one.stands_for(row) else _read(one.told),
            is_against=not one.is_confirmed,
            may_be_candidate=self._is_doubtful(one.link.email),
        )

    @cached_property
    def _attestations(self) -> dict[int, list[Attestation]]:
        found: dict[int, list[Attestation]] = {}
        rows = Attestation.objects.filter(experience__candidacy=self.judged.candidacy)
        for one in rows.select_related("link"):
            found.setdefault(one.experience_id, []).append(one)
        return found

    @cached_property
    def _emails(self) -> dict[object, str]:
        documents = self.judged.candidacy.documents.all()
        versions = [version for document in documents for version in document.versions.all()]
        ids = {one.link_id for version in versions for one in version.signatures.all() if one.link_id}
        return dict(Link.objects.filter(pk__in=ids).values_list("pk", "email")) if ids else {}

    @cached_property
    def _own(self) -> frozenset[str]:
        return mailboxes_of(self.judged.candidacy.candidate)

    def _address(self, one: Signature) -> str:
        return self._emails.get(one.link_id, "") if one.link_id else ""

    def _is_doubtful(self, email: str) -> bool:
        return bool(email) and resembles(email, self.judged.candidacy.candidate, self._own)


def _read(told: dict[str, str]) -> str:
    start, end = (day(date.fromisoformat(told[name])) if told[name] else "" for name in ("from_on", "until_on"))
    dates = _("du %(start)s au %(end)s") if end else _("depuis le %(start)s")
    return f"{told['position']}, {dates % {'start': start, 'end': end}}"
