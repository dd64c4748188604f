"""The acts that a one-use link allows: for each, what is shown, what is asked, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from parchemin.records.candidacies.actions.filling import sign_document
from parchemin.records.candidacies.actions.witnessing import attest_experience, endorse
from parchemin.records.candidacies.models import DocumentVersion, Endorsement, Experience
from parchemin.records.candidacies.queries.linked import (
    ATTEST,
    ENDORSE,
    SIGN,
    endorsement_linked,
    experience_linked,
    version_linked,
)
from parchemin.records.pathways.actions.evidencing import vouch
from parchemin.records.pathways.actions.liaising import write_by_link
from parchemin.records.pathways.actions.observing import sign_observation
from parchemin.records.pathways.models import Contract, Evidence, Observation
from parchemin.records.pathways.queries.linked import (
    LIAISE,
    OBSERVE,
    VOUCH,
    contract_linked,
    evidence_linked,
    observation_linked,
)
from parchemin.records.people.models import Assurance, Link
from parchemin.web.companion.forms import (
    ActForm,
    AttestForm,
    EndorseForm,
    LiaisonForm,
    SeenForm,
    SignForm,
    VouchForm,
)
from parchemin.web.companion.subjects import Subject
from parchemin.web.shared.observing import marks_in


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
        LIAISE: Act(
            _("Écrire dans le carnet de liaison"),
            _("Signer et envoyer"),
            "companion/liaise.html",
            LiaisonForm,
            contract_linked,
            _liaise,
        ),
    }


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


def _liaise(link: Link, subject: Subject, told: Mapping[str, Any], at: datetime) -> None:
    assert isinstance(subject, Contract)
    about, asked = told.get("about", ()), ("on", "words", "bearer", "quality")
    write_by_link(contract=subject, about=about, link=link, at=at, **{name: told[name] for name in asked})
