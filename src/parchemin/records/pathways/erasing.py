"""What this app keeps of a file, and how it lets go of it once its time has passed: all that was written in it."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q

from parchemin.records.candidacies.contributing import Kept
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Evidence
from parchemin.records.pathways.queries.linked import links_of_pathway


def held() -> Q:
    """The files of which something is still kept."""
    return reduce(or_, (Q(pk__in=model._default_manager.values("candidacy")) for model in _of_files()))


def erase(row: Candidacy) -> None:
    """Nothing of that file is left here, and the files of its evidence go once that is committed."""
    for evidence in Evidence.objects.filter(candidacy=row).exclude(content=""):
        name, storage = evidence.content.name or "", evidence.content.storage
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))  # type: ignore[misc]
    links_of_pathway(row).update(email="", bearer="", quality="")
    for model in _of_files():
        model._default_manager.filter(candidacy=row).delete()


def _of_files() -> Iterator[type[Model]]:
    """The tables whose rows belong to a file directly; the others go with them."""
    for model in apps.get_app_config("pathways").get_models():
        if any(field.name == "candidacy" for field in model._meta.fields):
            yield model


PATHWAYS = Kept(held=held, erase=erase)
