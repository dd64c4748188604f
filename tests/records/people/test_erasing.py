"""Erasing a person leaves an opaque id."""

import uuid
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection

from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.actions.erasing import erase_person
from parchemin.records.people.actions.granting import grant_role, invite
from parchemin.records.people.actions.linking import make_link
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Accreditation, Invitation, Person, Role
from parchemin.records.people.standing import Standing
from tests.records.people.people import AT, ON, administrator, kinds, organisation, person
from tests.records.people.test_granting import code
from tests.records.people.test_identifying import told


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_person_but_an_opaque_id() -> None:
    who, chief = person("ana", password="a long pass phrase"), administrator()
    told(who, town="Lyon", phone="0102030405")
    grant_role(person=who, role=Role.EVALUATOR, organisation=organisation(), at=AT, from_on=ON)
    invite(email="ANA@example.org", role=Role.ADMINISTRATOR, at=AT)
    make_link(act="sign", subject=uuid.UUID(int=1), email=who.email, bearer="Ana Rivière", at=AT)
    row = accredit(
        person=who,
        organisation=organisation("B"),
        scheme="fest",
        actor="evaluator",
        from_on=ON,
        proof=ContentFile(b"Ana Riviere", name="ana.pdf"),
        at=AT,
    )
    storage, file = row.proof.storage, str(row.proof.name)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    UserSession.objects.create(user=who, ip="127.0.0.1", user_agent="Ana", session_key=session.session_key)
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": "x"})

    erase_person(person=who, by=chief, at=AT)

    found = everything()
    assert not [text for text in ("example.org", "Ana", "Rivi", "Lyon", "0102030405") if text in found]
    kept = Person.objects.get(pk=who.pk)
    assert (kept.is_active, kept.erased_at, kept.has_usable_password()) == (False, AT, False)
    assert Standing.of(kept, ON).roles == {Role.CANDIDATE}
    assert not session.exists(session.session_key)
    assert not storage.exists(file)
    assert Accreditation.objects.get().person == kept
    assert not Invitation.objects.exists()
    erase_person(person=who, by=chief, at=AT)
    assert kinds().count("person.erased") == 1


def everything() -> str:
    """Every row of every table, but those of the administrator who did it, as one text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("django_", "spatial_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(row for row in rows if "root@" not in row)


@pytest.mark.django_db
def test_the_last_administrator_stays() -> None:
    chief = administrator()
    with pytest.raises(RefusalError) as refused:
        erase_person(person=chief, by=chief, at=AT)
    assert code(refused) == "last_administrator"
    assert Person.objects.get().email == chief.email
