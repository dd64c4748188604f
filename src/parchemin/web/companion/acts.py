"""The acts that a one-use link allows: for each, what is shown, what is asked, and what it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.core.scheme import Scheme
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
from parchemin.records.pathways.actions.evidencing import vouch
from parchemin.records.pathways.actions.observing import sign_observation
from parchemin.records.pathways.models import Evidence, Observation
from parchemin.records.pathways.queries.linked import OBSERVE, VOUCH, evidence_linked, observation_linked
from parchemin.records.people.models import Assurance, Link
from parchemin.web.shared.clock import today
from parchemin.web.shared.forms import LongText, Radios
from parchemin.web.shared.observing import MarksForm, marks_in

Subject = Experience | DocumentVersion | Endorsement | Evidence | Observation


class ActForm(forms.Form):
    """What every act asks: who answers, and that they mean it; ``subject`` is what it is about."""

    bearer = forms.CharField(label=gettext_lazy("Votre nom"), max_length=120)
    quality = forms.CharField(label=gettext_lazy("Votre fonction"), max_length=120)
    is_sincere = forms.BooleanField(label=gettext_lazy("Je déclare sur l’honneur que ce que je dis est exact."))

    def __init__(self, *args: Any, subject: "Subject", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject


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


class VouchForm(ActForm):
    """What is known of a piece of evidence; ``fingerprint`` is that of what was shown."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = LongText(
        label=gettext_lazy("Ce que vous en savez"),
        help_text=gettext_lazy("Ce que vous avez vu faire, où et quand. Quelques lignes suffisent."),
        max_length=1500,
        rows=4,
    )
    field_order = ("words", "bearer", "quality", "is_sincere")


class SeenForm(MarksForm, ActForm):
    """What was seen of each competence asked about."""

    field_order = ("words", "observed_on", "bearer", "quality", "is_sincere")

    def __init__(self, *args: Any, subject: "Subject", **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        assert isinstance(subject, Observation)
        self.add_marks(_titled(subject.candidacy, [line.code for line in subject.lines.all()]))


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
        VOUCH: Act(
            _("Confirmer une preuve"),
            _("Envoyer ma réponse"),
            "companion/vouch.html",
            VouchForm,
            evidence_linked,
            _vouch,
        ),
        OBSERVE: Act(
            _("Dire ce que vous avez vu au travail"),
            _("Signer"),
            "companion/observe.html",
            SeenForm,
            observation_linked,
            _observe,
        ),
    }


def file_of(subject: Subject) -> Candidacy:
    """The file that a subject belongs to."""
    return subject.document.candidacy if isinstance(subject, DocumentVersion) else subject.candidacy


def fingerprint_of(subject: Subject) -> str:
    """The fingerprint of what is shown, where an answer holds for it alone; nothing elsewhere."""
    if isinstance(subject, Evidence):
        return subject.sha256
    return subject.fingerprint if isinstance(subject, Experience) else ""


def competences_of(subject: Evidence) -> list[tuple[str, str]]:
    """What a piece of evidence bears on: codes and titles."""
    return _titled(subject.candidacy, [one.code for one in subject.codes.all()])


def role_of(link: Link, row: Candidacy) -> str:
    """In which role of the certification the bearer signs, in words."""
    return title_of(_scheme(row).actors, link.role)


def document_title(subject: DocumentVersion) -> str:
    """What the document is called."""
    scheme = _scheme(subject.document.candidacy)
    return title_of(scheme.documents, subject.document.kind) if subject.document.kind else subject.document.title


def _scheme(row: Candidacy) -> Scheme:
    return scheme_of(row.certification.scheme, version=row.version, on=today(), began=row.began_on)


def _titled(row: Candidacy, codes: Sequence[str]) -> list[tuple[str, str]]:
    """Each competence with its title, nothing where the source gives none."""
    found = [(code, _scheme(row).competences.get(code)) for code in codes]
    return [(code, one.title if one and isinstance(one.title, str) else "") for code, one in found]


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


def _vouch(link: Link, subject: Subject, told: Mapping[str, Any], at: datetime) -> None:
    assert isinstance(subject, Evidence)
    asked = ("fingerprint", "words", "bearer", "quality")
    vouch(evidence=subject, link=link, at=at, **{name: told[name] for name in asked})


def _observe(link: Link, subject: Subject, told: Mapping[str, Any], at: datetime) -> None:
    assert isinstance(subject, Observation)
    asked = ("words", "observed_on", "bearer", "quality")
    marks = marks_in(told)
    sign_observation(observation=subject, marks=marks, link=link, at=at, **{name: told[name] for name in asked})
