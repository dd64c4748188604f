"""Erasing a person: what is left is an opaque id, which the journal and other people's files keep naming."""

from datetime import datetime

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import ForeignObjectRel, Q

from parchemin.records.journal.actions import append
from parchemin.records.people.actions.granting import keep_an_administrator
from parchemin.records.people.models import Accreditation, CivilIdentity, Grant, Invitation, Link, Person, Role

OURS = "parchemin."


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, at: datetime) -> None:
    """Nothing of the person is left but an opaque id; their account, devices and second factors are gone (GDPR, 17).

    Whether their files allow it is looked at by whoever calls. RefusalError ``last_administrator``.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.erased_at:
        return
    held = list(Grant.objects.filter(person=row, revoked_at__isnull=True))
    if any(grant.role == Role.ADMINISTRATOR for grant in held):
        keep_an_administrator(leaving=held)
    Grant.objects.filter(person=row, revoked_at__isnull=True).update(revoked_at=at)
    CivilIdentity.objects.filter(person=row).delete()
    Invitation.objects.filter(Q(email__iexact=row.email) | Q(accepted_by=row)).delete()
    Link.objects.filter(email__iexact=row.email).update(email="", bearer="", quality="")
    _forget_account(row)
    _forget_proofs(row)
    row.email = f"{row.pk.hex}@invalid"
    row.given_name, row.family_name, row.language = "", "", "fr"
    row.is_active, row.erased_at, row.last_login = False, at, None
    row.set_unusable_password()
    row.save()
    person.refresh_from_db()
    append(kind="person.erased", at=at, actor=by.pk if by else None, subject=row.pk)


def _forget_account(person: Person) -> None:
    """What signing in keeps of the person goes: addresses, second factors, providers, devices and their sessions."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model = relation.related_model
        if not isinstance(model, str) and not model.__module__.startswith(OURS):
            for kept in model._default_manager.filter(**{relation.field.name: person}):
                end = getattr(kept, "end", None)
                (end or kept.delete)()


def _forget_proofs(person: Person) -> None:
    """The files that prove their training are deleted once all of this is written; that they were trained stays."""
    rows = Accreditation.objects.filter(person=person).exclude(proof="")
    names = [(row.proof.storage, str(row.proof.name)) for row in rows]
    rows.update(proof="")
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[tuple[Storage, str]]) -> None:
    for storage, name in names:
        storage.delete(name)
