"""Fictitious content for the gallery of components."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

from parchemin.core.decision import Decision, Effect, Finding, Outcome, Override, SchemeRef, Stage
from parchemin.web.shared.clock import today
from parchemin.web.shared.forms import Cards, DayField, LongText, Radios, Ticks
from parchemin.web.shared.lists import Listing

SCHEME = SchemeRef("cqp-exemple", "2026-01-01", "0" * 64)
STATUSES = [
    {"label": label, "tone": tone, "icon": icon}
    for label, tone, icon in (
        ("En préparation", "", "pencil"),
        ("Reçue, à vérifier", "now", "inbox"),
        ("À compléter", "unknown", "undo-2"),
        ("Recevable", "met", "circle-check"),
        ("Non recevable", "not_met", "circle-x"),
    )
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom de naissance", help_text="Tel qu’il figure sur votre pièce d’identité.")
    born_on = DayField(label="Date de naissance")
    route = forms.ChoiceField(
        label="Votre voie d’accès",
        choices=[("training", "Par la formation"), ("vae", "Par l’expérience (VAE)")],
        widget=Cards(hints={"training": "Vous suivez le parcours.", "vae": "Vous prouvez au moins un an d’activité."}),
    )
    kind = forms.ChoiceField(label="Nature", widget=Radios, choices=[("a", "Emploi salarié"), ("b", "Bénévolat")])
    tags = forms.MultipleChoiceField(
        label="En rapport avec", widget=Ticks, required=False, choices=[("x", "Activité liée au CQP"), ("y", "Tutorat")]
    )
    country = forms.ChoiceField(label="Pays", required=False, choices=[("", "—"), ("FR", "France"), ("BE", "Belgique")])
    tasks = LongText(label="Activités principales", required=False, max_length=600, rows=4)
    is_sure = forms.BooleanField(label="J’ai relu ce que j’envoie")


class SampleFilters(forms.Form):
    """Filters of a list."""

    text = forms.CharField(label="Nom ou numéro", required=False)
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *((one["label"], one["label"]) for one in STATUSES)]
    )
    late = forms.BooleanField(label="En retard", required=False)


def samples() -> dict[str, Any]:
    """What the gallery shows."""
    day = today()
    said = timezone.make_aware(datetime.combine(day - timedelta(2), time(14, 32)))
    return {
        "whose": ["CQP d’exemple", "Voie de l’expérience", "Recevabilité"],
        "anchors": [("Décision", "#decisions", True), ("Formulaire", "#formulaire", False), ("Liste", "#liste", False)],
        "decisions": [_decision(outcome) for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)],
        "moments": [
            {"state": "done", "title": "Demande de dossier", "owner": "Odile Fictive", "done_on": day - timedelta(40)},
            {"state": "now", "title": "Recevabilité", "owner": "Secrétariat", "due_on": day + timedelta(12)},
            {"state": "stopped", "title": "Étape arrêtée", "note": "La pièce 3 n’a pas été reçue."},
            {"state": "later", "title": "Évaluation", "owner": "Évaluateur externe"},
            {"state": "later", "title": "Délibération", "owner": "Jury"},
        ],
        "dues": [day + timedelta(days) for days in (60, 12, 1, 0, -1, -30)],
        "statuses": STATUSES,
        "figures": [
            {"title": "À vérifier", "value": 12, "url": "#"},
            {"title": "À décider", "value": 3, "note": "la plus ancienne depuis 18 jours"},
            {"title": "En retard", "value": 1, "tone": "late", "url": "#"},
        ],
        "form": SampleForm(initial={"route": "vae", "tasks": "J’accompagne des formateurs."}),
        "bad_form": SampleForm(
            {"bad-name": "", "bad-born_on": "31/02/1990", "bad-kind": "c", "bad-tasks": "J’accompagne. " * 50},
            prefix="bad",
        ),
        "filters": SampleFilters(prefix="f"),
        "checks": {
            "met": ["18 pages : la limite est de 15 à 20.", "Le texte se lit, la signature est là."],
            "not_met": ["21 pages : une de trop, la limite est de 20."],
            "unknown": ["Ce PDF est une image : le nombre de caractères n’a pas pu être compté."],
        },
        "rows": _rows(),
        "listing": Listing([], 2, 137, is_capped=False, has_next=True),
        "grid": {
            "heads": [f"Critère {number}" for number in range(1, 12)],
            "rows": ["Analyser le besoin", "Préparer une séance", "Évaluer les acquis"],
        },
        "thread": [
            {
                "author": "Secrétariat de Branche Fictive",
                "author_id": 2,
                "sent_at": said,
                "body": "Bonjour, il manque la page 2 de votre attestation.",
            },
            {
                "author": "Odile Fictive",
                "author_id": 1,
                "sent_at": said,
                "read_at": said,
                "body": "Bonjour,\nla voici : je l’ai déposée à l’instant.",
            },
        ],
        "letter": "Madame,\n\nVotre demande a été reçue le 1er octobre 2026. Elle est recevable.\n\nVeuillez agréer, Madame, nos salutations distinguées.",  # noqa: E501
        "facts": [("Nom de naissance", "Fictive"), ("Née le", "27 mars 1988"), ("Commune de naissance", "")],
        "reasons": ["Ce n’est pas un PDF.", "Il pèse 31 Mo : la limite est de 25 Mo."],
        "changes": ["Le secrétariat a vérifié votre identité le 3 mars 2026."],
        "differences": [SimpleNamespace(title="Nom d’usage", yours="Fictive-Réelle", theirs="Fictive")],
        "crumbs": [("Mes candidatures", "/"), ("CQP d’exemple", "#"), ("Galerie", None)],
    }


def _rows() -> list[dict[str, Any]]:
    names = ("Odile Fictive", "Amel Inventée", "Jean-Baptiste de la Fontaine-Imaginaire", "Noé Supposé")
    return [
        {
            "number": f"2026-0001{index}",
            "name": name,
            "status": STATUSES[index % len(STATUSES)],
            "due_on": today() + timedelta(40 - 14 * index),
            "count": 3 * index,
        }
        for index, name in enumerate(names, 1)
    ]


def _decision(outcome: Outcome) -> Decision:
    half = "Les activités comptent à partir d’un mi-temps."
    part = Finding("", Effect.BLOCKING, outcome, half, "23 mois sur 2 ans", "Fiche, l. 76")
    override = Override(
        rule="eligibility.exemple",
        author="Commission fictive",
        reason="Expérience équivalente acquise à l’étranger.",
        source="Procès-verbal du 3 mars 2026",
        decided_on=today(),
    )
    three_years = "À la date de sa demande, le candidat a au moins trois ans d’activités liées au CQP."
    seen = "2 ans et 11 mois sur 3 ans : il manque 1 mois"
    one_file = "Une seule demande par an vise la même certification."
    stricter = "Le règlement demande trois ans, la loi un an : il est plus strict que la loi."
    blocking, information, warning = Effect.BLOCKING, Effect.INFORMATION, Effect.WARNING
    findings = (
        Finding("eligibility.experience", blocking, outcome, three_years, seen, "Mode d’emploi, l. 132", {}, (part,)),
        Finding("eligibility.one_file", blocking, Outcome.MET, one_file, "aucune autre demande", "art. R335-8"),
        Finding("eligibility.public", information, Outcome.MET, "Le parcours est ouvert.", "oui", "Fiche, l. 33"),
        Finding("eligibility.stricter", warning, Outcome.NOT_MET, stricter, "3 ans au lieu de 1 an", "art. L6412-1"),
        Finding(
            "eligibility.exemple",
            blocking,
            Outcome.NOT_MET,
            "Le diplôme est exigé.",
            "non fourni",
            "l. 8",
            {},
            (),
            override,
        ),
    )
    return Decision(Stage.ELIGIBILITY, SCHEME, today(), outcome, findings)
