"""What the journal tells, in words: one sentence for every kind of entry."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def words(kind: str, details: Mapping[str, Any]) -> str:
    """What an entry of that kind tells; the kind itself when nothing is known of it."""
    if details.get("attestations_lost"):
        return _("Activité modifiée : son attestation ne compte plus")
    found = _found().get(kind)
    if found is None:
        return kinds().get(kind, kind)
    truth = details.get("is_true", details.get("is_proved", details.get("is_favourable")))
    return found[bool(truth)] if truth is not None else _("Vérification reprise")


def kinds() -> dict[str, str]:
    """Every kind of entry in words, whatever its details; those about one subject together."""
    return {f"{family}.{kind}": told for family, (_title, kept) in _families().items() for kind, told in kept.items()}


def families() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The kinds by what they are about: how that is named in them, its title, its kinds with their words."""
    return [
        (family, title, sorted(((f"{family}.{kind}", told) for kind, told in kept.items()), key=lambda one: one[1]))
        for family, (title, kept) in _families().items()
    ]


def _found() -> dict[str, dict[bool, str]]:
    """Kinds that say what was found."""
    return {
        "candidacy.statement_verified": {
            True: _("Déclaration reconnue exacte"),
            False: _("Déclaration reconnue inexacte"),
        },
        "candidacy.experience_verified": {True: _("Activité prouvée"), False: _("Activité non prouvée")},
        "candidacy.admissibility_decided": {True: _("Recevabilité accordée"), False: _("Recevabilité refusée")},
    }


def _families() -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "candidacy": (_("Dossiers"), _of_files()),
        "person": (_("Personnes"), _of_people()),
        "role": (_("Rôles"), _of_roles()),
        "organisation": (_("Organisations"), _of_organisations()),
        "certification": (_("Certifications"), _of_certifications()),
        "accreditation": (_("Habilitations"), _of_accreditations()),
        "partner": (_("Organismes habilités"), _of_partners()),
        "jury": (_("Jurys"), _of_juries()),
        "award": (_("Certificats"), _of_awards()),
        "transmission": (_("Transmissions"), _of_transmissions()),
        "recommendation": (_("Recommandations"), _of_recommendations()),
        "insertion": (_("Suivi de l’insertion"), _of_insertion()),
        "figures": (_("Chiffres"), {"published": _("Chiffres d’une année publiés")}),
        "key": (_("Clés de signature"), {"made": _("Clé de signature créée"), "retired": _("Clé remplacée")}),
        "link": (_("Liens à usage unique"), _of_links()),
        "reminder": (_("Relances"), _of_reminders()),
        "retention": (_("Conservation"), _of_retention()),
        "view_as": (_("Regards par les yeux d’un autre"), _of_looking()),
        "list": (_("Listes"), {"exported": _("Liste exportée")}),
        "task": (_("Tâches de fond"), {"retried": _("Tâche abandonnée relancée")}),
    }


def _of_files() -> dict[str, str]:
    return {
        "opened": _("Candidature commencée"),
        "aimed": _("Blocs visés changés"),
        "provider_named": _("Organisme de formation changé"),
        "route_changed": _("Voie changée"),
        "version_changed": _("Version de la certification changée"),
        "experience_saved": _("Activité enregistrée"),
        "experience_removed": _("Activité retirée"),
        "experience_attested": _("Activité attestée, par lien"),
        "experience_contradicted": _("Activité non confirmée, par lien"),
        "endorsed": _("Mot de soutien reçu, par lien"),
        "declared": _("Déclarations remplies"),
        "regulation_accepted": _("Règlement accepté"),
        "document_dropped": _("Pièce déposée"),
        "document_removed": _("Pièce retirée"),
        "document_signed": _("Pièce signée"),
        "application_deposited": _("Candidature envoyée"),
        "application_returned": _("Candidature renvoyée à compléter"),
        "application_complete": _("Candidature déclarée complète"),
        "file_deposited": _("Dossier déposé pour le jury"),
        "file_complete": _("Dossier pour le jury accepté"),
        "file_incomplete": _("Dossier pour le jury renvoyé à compléter"),
        "rule_overridden": _("Dérogation accordée"),
        "silence": _("Le silence a décidé"),
        "lapsed": _("Caducité"),
        "restored": _("Caducité levée"),
        "confirmed": _("Poursuite confirmée"),
        "step_done": _("Étape faite"),
        "year_told": _("Dates de l’année notées"),
        "withdrawn": _("Candidature retirée"),
        "transferred": _("Dossier transféré"),
        "placed": _("Centre du dossier changé"),
        "taken_charge": _("Suivi du dossier changé"),
        "appealed": _("Décision contestée"),
        "appeal_withdrawn": _("Contestation retirée"),
        "appeal_recorded": _("Recours devant une juridiction enregistré"),
        "appeal_exhibits": _("Pièces ajoutées à la contestation"),
        "appeal_answered": _("Réponse donnée à la contestation"),
        "message_sent": _("Message envoyé"),
        "accommodation_asked": _("Aménagement demandé"),
        "accommodation_decided": _("Réponse donnée à la demande d’aménagement"),
        "accommodation_withdrawn": _("Demande d’aménagement retirée"),
        "access_granted": _("Accès ouvert à une personne"),
        "access_offered": _("Accès proposé à une adresse"),
        "access_accepted": _("Accès accepté par la personne invitée"),
        "access_used": _("Dossier lu pour la première fois par une personne à qui il est ouvert"),
        "access_revoked": _("Accès fermé à une personne"),
        "reminded": _("Relance envoyée"),
        "letter_repeated": _("Lettre envoyée de nouveau"),
        "positioning_opened": _("Entretien de positionnement ouvert"),
        "positioning_closed": _("Entretien de positionnement clos"),
        "positioning_taken_over": _("Entretien de positionnement repris par quelqu’un d’autre"),
        "document_handed_on": _("Document remis à quelqu’un"),
        "training_planned": _("Action du parcours prévue"),
        "training_changed": _("Action du parcours changée"),
        "training_removed": _("Action du parcours retirée"),
        "hours_told": _("Heures faites notées"),
        "hours_justified": _("Écart d’heures justifié"),
        "pathway_approved": _("Parcours approuvé"),
        "moment_logged": _("Situation de travail notée"),
        "moment_taken_back": _("Situation de travail reprise"),
        "cold_planned": _("Évaluation à froid prévue ou déplacée"),
        "observation_signed": _("Observation en situation de travail signée"),
        "evidence_added": _("Preuve ajoutée"),
        "evidence_changed": _("Preuve modifiée"),
        "evidence_moved": _("Preuve partagée, reprise ou soumise"),
        "evidence_removed": _("Preuve retirée"),
        "evidence_commented": _("Preuve commentée"),
        "evidence_endorsed": _("Preuve confirmée par un tiers, par lien"),
        "contract_signed": _("Contrat d’alternance noté"),
        "contract_corrected": _("Contrat d’alternance corrigé"),
        "contract_state_told": _("État du contrat d’alternance noté"),
        "liaison_written": _("Entrée du carnet de liaison écrite"),
        "liaison_corrected": _("Entrée du carnet de liaison corrigée"),
        "liaison_answered": _("Réponse écrite dans le carnet de liaison"),
        "visit_planned": _("Visite en entreprise prévue"),
        "visit_moved": _("Visite en entreprise déplacée"),
        "visit_cancelled": _("Visite en entreprise annulée"),
        "visit_reported": _("Compte rendu de visite écrit"),
        "sitting_planned": _("Épreuve prévue"),
        "sitting_moved": _("Épreuve déplacée"),
        "sitting_cancelled": _("Épreuve décommandée"),
        "sitting_summoned": _("Convocation à l’épreuve envoyée"),
        "sitting_told": _("Déroulement de l’épreuve noté"),
        "sitting_told_otherwise": _("Déroulement de l’épreuve corrigé"),
        "sitting_voided": _("Épreuve annulée"),
        "sitting_settled": _("Épreuve notée par tous ses évaluateurs"),
        "evaluator_named": _("Évaluateur nommé"),
        "evaluator_removed": _("Évaluateur retiré"),
        "evaluator_away": _("Évaluateur absent le jour de l’épreuve"),
        "links_declared": _("Liens avec le candidat déclarés"),
        "ratings_signed": _("Évaluation signée"),
        "stand_taken": _("Désaccord entre évaluateurs tranché"),
        "result_settled": _("Résultat arrêté"),
        "result_corrected": _("Résultat corrigé"),
        "results_entered": _("Résultats portés au registre"),
        "file_transmitted": _("Dossier transmis au jury"),
        "jury_agenda": _("Dossier inscrit à l’ordre du jour d’un jury"),
        "deliberated": _("Décision du jury en vigueur"),
        "file_returned": _("Dossier renvoyé par le jury"),
        "certificates_issued": _("Certification ou blocs délivrés"),
        "statement_issued": _("Relevé de résultats remis"),
        "certificate_corrected": _("Certificat remplacé par un autre"),
        "certificate_renewed": _("Certificat renouvelé"),
        "duplicate_issued": _("Duplicata remis"),
        "certificate_revoked": _("Certificat retiré au titulaire"),
        "certificate_suspended": _("Certificat suspendu"),
        "certificate_reinstated": _("Certificat rétabli"),
        "statement_verified": _("Déclaration vérifiée"),
        "experience_verified": _("Activité vérifiée"),
        "admissibility_decided": _("Recevabilité décidée"),
    }


def _of_awards() -> dict[str, str]:
    return {
        "house_saved": _("Modèle de certificat enregistré"),
        "issued": _("Certificat inscrit"),
        "corrected": _("Correction d’un certificat inscrite"),
        "duplicated": _("Duplicata inscrit"),
        "changed": _("Retrait, suspension ou rétablissement inscrit"),
        "shared": _("Lien de partage fait par le titulaire"),
        "share_ended": _("Lien de partage fermé par le titulaire"),
    }


def _of_transmissions() -> dict[str, str]:
    return {
        "channel_saved": _("Numéros de transmission enregistrés"),
        "batch_made": _("Fichier de transmission fait"),
        "batch_dropped": _("Fichier de transmission abandonné"),
        "receipt_read": _("Accusé de traitement lu"),
        "excluded": _("Certificat écarté de la transmission"),
        "taken_back": _("Certificat repris pour la transmission"),
        "released": _("Certificat refusé, à transmettre tel quel"),
        "withdrawn_by_hand": _("Retrait du passeport de compétences noté"),
    }


def _of_recommendations() -> dict[str, str]:
    return {
        "made": _("Recommandation signée"),
        "accepted": _("Recommandation acceptée par l’organisme recommandé"),
        "hidden": _("Recommandation masquée par l’organisme recommandé"),
        "withdrawn": _("Recommandation retirée par son auteur"),
    }


def _of_people() -> dict[str, str]:
    return {
        "identified": _("État civil rempli ou corrigé"),
        "identity_checked": _("Identité contrôlée"),
        "erased": _("Personne effacée"),
    }


def _of_roles() -> dict[str, str]:
    return {
        "granted": _("Rôle donné"),
        "revoked": _("Rôle retiré"),
        "offered": _("Rôle proposé à une adresse"),
        "offer_revoked": _("Invitation annulée"),
    }


def _of_organisations() -> dict[str, str]:
    return {
        "created": _("Organisation créée"),
        "updated": _("Coordonnées d’une organisation changées"),
        "renamed": _("Organisation renommée"),
        "alias": _("Autre nom d’une organisation ajouté"),
    }


def _of_certifications() -> dict[str, str]:
    return {
        "published": _("Version d’une certification publiée"),
        "ruled": _("Décision du certificateur publiée"),
        "opened": _("Candidatures ouvertes"),
        "closed": _("Candidatures fermées"),
        "contact": _("Adresse du secrétariat changée"),
    }


def _of_accreditations() -> dict[str, str]:
    return {
        "granted": _("Habilitation accordée"),
        "withdrawn": _("Habilitation retirée"),
    }


def _of_partners() -> dict[str, str]:
    return {
        "authorised": _("Organisme habilité"),
        "suspended": _("Habilitation d’un organisme suspendue"),
    }


def _of_insertion() -> dict[str, str]:
    return {
        "asked": _("Titulaire interrogé sur ce qu’il devient"),
        "reminded": _("Titulaire relancé sur ce qu’il devient"),
        "answered": _("Titulaire a répondu sur ce qu’il devient"),
        "refused": _("Titulaire ne veut pas dire ce qu’il devient"),
        "detached": _("Réponses détachées de leurs titulaires"),
    }


def _of_links() -> dict[str, str]:
    return {
        "made": _("Lien à usage unique envoyé"),
        "used": _("Lien à usage unique utilisé"),
        "revoked": _("Lien à usage unique annulé"),
    }


def _of_reminders() -> dict[str, str]:
    return {
        "created": _("Règle de relance créée"),
        "changed": _("Règle de relance changée"),
        "switched_on": _("Règle de relance mise en marche"),
        "switched_off": _("Règle de relance arrêtée"),
    }


def _of_retention() -> dict[str, str]:
    return {
        "rule": _("Durée de conservation changée"),
        "confirmed": _("Effacement de ce qui a passé sa durée confirmé"),
        "run": _("Effacement de ce qui a passé sa durée"),
    }


def _of_looking() -> dict[str, str]:
    return {
        "started": _("Regard par les yeux d’une personne commencé"),
        "stopped": _("Regard par les yeux d’une personne fini"),
    }


def _of_juries() -> dict[str, str]:
    return {
        "joined_pool": _("Membre entré au vivier"),
        "pool_member_changed": _("Membre du vivier modifié"),
        "left_pool": _("Membre sorti du vivier"),
        "absence_told": _("Indisponibilité notée"),
        "absence_taken_back": _("Indisponibilité retirée"),
        "session_planned": _("Session de jury prévue"),
        "session_changed": _("Session de jury modifiée"),
        "session_cancelled": _("Session de jury annulée"),
        "member_named": _("Membre nommé au jury"),
        "member_removed": _("Membre retiré du jury"),
        "expenses_told": _("Frais d’un membre du jury notés"),
        "chair_named": _("Présidence du jury désignée"),
        "nominated": _("Acte de nomination joint"),
        "on_agenda": _("Dossier mis à l’ordre du jour"),
        "off_agenda": _("Dossier retiré de l’ordre du jour"),
        "agenda_ordered": _("Ordre du jour réordonné"),
        "hearing_timed": _("Heure de passage fixée"),
        "summoned": _("Jury convoqué"),
        "ties_declared": _("Liens avec les candidats déclarés"),
        "ties_looked_at": _("Liens connus de la plateforme relevés"),
        "recused": _("Membre retiré pour un candidat"),
        "recusal_taken_back": _("Retrait d’un membre annulé"),
        "opened": _("Session de jury ouverte"),
        "presence_told": _("Présence d’un membre notée"),
        "incident_told": _("Incident de session noté"),
        "method_held": _("Épreuve tenue par le jury"),
        "opinions_told": _("Avis du jury notés"),
        "voted": _("Vote exprimé"),
        "decided": _("Décision du jury prise"),
        "reopened": _("Délibération reprise"),
        "minutes_drawn": _("Procès-verbal établi"),
        "minutes_dropped": _("Procès-verbal abandonné"),
        "signature_asked": _("Signature demandée par un lien"),
        "minutes_signed": _("Procès-verbal signé par un membre"),
        "minutes_closed": _("Procès-verbal clos"),
        "published": _("Résultats publiés"),
    }
