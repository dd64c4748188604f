"""The acts that a one-use link allows: for each, what is shown, what is asked, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions.filling import sign_document
from parchemin.records.candidacies.actions.witnessing import attest_experience, endorse
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Endorsement, Experience
from parchemin.records.candidacies.queries.linked import (
    ATTEST,
    ENDORSE,
    SIGN,
    endorsement_linked,
    experience_linked,
    version_linked,
)
from parchemin.records.certifications.queries import scheme_of
from parchemin.records.people.models import Assurance, Link
from parchemin.web.shared.clock import today
from parchemin.web.shared.forms import LongText, Radios

Subject = Experience | DocumentVersion | Endorsement


class ActForm(forms.Form):
    """What every act asks: who answers, and that they mean it."""

    bearer = forms.CharField(label=gettext_lazy("Votre nom"), max_length=120)
    quality = forms.CharField(label=gettext_lazy("Votre fonction"), max_length=120)
    is_sincere = forms.BooleanField(label=gettext_lazy("Je déclare sur l’honneur que ce que je dis est exact."))


class AttestForm(ActForm):
    """Whether the activity took place as it is told; ``fingerprint`` is that of what was shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_confirmed = forms.TypedChoiceField(
        label=gettext_lazy("Cette activité a-t-elle eu lieu comme elle est décrite ?"),
        choices=[("yes", gettext_lazy("Oui, je la confirme")), ("no", gettext_lazy("Non, ou pas ainsi"))],
        coerce=lambda value: value == "yes",
        widget=Radios,
    )
    words = LongText(
        label=gettext_lazy("Précision"),
        help_text=gettext_lazy("Si ce n’est pas ainsi, dites ce qui diffère : dates, fonction, temps de travail."),
        required=False,
        max_length=600,
        rows=3,
    )
    field_order = ("is_confirmed", "words", "bearer", "quality", "is_sincere")

    def clean(self) -> dict[str, Any]:
        """A denial says what differs."""
        told = super().clean() or {}
        if told.get("is_confirmed") is False and not told.get("words", "").strip():
            self.add_error("words", _("Dites ce qui diffère : le candidat et le secrétariat le liront."))
        return told


class SignForm(ActForm):
    """The document was read, and is signed."""

    is_read = forms.BooleanField(label=gettext_lazy("J’ai lu le document."))
    field_order = ("is_read", "bearer", "quality", "is_sincere")


class EndorseForm(ActForm):
    """Why the candidacy is supported."""

    words = LongText(
        label=gettext_lazy("Votre mot de soutien"),
        help_text=gettext_lazy(
            "Ce que vous avez vu de son travail, où et quand. Le candidat et le secrétariat le liront."
        ),
        max_length=1500,
        rows=6,
    )
    field_order = ("words", "bearer", "quality", "is_sincere")


@dataclass(frozen=True, slots=True)
class Act:
    """An act: its form and its words, what it is about, and its effect once the link is used."""

    title: str
    button: str
    template: str
    form: type[ActForm]
    subject: Callable[[Link], Subject | None]
    effect: Callable[[Link, Subject, Mapping[str, Any], datetime], None]


def acts() -> dict[str, Act]:
    """The acts by the name that links bear."""
    return {
        ATTEST: Act(
            _("Attester une activité"),
            _("Envoyer ma réponse"),
            "companion/attest.html",
            AttestForm,
            experience_linked,
            _attest,
        ),
        SIGN: Act(_("Signer un document"), _("Signer"), "companion/sign.html", SignForm, version_linked, _sign),
        ENDORSE: Act(
            _("Soutenir une candidature"),
            _("Envoyer mon mot"),
            "companion/endorse.html",
            EndorseForm,
            endorsement_linked,
            _endorse,
        ),
    }


def file_of(subject: Subject) -> Candidacy:
    """The file that a subject belongs to."""
    return subject.document.candidacy if isinstance(subject, DocumentVersion) else subject.candidacy


def role_of(link: Link, row: Candidacy) -> str:
    """In which role of the certification the bearer signs, in words."""
    scheme = scheme_of(row.certification.scheme, version=row.version, on=today(), began=row.began_on)
    return title_of(scheme.actors, link.role)


def document_title(subject: DocumentVersion) -> str:
    """What the document is called."""
    row = subject.document.candidacy
    scheme = scheme_of(row.certification.scheme, version=row.version, on=today(), began=row.began_on)
    return title_of(scheme.documents, subject.document.kind) if subject.document.kind else subject.document.title


def _attest(link: Link, subject: Subject, told: Mapping[str, Any], at: datetime) -> None:
    assert isinstance(subject, Experience)
    asked = ("fingerprint", "is_confirmed", "words", "bearer", "quality")
    attest_experience(experience=subject, link=link, at=at, **{name: told[name] for name in asked})


def _sign(link: Link, subject: Subject, told: Mapping[str, Any], at: datetime) -> None:
    assert isinstance(subject, DocumentVersion)
    sign_document(
        candidacy=subject.document.candidacy,
        version=subject,
        actor=link.role,
        signer=f"{told['bearer']}, {told['quality']}"[:120],
        assurance=Assurance(link.assurance),
        at=at,
        link=link,
    )


def _endorse(link: Link, subject: Subject, told: Mapping[str, Any], at: datetime) -> None:
    assert isinstance(subject, Endorsement)
    asked = ("words", "bearer", "quality")
    endorse(endorsement=subject, link=link, at=at, **{name: told[name] for name in asked})
