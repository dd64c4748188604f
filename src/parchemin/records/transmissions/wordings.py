"""Why an action on transmissions could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.transmissions.errors import TransmissionError


def sentence(error: TransmissionError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "channel": _("L’organisme n’a pas dit sous quels numéros il transmet : remplissez d’abord ses réglages."),
        "client": _("Un matricule a huit lettres ou chiffres : recopiez celui que la Caisse des Dépôts a donné."),
        "contract": _("Le numéro de contrat a un à vingt signes : recopiez celui de votre convention."),
        "version": _("Choisissez la version du schéma que le portail accepte."),
        "nothing": _("Rien ne peut partir pour l’instant : chaque ligne dit ce qui lui manque."),
        "no_withdrawal": _("La version 1.1.2 du schéma ne sait pas retirer : passez à la 1.1.5 dans les réglages."),
        "refused_file": _("Le fichier ne suit pas le schéma, et n’a pas été gardé : %(problem)s"),
        "changed": _("L’état civil d’un titulaire a changé depuis : ce fichier ne peut plus être écrit à l’identique."),
        "meanwhile": _("Une ligne a changé pendant que le fichier se faisait : rien n’a été gardé, recommencez."),
        "dropped": _("Ce fichier a été abandonné : ses lignes partent dans un autre."),
        "answered": _("Ce fichier a déjà reçu une réponse : il ne peut plus être abandonné."),
        "same_receipt": _("Cet accusé a déjà été lu : il n’y a rien de plus à faire."),
        "other_file": _("Cet accusé répond à un autre fichier (%(id)s) : déposez-le sur la page de ce fichier."),
        "strangers": _("Cet accusé nomme %(count)s passages absents de ce fichier : il répond à un autre."),
        "contradictory": _(
            "Cet accusé accepte et refuse le même passage (%(id)s), ou contredit un accusé déjà lu : "
            "rien n’a été changé, demandez à la Caisse des Dépôts ce qu’il en est."
        ),
        "state": _("La ligne n’en est plus là : relisez-la, puis recommencez."),
        "reason": _("Écrivez le motif : il restera avec la ligne."),
    }
