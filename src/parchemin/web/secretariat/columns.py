"""The columns of the list of files when it goes to a spreadsheet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.certifications.queries import schemes_of
from parchemin.web.shared.lists import Column

Schemes = Mapping[tuple[str, str], Scheme]


def columns(found: QuerySet[Candidacy], on: date) -> tuple[Column[Candidacy], ...]:
    """What a spreadsheet holds of each file; dates are dates. Two queries, however many files."""
    versions = found.order_by().values_list("certification__scheme", "version").distinct()
    schemes = schemes_of(list(versions), on=on)
    return (
        Column(_("Numéro"), lambda row: row.number),
        Column(_("Nom"), lambda row: row.candidate.family_name),
        Column(_("Prénom"), lambda row: row.candidate.given_name),
        Column(_("Adresse e-mail"), lambda row: row.candidate.email),
        Column(_("Certification"), lambda row: row.certification.title),
        Column(_("Version"), lambda row: row.version),
        Column(_("Voie"), lambda row: _route(row, schemes)),
        Column(_("Blocs visés"), lambda row: ", ".join(row.blocks)),
        Column(_("État"), lambda row: str(Status(row.status).label)),
        Column(_("Dans cet état depuis"), lambda row: row.waiting_since, "instant"),
        Column(_("Échéance"), lambda row: row.due_on, "day"),
        Column(_("Jours restants"), lambda row: _left(row.due_on, on), "number"),
        Column(_("Suivi par"), lambda row: row.holder.name if row.holder else ""),
        Column(_("Organisme"), lambda row: row.organisation.name),
        Column(_("Centre"), lambda row: row.centre.name if row.centre else ""),
        Column(_("Organisme de formation"), lambda row: row.provider.name if row.provider else ""),
        Column(_("Début du parcours"), lambda row: row.began_on, "day"),
        Column(_("Ouvert le"), lambda row: row.created_at, "instant"),
    )


def _route(row: Candidacy, schemes: Schemes) -> str:
    return title_of(schemes[(row.certification.scheme, row.version)].routes, row.route)


def _left(due: date | None, on: date) -> Any:
    return None if due is None else (due - on).days
