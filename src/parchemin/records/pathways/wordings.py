"""Why an action on pathways could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.pathways.errors import PathwayError


def sentence(error: PathwayError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "own_file": _("Le candidat ne mène pas son propre repérage : choisissez quelqu’un d’autre."),
        "positioning_open": _("Un repérage est déjà ouvert : terminez-le avant d’en commencer un autre."),
        "positioning_closed": _("Ce repérage est terminé : il ne se modifie plus. Ouvrez-en un autre si besoin."),
        "another": _("Cette partie se remplit par quelqu’un d’autre."),
        "no_competence": _("« %(line)s » n’est pas une compétence de cette certification."),
        "no_framework": _("La source ne donne pas les compétences de cette certification : rien ne peut s’y conclure."),
        "not_assessed": _("« %(line)s » n’est pas évaluée par cette certification : rien ne s’y conclut."),
        "not_held": _("La date de l’entretien n’est pas encore venue : corrigez-la, ou terminez ce jour-là."),
        "day_to_come": _("Cette date n’est pas encore venue."),
        "no_document": _("La certification ne dit pas que « %(document)s » se garde et se remet."),
        "no_step": _("Cette étape n’est pas de celles du parcours : elle se note ailleurs."),
        "example": _("Donnez un exemple pour « %(line)s » : il dit sur quoi repose la conclusion."),
        "missing": _("Il reste à conclure sur : %(lines)s."),
        "title": _("Donnez un intitulé à cette action."),
        "hours": _("Les heures ne peuvent pas être négatives."),
        "dates": _("La fin est avant le début : corrigez l’une des deux dates."),
        "codes": _("Dites quelles compétences cette action fait acquérir."),
        "removed": _("C’est déjà retiré."),
        "candidate_address": _("C’est une adresse du candidat : donnez celle de la personne qui doit répondre."),
        "actor": _("Cette certification ne connaît pas le rôle « %(actor)s »."),
        "nothing": _("Le parcours est vide : il n’y a rien à approuver."),
        "ends": _("Donnez une fin, après le début : une situation ou une séquence réflexive a une durée."),
        "trainer": _("Dites qui est désigné comme formateur."),
        "to_come": _("Ce moment n’a pas encore eu lieu : notez-le après l’avoir vécu."),
        "cold_past": _("Cette date est passée : choisissez un jour à venir."),
        **_of_evidence(),
        **_of_alternance(),
        **_of_works(),
    }


def _of_evidence() -> dict[str, str]:
    return {
        "evidence_title": _("Donnez un intitulé à cette preuve."),
        "evidence_author": _("Dites de qui est cette preuve."),
        "evidence_codes": _("Dites sur quelles compétences cette preuve porte."),
        "evidence_words": _("Écrivez votre récit : il est la preuve."),
        "evidence_url": _("Donnez l’adresse de la page."),
        "evidence_file": _("Choisissez un fichier."),
        "evidence_media": _("Ce fichier n’est pas de la nature « %(kind)s » : changez l’un ou l’autre."),
        "evidence_many": _("Un dossier contient %(most)s preuves au plus : retirez-en avant d’en ajouter."),
        "evidence_submitted": _("Cette preuve est soumise : elle ne se modifie plus."),
        "evidence_zone": _("Une preuve se partage d’abord, puis se soumet."),
        "evidence_private": _("Cette preuve est privée : partagez-la avant de la montrer à quelqu’un."),
        "evidence_not_shared": _("Cette preuve n’est pas partagée : elle ne se commente plus."),
        "evidence_comment": _("Écrivez votre commentaire."),
        "observed_codes": _("Choisissez au moins une compétence."),
        "observed_nothing": _("Répondez pour au moins une compétence."),
        "own_observation": _("On ne s’observe pas soi-même : demandez-le à quelqu’un d’autre."),
    }


def _of_alternance() -> dict[str, str]:
    return {
        "no_contract": _("La voie de ce dossier ne se suit pas sous contrat."),
        "contract_running": _("Un contrat court déjà : dites qu’il est rompu ou terminé avant d’en noter un autre."),
        "contract_to_come": _("Ce jour n’est pas encore venu : notez-le quand il sera passé."),
        "contract_dates": _("Le contrat finirait avant de commencer : corrigez l’une des deux dates."),
        "contract_over": _("Ce contrat est rompu ou terminé : il ne se modifie plus."),
        "employer": _("Donnez le nom de l’employeur."),
        "tutor": _("Donnez le nom du tuteur dans l’entreprise."),
        "state_order": _("Un contrat « %(now)s » ne peut pas devenir « %(then)s »."),
        "state_before": _("Cette date est avant celle de l’état « %(state)s » : corrigez-la."),
        "state_reason": _("Dites pourquoi le contrat s’arrête."),
        "liaison_words": _("Écrivez quelque chose avant de signer."),
        "liaison_to_come": _("Ce jour n’est pas encore venu : corrigez la date."),
        "liaison_settled": _("Cette entrée a plus d’un jour : elle ne se corrige plus. Écrivez-en une autre."),
        "liaison_answered": _("Quelqu’un a déjà répondu : cette entrée ne se corrige plus. Répondez-lui."),
        "no_part": _("« %(part)s » n’est ni un bloc ni une compétence de cette certification."),
        "visit_place": _("Dites où la visite a lieu."),
        "visit_minutes": _("Une visite dure entre une minute et douze heures."),
        "visit_over": _("Cette visite est faite ou annulée : elle ne se déplace plus."),
        "visit_cancelled": _("Cette visite est annulée : prévoyez-en une autre."),
        "visit_to_come": _("Cette visite n’a pas encore eu lieu : faites le compte rendu après."),
        "visit_present": _("Dites qui était là."),
        "visit_report": _("Écrivez le compte rendu."),
        "visit_reported": _(
            "Le compte rendu a plus d’un jour, ou il est de quelqu’un d’autre : complétez-le par une entrée du carnet."
        ),
    }


def _of_works() -> dict[str, str]:
    return {
        "no_work": _("« %(document)s » n’est pas un écrit que vous préparez."),
        "work_too_long": _("Ces textes dépassent %(most)s caractères : déposez plutôt un fichier."),
        "work_empty": _("Rien n’est écrit : il n’y a rien à déposer."),
    }
