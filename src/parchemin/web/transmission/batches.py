"""Files: made, downloaded to be deposited on the portal, answered by a receipt, or given up."""

import tempfile
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.edges.cpf.keeping import make_batch, write_again
from parchemin.edges.cpf.receiving import explained_fault, take_receipt
from parchemin.records.journal.exports import note_export
from parchemin.records.people.permissions import Action
from parchemin.records.transmissions.actions.batching import drop_batch
from parchemin.records.transmissions.models import Batch, Receipt
from parchemin.records.transmissions.queries.lines import batches_of, lines_of
from parchemin.web.access.decorators import needs
from parchemin.web.shared.clock import now
from parchemin.web.shared.downloads import SEALED
from parchemin.web.shared.lists import listing
from parchemin.web.transmission.reaching import REFUSED, Sender, attempted, sender
from parchemin.web.transmission.showing import REPEATED, Why, answered_in, look_of_batch

IN_MEMORY = 5_000_000
"""Bytes of a file that are held in memory; beyond, it goes to a temporary file that is gone once it was sent."""
ACCEPT = ".xml,.txt"


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def batches(request: HttpRequest, body: UUID) -> HttpResponse:
    """Every file, the newest first."""
    found = sender(request, body)
    rows = listing(batches_of(found.body), request.GET.get("page"))
    context = {
        "found": found,
        "listing": rows,
        "rows": [{"row": one, "look": look_of_batch(one)} for one in rows.rows],
        "crumbs": found.crumbs((_("Fichiers"), None)),
    }
    return render(request, "transmission/batches.html", context)


@needs(Action.TRANSMIT_AWARDS)
@require_POST
def make(request: HttpRequest, body: UUID) -> HttpResponse:
    """A file of everything that can go, or of everything to withdraw."""
    found = sender(request, body)
    action = Batch.Action.WITHDRAW if request.POST.get("action") == "withdraw" else Batch.Action.CREATE
    made, why = attempted(lambda: make_batch(organisation=found.body, action=action, **found.signed))
    if made is None:
        messages.error(request, why)
        return redirect(found.url("home"))
    messages.success(request, _("Le fichier est prêt : téléchargez-le, puis déposez-le sur le portail."))
    return redirect(found.url("batch", made.pk))


@needs(Action.TRANSMIT_AWARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """One file with its lines; on POST, the receipt that answers it."""
    found = sender(request, body)
    row = found.batch(id)
    problem = ""
    if request.method == "POST":
        made, problem = _received(found, row)
        if made:
            _tell(request, made)
            return redirect(found.url("batch", id))
    lines = lines_of(found.body).filter(sendings__batch=row).order_by("sendings__answer__is_accepted", "pk")
    rows = listing(lines, request.GET.get("page"))
    receipts = list(row.receipts.all())
    is_open = not row.is_dropped and row.answered < row.count and not _faults(row)  # type: ignore[attr-defined]
    context = {
        "found": found,
        "row": row,
        "look": look_of_batch(row),
        "listing": rows,
        "rows": answered_in(row, rows.rows, found.standing),
        "receipts": receipts,
        "repeated": REPEATED if is_open and any(one.repeated for one in receipts) else "",
        "faults": _faults(row),
        "problem": problem,
        "limit": settings.UPLOAD_LIMIT,
        "accept": ACCEPT,
        "is_open": is_open,
        "can_drop": not row.is_dropped and not receipts,
        "facts": _facts(row),
        "crumbs": found.crumbs((_("Fichiers"), found.url("batches")), (str(row.pk)[:8], None)),
    }
    return render(request, "transmission/batch.html", context, status=REFUSED if problem else 200)


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def download(request: HttpRequest, body: UUID, id: UUID) -> Any:
    """The file to deposit, streamed; the journal keeps that it went out."""
    found = sender(request, body)
    row = found.batch(id)
    into = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it once it was sent
    _done, why = attempted(lambda: write_again(row, into))  # type: ignore[arg-type]
    if why:
        into.close()
        messages.error(request, why)
        return redirect(found.url("batch", id))
    note_export(name="transmission", by=found.person.pk, at=now(), kind="xml", filters=(), count=row.count)
    answer = FileResponse(into, as_attachment=True, filename=f"{row.pk}.xml", content_type="application/xml")
    answer["Content-Security-Policy"] = SEALED
    answer["Cache-Control"] = "private, no-store"
    return answer


@needs(Action.TRANSMIT_AWARDS)
@require_POST
def drop(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """It was never deposited: its lines may go in another."""
    found = sender(request, body)
    row = found.batch(id)
    made, why = attempted(lambda: drop_batch(batch=row, **found.signed))
    if made:
        messages.success(request, _("Le fichier est abandonné : ses lignes partiront dans un autre."))
    else:
        messages.error(request, why)
    return redirect(found.url("batch", id))


def _received(found: Sender, row: Batch) -> tuple[Receipt | None, str]:
    """The receipt that was dropped, read; or what is wrong with it."""
    file = found.request.FILES.get("file")
    if file is None:
        return None, _("Choisissez l’accusé de traitement, tel que le portail le donne.")
    most = settings.UPLOAD_LIMIT
    content = file.read(most + 1)
    return attempted(lambda: take_receipt(batch=row, content=content, most_bytes=most, **found.signed))


def _tell(request: HttpRequest, made: Receipt) -> None:
    values = {"accepted": made.accepted, "refused": made.refused}
    if made.faults:
        messages.warning(request, _("Le fichier est refusé en entier : ses lignes partiront dans un autre."))
    elif made.repeated:
        messages.warning(request, _("Accusé lu. Acceptées : %(accepted)s ; refusées : %(refused)s.") % values)
        messages.warning(request, str(REPEATED))
    elif made.refused:
        messages.warning(request, _("Accusé lu. Acceptées : %(accepted)s ; refusées : %(refused)s.") % values)
    else:
        messages.success(request, _("Accusé lu. Acceptées : %(accepted)s.") % values)


def _faults(row: Batch) -> list[Why]:
    said = [one for receipt in row.receipts.all() for one in receipt.faults]
    return [Why(explained_fault(one), said=one, is_french=True) for one in said]


def _facts(row: Batch) -> list[tuple[str, object]]:
    return [
        (_("Demande"), Batch.Action(row.action).label),
        (_("Version du schéma"), row.version),
        (_("Matricule de l’émetteur"), row.emitter),
        (_("Matricule du certificateur"), row.certifier),
        (_("Numéro de contrat"), row.contract),
    ]
