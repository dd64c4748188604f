"""What an action on people raises when it cannot take effect; ``sentence`` says it to the reader."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from parchemin.catalogue.birthplaces import IdentityProblem


class RefusalError(Exception):
    """The action has no effect; ``code`` says why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    @property
    def sentence(self) -> str:
        """What happened and what to do, in the reader's language."""
        return _sentences()[self.code] % self.values


class StaleIdentityError(Exception):
    """The identity was changed since it was shown; nothing was written."""


class UnfitIdentityError(Exception):
    """The identity says what cannot be: ``problems`` tells where, and what to do, in both languages."""

    def __init__(self, problems: Sequence[IdentityProblem]) -> None:
        self.problems = problems
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))


def _sentences() -> dict[str, str]:
    return {
        "unknown": _("Ce lien n’existe pas. Vérifiez qu’il est complet, ou demandez-en un nouveau."),
        "used": _("Ce lien a déjà servi : il ne vaut que pour un seul acte."),
        "revoked": _("Ce lien a été annulé par la personne qui l’a envoyé. Demandez-lui-en un nouveau."),
        "expired": _("Ce lien n’est plus valable : sa date est passée. Demandez-en un nouveau."),
        "gone": _("Ce lien n’est plus valable : ce qui vous était demandé n’a plus lieu d’être."),
        "own_address": _("C’est une de vos adresses : donnez celle de la personne qui doit agir."),
        "link_waiting": _("Un lien attend déjà une réponse : annulez-le avant d’en envoyer un autre."),
        "too_many_links": _("Vous avez envoyé %(most)s liens en un jour, le plus possible : continuez demain."),
        "already_granted": _("Cette personne a déjà ce rôle à cet endroit."),
        "centre": _("Ce centre n’est pas un centre de cette organisation : choisissez-en un autre."),
        "scope": _("Ce rôle se donne dans une organisation : choisissez laquelle."),
        "dates": _("La fin est avant le début : corrigez l’une des deux dates."),
        "last_administrator": _("Il doit rester au moins une personne à l’administration."),
        "not_first": _(
            "L’administration est déjà ouverte : demandez une invitation à l’une des personnes qui la tiennent."
        ),
        "other_address": _("Cette invitation a été envoyée à une autre adresse : connectez-vous avec celle-là."),
        "already_accredited": _("Cette personne a déjà une habilitation qui commence ce jour-là."),
        "already_renewed": _("Cette habilitation a déjà été renouvelée."),
        "withdrawn": _("Cette habilitation a été retirée : accordez-en une nouvelle."),
        "suspended": _("Cette habilitation est suspendue : accordez-en une nouvelle."),
        "reasons": _("Écrivez le motif : il sera gardé avec la décision."),
        "same_organisation": _("Un certificateur n’a pas à s’habiliter lui-même."),
        "already_authorised": _("Cet organisme a déjà une habilitation qui commence ce jour-là."),
        "name_taken": _("L’organisation porte déjà ce nom à cette date."),
        "parent": _("Un centre appartient à une organisation : choisissez laquelle."),
        "siret_taken": _("Une autre organisation a déjà ce SIRET : %(name)s."),
        "addresses": _(
            "N’écrivez ni adresse e-mail ni numéro de sécurité sociale dans le motif : il reste au journal."
        ),
        "self_view": _("Vous ne pouvez pas regarder par vos propres yeux."),
        "administrator_view": _("On ne regarde pas par les yeux d’une autre personne de l’administration."),
    }
