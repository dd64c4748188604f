"""What is kept about a person's account, in plain values."""

from typing import Any

from parchemin.records.people.models import Accreditation, CivilIdentity, Grant, Invitation, Link, Person

IDENTITY = (
    "birth_name", "used_name", "first_names", "sex", "born_on", "birth_commune", "birth_country", "birth_city",
    "address", "postcode", "town", "phone", "checked_at",
)  # fmt: skip


LINK = ("act", "role", "bearer", "quality", "assurance", "created_at", "expires_at", "used_at", "revoked_at")
TRAINED = ("scope", "training", "trained_on", "granted_on", "from_on", "until_on", "withdrawn_on", "withdrawal_reason")
Told = dict[str, Any]


def kept_about(person: Person) -> Told:
    """Account, civil identity, roles, accreditations, and the one-use links sent to the person's address.

    What they did with a link bears its id; their own files are taken away whole, one by one.
    """
    identity = CivilIdentity.objects.filter(person=person).first()
    grants = Grant.objects.filter(person=person).select_related("organisation", "centre")
    offers = Invitation.objects.filter(email__iexact=person.email).select_related("organisation", "centre")
    accreditations = Accreditation.objects.filter(person=person).select_related("organisation")
    return {
        "account": {
            "id": person.pk,
            "email": person.email,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "language": person.language,
            "joined_at": person.joined_at,
            "last_login": person.last_login,
        },
        "identity": _fields(identity, *IDENTITY) if identity else None,
        "roles": [_role(one) for one in grants],
        "roles_offered": [_offer(one) for one in offers],
        "accreditations": [
            {
                "organisation": one.organisation.name,
                "scheme": one.scheme,
                "actor": one.actor,
                **_fields(one, *TRAINED),
                "has_proof": bool(one.proof),
            }
            for one in accreditations
        ],
        "links": [{"link": one.pk, **_fields(one, *LINK)} for one in Link.objects.filter(email__iexact=person.email)],
    }


def _role(one: Grant) -> Told:
    return {"role": one.role, **_place(one), **_fields(one, "from_on", "until_on", "revoked_at")}


def _offer(one: Invitation) -> Told:
    return {"role": one.role, **_place(one), **_fields(one, "created_at", "expires_at", "accepted_at", "revoked_at")}


def _place(one: Grant | Invitation) -> Told:
    return {
        "organisation": one.organisation.name if one.organisation else None,
        "scheme": one.scheme,
        "centre": one.centre.name if one.centre else None,
    }


def _fields(row: object, *names: str) -> Told:
    return {name: getattr(row, name) for name in names}
