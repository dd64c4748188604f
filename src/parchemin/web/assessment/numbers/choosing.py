"""Which files figures are about: a certification of one's own, and a year."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from parchemin.core.scheme import Scheme
from parchemin.records.assessments.queries.numbers import counted_files
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.visible import SENT, in_scope
from parchemin.records.certifications.queries import schemes_of, titles
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import today

YEARS_BACK = 8
FILTERS = ("scheme", "year", "lines")


class ChoiceForm(forms.Form):
    """The certification, and the year in which files began."""

    scheme = forms.ChoiceField(label=_("Certification"), required=False)
    year = forms.ChoiceField(label=_("Parcours commencés en"), required=False)


@dataclass
class Chosen:
    """What is looked at, and by whom; without any file in scope there is nothing to look at."""

    request: HttpRequest

    @property
    def standing(self) -> Standing:
        """Where whoever looks stands."""
        return standing_of(self.request)

    @cached_property
    def versions(self) -> dict[str, str]:
        """The certifications of the files in scope, each with its last version; one query."""
        rows = in_scope(self.standing, Action.SEE_NUMBERS).filter(SENT).order_by("version")
        return dict(rows.values_list("certification__scheme", "version").distinct())

    @cached_property
    def scheme_id(self) -> str:
        """The certification asked for, or the first one; nothing without files."""
        asked = self.request.GET.get("scheme", "")
        return asked if asked in self.versions else next(iter(sorted(self.versions)), "")

    @cached_property
    def scheme(self) -> Scheme:
        """Its scheme today."""
        key = (self.scheme_id, self.versions[self.scheme_id])
        return schemes_of([key], on=today())[key]

    @property
    def year(self) -> int | None:
        """The year asked for."""
        asked = self.request.GET.get("year", "")
        return int(asked) if asked in self.years else None

    @property
    def years(self) -> list[str]:
        """Those that may be asked for, the last first."""
        return [str(today().year - back) for back in range(YEARS_BACK)]

    @cached_property
    def files(self) -> QuerySet[Candidacy]:
        """The files looked at."""
        return counted_files(self.standing, self.scheme_id, self.year)

    @cached_property
    def form(self) -> ChoiceForm:
        """The choice as it stands."""
        known = titles(self.versions)
        form = ChoiceForm({"scheme": self.scheme_id, "year": str(self.year or "")})
        form.fields["scheme"].choices = [(id, known.get(id, id)) for id in sorted(self.versions)]  # type: ignore[attr-defined]
        form.fields["year"].choices = [("", _("Toutes les années")), *((one, one) for one in self.years)]  # type: ignore[attr-defined]
        return form

    @property
    def query(self) -> str:
        """The choice as it is kept in addresses."""
        return f"scheme={self.scheme_id}" + (f"&year={self.year}" if self.year else "")
