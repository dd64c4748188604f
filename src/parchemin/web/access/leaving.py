"""What an account has to be kept for."""

from django.db import models
from django.utils.translation import gettext as _

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Accreditation, Person


def why_kept(person: Person) -> list[str]:
    """What the person's name has to be kept for, in words; nothing when the account can be closed.

    Whatever refers to them and does not go with them: their files, what they decided on others', accreditations.
    """
    found = {relation.related_model for relation in _protected() if _refers(relation, person)}
    said = []
    if Candidacy in found:
        said.append(_("un dossier de candidature à votre nom"))
    if Accreditation in found:
        said.append(_("une habilitation qui vous a été accordée"))
    if found - {Candidacy, Accreditation}:
        said.append(_("des décisions que vous avez prises sur les dossiers d’autres personnes"))
    return said


def _protected() -> list[models.ForeignObjectRel]:
    relations = Person._meta.get_fields(include_hidden=True)
    return [one for one in relations if isinstance(one, models.ForeignObjectRel) and one.on_delete is models.PROTECT]


def _refers(relation: models.ForeignObjectRel, person: Person) -> bool:
    model = relation.related_model
    assert not isinstance(model, str)
    return model._default_manager.filter(**{relation.field.name: person}).exists()
