"""What is kept about a person's account, in plain values."""

from typing import Any

from parchemin.records.people.models import Accreditation, CivilIdentity, Grant, Person

IDENTITY = (
    "birth_name", "used_name", "first_names", "sex", "born_on", "birth_commune", "birth_country", "birth_city",
    "address", "postcode", "town", "phone", "checked_at",
)  # fmt: skip


def kept_about(person: Person) -> dict[str, Any]:
    """Account, civil identity, roles and accreditations of the person; their files are taken away one by one."""
    identity = CivilIdentity.objects.filter(person=person).first()
    grants = Grant.objects.filter(person=person).select_related("organisation", "centre")
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
        "identity": {name: getattr(identity, name) for name in IDENTITY} if identity else None,
        "roles": [
            {
                "role": grant.role,
                "organisation": grant.organisation.name if grant.organisation else None,
                "scheme": grant.scheme,
                "centre": grant.centre.name if grant.centre else None,
                "from_on": grant.from_on,
                "until_on": grant.until_on,
                "revoked_at": grant.revoked_at,
            }
            for grant in grants
        ],
        "accreditations": [
            {
                "organisation": row.organisation.name,
                "scheme": row.scheme,
                "actor": row.actor,
                "from_on": row.from_on,
                "until_on": row.until_on,
                "training": row.training,
                "trained_on": row.trained_on,
            }
            for row in accreditations
        ],
    }
