"""Accreditations of persons and authorisations of providers."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

from django.core.files.base import File
from django.db import IntegrityError, transaction

from parchemin.records.journal.actions import append
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Accreditation, Organisation, PartnerAuthorisation, Person


def accredit(
    *,
    person: Person,
    organisation: Organisation,
    scheme: str,
    actor: str,
    from_on: date,
    at: datetime,
    by: Person | None = None,
    until_on: date | None = None,
    granted_on: date | None = None,
    scope: str = "",
    training: str = "",
    trained_on: date | None = None,
    proof: "File[bytes] | None" = None,
    renews: Accreditation | None = None,
) -> Accreditation:
    """The person is accredited in that role from a day to a day, the proof of their training kept.

    Decided the day it begins, unless ``granted_on`` says when. RefusalError ``dates`` or ``already_accredited``.
    """
    if until_on and until_on < from_on:
        raise RefusalError("dates")
    try:
        with transaction.atomic():
            row = Accreditation.objects.create(
                person=person,
                organisation=organisation,
                scheme=scheme,
                actor=actor,
                scope=scope,
                training=training,
                trained_on=trained_on,
                granted_on=granted_on or from_on,
                from_on=from_on,
                until_on=until_on,
                renews=renews,
            )
            if proof is not None:
                row.proof.save(f"{row.pk}{PurePath(proof.name or '').suffix}", proof)
            append(
                kind="accreditation.granted",
                at=at,
                actor=by.pk if by else None,
                subject=person.pk,
                details={"accreditation": row.pk, "scheme": scheme, "actor": actor, "from": from_on.isoformat()},
            )
    except IntegrityError as error:
        raise RefusalError("already_renewed" if renews else "already_accredited") from error
    return row


def renew_accreditation(
    *,
    accreditation: Accreditation,
    from_on: date,
    at: datetime,
    by: Person,
    until_on: date | None = None,
    granted_on: date | None = None,
    training: str = "",
    trained_on: date | None = None,
    proof: "File[bytes] | None" = None,
) -> Accreditation:
    """A new period that follows, its own training told; RefusalError ``dates``, ``already_renewed``, ``withdrawn``."""
    if from_on <= accreditation.from_on:
        raise RefusalError("dates")
    if accreditation.withdrawn_on:
        raise RefusalError("withdrawn")
    return accredit(
        person=accreditation.person,
        organisation=accreditation.organisation,
        scheme=accreditation.scheme,
        actor=accreditation.actor,
        scope=accreditation.scope,
        training=training,
        trained_on=trained_on,
        proof=proof,
        granted_on=granted_on,
        from_on=from_on,
        until_on=until_on,
        renews=accreditation,
        at=at,
        by=by,
    )


@transaction.atomic
def withdraw_accreditation(*, accreditation: Accreditation, reason: str, by: Person, at: datetime, on: date) -> None:
    """It no longer holds from that day on, for a reason."""
    if not reason.strip():
        raise RefusalError("reasons")
    row = Accreditation.objects.select_for_update().get(pk=accreditation.pk)
    row.withdrawn_on, row.withdrawal_reason = on, reason.strip()
    row.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    append(kind="accreditation.withdrawn", at=at, actor=by.pk, subject=row.person_id, details={"accreditation": row.pk})


def authorise_partner(
    *,
    provider: Organisation,
    awarding_body: Organisation,
    scheme: str,
    scope: PartnerAuthorisation.Scope,
    from_on: date,
    at: datetime,
    by: Person | None = None,
    until_on: date | None = None,
    blocks: Sequence[str] = (),
    contract: str = "",
    renews: PartnerAuthorisation | None = None,
) -> PartnerAuthorisation:
    """The provider may prepare or evaluate; RefusalError ``dates``, ``same_organisation`` or ``already_authorised``."""
    if until_on and until_on < from_on:
        raise RefusalError("dates")
    if provider.pk == awarding_body.pk:
        raise RefusalError("same_organisation")
    try:
        with transaction.atomic():
            row = PartnerAuthorisation.objects.create(
                provider=provider,
                awarding_body=awarding_body,
                scheme=scheme,
                scope=scope,
                blocks=list(blocks),
                contract=contract,
                from_on=from_on,
                until_on=until_on,
                renews=renews,
            )
            append(
                kind="partner.authorised",
                at=at,
                actor=by.pk if by else None,
                subject=provider.pk,
                details={"scheme": scheme, "scope": scope.value, "from": from_on.isoformat()},
            )
    except IntegrityError as error:
        raise RefusalError("already_renewed" if renews else "already_authorised") from error
    return row


def renew_partner(
    *,
    authorisation: PartnerAuthorisation,
    from_on: date,
    at: datetime,
    by: Person,
    until_on: date | None = None,
    contract: str = "",
) -> PartnerAuthorisation:
    """A new period that follows, for the same acts and blocks, under its own contract.

    RefusalError ``dates``, ``already_renewed``, ``suspended``.
    """
    if from_on <= authorisation.from_on:
        raise RefusalError("dates")
    if authorisation.suspended_on:
        raise RefusalError("suspended")
    return authorise_partner(
        provider=authorisation.provider,
        awarding_body=authorisation.awarding_body,
        scheme=authorisation.scheme,
        scope=PartnerAuthorisation.Scope(authorisation.scope),
        blocks=authorisation.blocks,
        contract=contract,
        from_on=from_on,
        until_on=until_on,
        renews=authorisation,
        at=at,
        by=by,
    )


@transaction.atomic
def suspend_partner(*, authorisation: PartnerAuthorisation, reason: str, by: Person, at: datetime, on: date) -> None:
    """The authorisation no longer holds from that day on, for a reason."""
    if not reason.strip():
        raise RefusalError("reasons")
    PartnerAuthorisation.objects.filter(pk=authorisation.pk).update(suspended_on=on, reason=reason.strip())
    append(kind="partner.suspended", at=at, actor=by.pk, subject=authorisation.provider_id)
