"""The journal: who did what and when, and whether nobody rewrote it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.core.errors import Misuse
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import Certification
from parchemin.records.journal.models import Entry
from parchemin.records.journal.queries import Anchor, Verdict, Why, head, verify
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import posted, shown
from parchemin.web.shared.events import families, words
from parchemin.web.shared.exports import MOST_ROWS
from parchemin.web.shared.forms import DayField
from parchemin.web.shared.lists import Column, in_order, listing
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("subject", "kind", "from_on", "until_on")
SORTS = {
    "number": ("number",),
    "kind": ("kind", "number"),
    "at": ("occurred_at", "number"),
}
AT_ONCE = 50_000
"""Entries verified from a page; the command verifies them all, however many there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the names of whoever did it and of what it is about, as long as they are known here."""

    entry: Entry
    says: str
    actor: str
    subject: str
    details: str


class JournalFilters(forms.Form):
    """What is looked for."""

    subject = forms.CharField(
        label=gettext_lazy("Objet"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Numéro de dossier, adresse e-mail, certification ou identifiant."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Nature"), required=False)
    from_on = DayField(label=gettext_lazy("Survenu du"), required=False, help_text="")
    until_on = DayField(label=gettext_lazy("Au"), required=False, help_text=gettext_lazy("Ce jour compris."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (title, [(family, _("Tout : %(title)s") % {"title": title}), *kinds]) for family, title, kinds in families()
        ]
        self.fields["kind"].choices = [("", _("Toutes")), *groups]  # type: ignore[attr-defined]

    def chosen(self) -> QuerySet[Entry]:
        """The entries that are looked for, in no order; a field that was filled in wrongly filters nothing."""
        self.is_valid()
        told, rows = self.cleaned_data, Entry.objects.all()
        if subject := told.get("subject", "").replace("\x00", "").strip():
            rows = rows.filter(subject__in=_subjects(subject))
        if kind := told.get("kind"):
            rows = rows.filter(kind=kind) if "." in kind else rows.filter(kind__startswith=f"{kind}.")
        if told.get("from_on"):
            rows = rows.filter(occurred_at__gte=_midnight(told["from_on"]))
        if told.get("until_on"):
            rows = rows.filter(occurred_at__lt=_midnight(told["until_on"] + timedelta(days=1)))
        return rows


class VerifyForm(forms.Form):
    """A point of the journal that was noted elsewhere, if there is one."""

    anchor = forms.CharField(
        label=gettext_lazy("Point noté auparavant"),
        required=False,
        max_length=90,
        help_text=gettext_lazy("Un numéro, deux-points, 64 caractères. Lui seul montre un journal refait en entier."),
    )

    def clean_anchor(self) -> Anchor | None:
        """The point, when one was given."""
        text = self.cleaned_data["anchor"].strip()
        if not text:
            return None
        number, _colon, mark = text.partition(":")
        if not (number.isascii() and number.isdigit() and len(number) < 19 and len(mark) == 64):
            raise forms.ValidationError(_("Écrivez le numéro, deux-points, puis les 64 caractères."))
        return Anchor(int(number), mark.lower())


@needs(Action.SEE_JOURNAL)
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The entries, the last first; those about one thing, or of one kind, when asked."""
    form = JournalFilters(request.GET)
    found = listing(in_order(form.chosen(), request.GET, SORTS, "-number"), request.GET.get("page"))
    context = {
        "listing": found,
        "lines": list(_lines(found.rows)),
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "query": request.GET.urlencode(),
    }
    return shown(request, "journal.html", "journal", context)


@needs(Action.SEE_JOURNAL)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The entries looked for as a spreadsheet, read as it is sent; the journal keeps that it went out."""
    rows = in_order(JournalFilters(request.GET).chosen(), request.GET, SORTS, "-number")
    if kind == "xlsx" and rows.count() > MOST_ROWS:
        most = number_format(MOST_ROWS, force_grouping=True)
        messages.error(
            request,
            _("Un classeur tient au plus %(most)s lignes : choisissez une période plus courte, ou le format CSV.")
            % {"most": most},
        )
        return redirect(f"{reverse('administration:journal')}?{request.GET.urlencode()}")
    columns: tuple[Column[Any], ...] = (
        Column(_("Numéro"), lambda row: row.number, "number"),
        Column(_("Nature"), lambda row: words(row.kind, row.details)),
        Column(_("Code"), lambda row: row.kind),
        Column(_("Survenu le"), lambda row: row.occurred_at, "instant"),
        Column(_("Inscrit le"), lambda row: row.recorded_at, "instant"),
        Column(_("Auteur"), lambda row: row.actor_name or _unnamed(row.actor, _("le système"))),
        Column(_("Objet"), lambda row: row.subject_name or _unnamed(row.subject, "")),
        Column(_("Ce qui est inscrit"), lambda row: "" if row.details_text == "{}" else row.details_text),
        Column(_("Empreinte"), lambda row: row.hash),
    )
    return sent_out(request, _named(rows), columns, name="journal", kind=kind, filters=FILTERS)


@needs(Action.SEE_JOURNAL)
@require_GET
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry, whole, with its decision if it has one."""
    row = get_object_or_404(Entry, number=number)
    line = next(iter(_lines([row])))
    return shown(
        request, "entry.html", "journal", {"line": line, "row": row}, (_("Inscription %(n)s") % {"n": number}, None)
    )


@needs(Action.SEE_JOURNAL)
@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Whether every entry gives its hash and holds that of the one before."""
    form = VerifyForm(posted(request))
    context: dict[str, Any] = {"form": form, "head": head()}
    if request.method == "POST" and form.is_valid():
        first = max(1, context["head"].number - AT_ONCE + 1)
        try:
            verdict = verify(first, anchor=form.cleaned_data["anchor"])
        except Misuse:
            form.add_error("anchor", _("Aucune inscription n’a ce numéro."))
        else:
            context |= {"verdict": verdict, "first": first, "said": _said(verdict)}
    status = 422 if form.errors else 200
    return shown(request, "verification.html", "journal", context, (_("Vérification"), None), status=status)


def _subjects(text: str) -> list[UUID]:
    """What that text may name: an identifier, a file by its number, somebody by their address, a certification."""
    try:
        return [UUID(text)]
    except ValueError:
        pass
    found: list[UUID] = list(Candidacy.objects.filter(number__iexact=text).values_list("pk", flat=True))
    found += Person.objects.filter(email__iexact=text).values_list("pk", flat=True)
    found += Certification.objects.filter(scheme=text).values_list("pk", flat=True)
    found += Organisation.objects.filter(name__iexact=text).values_list("pk", flat=True)
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _named(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Each entry with the names of whoever did it and of what it is about, read with it."""
    about = [
        _person("subject"),
        *(
            Subquery(model._default_manager.filter(pk=OuterRef("subject")).values(field)[:1], CharField())
            for model, field in ((Organisation, "name"), (Certification, "title"), (Candidacy, "number"))
        ),
    ]
    return rows.annotate(actor_name=_person("actor"), subject_name=Coalesce(*about))


def _person(field: str) -> Subquery:
    found = Person.objects.filter(pk=OuterRef(field), erased_at__isnull=True)
    name = NullIf(Trim(Concat("given_name", Value(" "), "family_name", output_field=CharField())), Value(""))
    called = found.annotate(called=Coalesce(name, "email", output_field=CharField())).values("called")
    return Subquery(called[:1], CharField())


def _unnamed(id: UUID | None, nobody: str) -> str:
    return str(id) if id else nobody


def _lines(rows: Iterable[Entry]) -> Iterable[Line]:
    rows = list(rows)
    ids = {id for row in rows for id in (row.actor, row.subject) if id}
    people = {one.pk: one.name for one in Person.objects.filter(pk__in=ids, erased_at__isnull=True)}
    names: dict[UUID, str] = dict(people)
    names |= dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))
    names |= dict(Certification.objects.filter(pk__in=ids).values_list("pk", "title"))
    names |= dict(Candidacy.objects.filter(pk__in=ids).values_list("pk", "number"))
    for row in rows:
        yield Line(
            entry=row,
            says=words(row.kind, row.details),
            actor=people.get(row.actor, str(row.actor)) if row.actor else _("le système"),
            subject=names.get(row.subject, str(row.subject)) if row.subject else "",
            details=json.dumps(row.details, ensure_ascii=False, indent=2) if row.details else "",
        )


def _said(verdict: Verdict) -> str:
    """What was found, in one sentence."""
    if verdict.fault is None:
        return _("%(n)s inscriptions vérifiées : aucune n’a été récrite, retirée ni ajoutée.") % {"n": verdict.entries}
    why = {
        Why.UNREADABLE: _("elle ne se lit plus"),
        Why.HASH: _("son contenu ne donne pas son empreinte : il a été récrit"),
        Why.LINK: _("elle ne tient pas l’empreinte de celle d’avant : l’une des deux a été récrite"),
        Why.MISSING: _("elle a disparu"),
        Why.CUT: _("elle a disparu, et toutes celles d’après"),
        Why.STRAY: _("elle est hors de la suite"),
        Why.HEAD: _("la tête du journal ne correspond pas à elle"),
        Why.ANCHOR: _("elle n’a pas l’empreinte notée auparavant : le journal a été refait"),
    }
    return _("L’inscription %(n)s est fautive : %(why)s.") % {"n": verdict.fault.number, "why": why[verdict.fault.why]}
