"""What an application still lacks to be decided on, item by item, in words a letter can quote."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from parchemin.core.terms import listed, title_of
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Document


class Missing(NamedTuple):
    """One thing that is not there: ``key`` names it in a form, ``says`` tells it to the candidate."""

    key: str
    says: str


def missing(judged: Judged) -> tuple[Missing, ...]:
    """What is asked of the application and is not in the file, in the order in which it is asked."""
    return (*_identity(judged), *_activities(judged), *_statements(judged), *_documents(judged))


def _identity(judged: Judged) -> Iterator[Missing]:
    row = judged.candidacy
    if row.identity is None:
        yield Missing("identity", _("État civil : il n’est pas rempli"))
    if row.regulation_accepted_at is None:
        yield Missing("regulation", _("Règlement de la certification : il n’est pas accepté"))


def _activities(judged: Judged) -> Iterator[Missing]:
    if judged.application.experience and not judged.facts.experiences:
        yield Missing("experiences", _("Activités : aucune n’est décrite"))


def _statements(judged: Judged) -> Iterator[Missing]:
    known = {row.code: row for row in judged.candidacy.statements.all()}
    for code in judged.application.statements:
        row = known.get(code)
        if row is None or (row.declared is None and row.verified is None):
            title = judged.scheme.statements.get(code, code)
            yield Missing(f"statement:{code}", _("%(title)s : sans réponse") % {"title": title})


def _documents(judged: Judged) -> Iterator[Missing]:
    held = {row.kind: row for row in judged.candidacy.documents.all()}
    for kind in judged.application.documents:
        title = title_of(judged.scheme.documents, kind)
        for said in _lacks(judged, kind, held.get(kind)):
            yield Missing(f"document:{kind}", f"{title} : {said}")


def _lacks(judged: Judged, kind: str, row: Document | None) -> Iterator[str]:
    version = current(row) if row else None
    if version is None:
        yield _("la pièce n’est pas là")
        return
    if version.is_readable is False:
        yield _("le fichier ne se lit pas")
    signed = {one.actor for one in version.signatures.all()}
    found = judged.scheme.documents.get(kind)
    absent = [actor for actor in (listed(found.signed_by) if found else ()) if actor not in signed]
    if absent:
        names = ", ".join(title_of(judged.scheme.actors, actor) for actor in absent)
        yield _("il manque la signature de %(names)s") % {"names": names}
