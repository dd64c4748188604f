"""Why an action could not be done, in one sentence that says what to do; French first."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parchemin.records.candidacies.errors import UnfitError


def sentence(error: UnfitError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % {name: _shown(value) for name, value in error.values.items()}


def _shown(value: object) -> object:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value


def _sentences() -> dict[str, str]:
    return {
        "status": _("Le dossier est dans l’état « %(status)s » : cette action n’est plus possible. Rechargez la page."),
        "closed": _("« %(title)s » ne prend pas de candidature en ce moment."),
        "already_open": _("Une candidature à cette certification est déjà en cours : le dossier %(number)s."),
        "blocks": _("Ces blocs ne peuvent pas être visés seuls : %(blocks)s."),
        "same_route": _("Le dossier suit déjà cette voie."),
        "experience_order": _("La fin de la période est avant son début : corrigez l’une des deux dates."),
        "fraction": _("La quotité doit être plus grande que zéro et au plus égale à un temps plein."),
        "locked": _("Cette pièce est déposée : elle ne peut être remplacée que si le dossier vous est renvoyé."),
        "too_many": _("Un dossier contient au plus %(most)s pièces. Retirez-en une, ou regroupez-les."),
        "too_many_versions": _(
            "Cette pièce a déjà %(most)s versions, le plus possible : la dernière est gardée. Écrivez au secrétariat."
        ),
        "no_room": _(
            "Les fichiers de ce dossier pèsent %(held)s Mo sur %(most)s Mo permis : réduisez celui-ci, ou écrivez au "
            "secrétariat."
        ),
        "replaced": _("Cette pièce a été remplacée depuis : signez la dernière version."),
        "identity": _("Il manque votre état civil : remplissez-le avant de déposer."),
        "regulation": _("Il faut accepter le règlement de la certification avant de déposer."),
        "reasons": _("Écrivez le motif : il figurera dans la décision et dans la lettre."),
        "deposit_pending": _("Un dépôt attend déjà une réponse."),
        "no_deposit": _("Aucun dépôt n’attend de réponse."),
        "firm": _("Cette règle n’admet pas de dérogation."),
        "no_rule": _("Cette règle ne s’applique pas au dossier."),
        "no_milestone": _("Aucune règle de ce dossier ne regarde cette date : il n’y a rien à noter."),
        "no_step": _("Cette étape n’est pas de la voie suivie."),
        "silence": _("Le délai est passé : le silence vaut déjà acceptation, il ne peut plus être refusé ni renvoyé."),
        "confirmation_late": _(
            "La confirmation était due le %(due)s : écrivez à l’organisme, qui peut lever la caducité avec un motif."
        ),
        "not_lapsed": _("La recevabilité n’est pas caduque : il n’y a rien à lever."),
        "empty": _("Le texte est vide : écrivez quelque chose."),
        "accommodation_asked": _("Une demande d’aménagement attend déjà une réponse."),
        "access_own": _("C’est l’adresse de la personne dont c’est le dossier : donnez-en une autre."),
        "access_end": _("Un accès finit au plus tôt aujourd’hui, et au plus tard dans un an : changez sa fin."),
        "access_too_many": _(
            "Votre dossier est ouvert à %(most)s personnes, le plus possible : fermez un de ces accès."
        ),
        "access_too_often": _("Vous avez ouvert %(most)s accès en un jour, le plus possible : continuez demain."),
        "answered": _("Une réponse a déjà été donnée."),
        "centre": _("« %(name)s » n’est pas un centre de l’organisme qui suit le dossier : choisissez-en un autre."),
        "held": _("Ce dossier est suivi par %(name)s : demandez-lui de vous le laisser, ou prenez-le depuis sa page."),
        "same_organisation": _("Le dossier est déjà suivi par %(name)s."),
        "not_appealable": _("Cette décision ne vous fait pas grief : elle ne se conteste pas."),
        "appeal_late": _("Le délai pour contester est passé depuis le %(until)s."),
        "appeal_pending": _("Cette décision est déjà contestée : la réponse est attendue."),
        "appealed": _(
            "Cette décision a déjà été contestée, et la réponse est donnée : elle ne se conteste qu’une fois."
        ),
        "level_shut": _("Ce recours n’est pas ouvert : la réponse à un autre est attendue, ou l’a rendu inutile."),
        "level_elsewhere": _("Ce recours ne se dépose pas ici : adressez-le à %(to)s."),
        "level_here": _("Ce recours se dépose ici, par le candidat : il ne s’enregistre pas à sa place."),
        "filed_later": _("Cette date ne va pas : elle précède la décision ou le recours, ou elle est à venir."),
        "remedy": _("Dites ce qui suit : quel jury délibère de nouveau, ou que le procès-verbal est rectifié."),
        "provider": _("%(name)s n’est pas autorisé à préparer à cette certification : choisissez-en un autre."),
        "no_version": _("La version %(version)s n’est pas publiée : publiez-la d’abord."),
        "same_version": _("Le dossier suit déjà la version %(version)s."),
        "version_kept": _("La version %(version)s dit que les dossiers déjà ouverts gardent la leur."),
        "less_favourable": _(
            "La version %(version)s dit que les dossiers suivent la plus favorable, et elle l’est moins pour celui-ci."
        ),
        "route_closed": _("La voie de ce dossier n’est pas ouverte dans la version %(version)s."),
        "unlike": _(
            "Ce n’est pas la même chose dans la version %(version)s : %(what)s. Le dossier garde la sienne, ou la "
            "version dit l’équivalence."
        ),
        "before_jury": _("Un jury est saisi de ce dossier : attendez que son procès-verbal soit clos."),
        "awarded_whole": _("La certification est délivrée : son procès-verbal ne change pas, et le dossier non plus."),
        "too_long": _("Le brouillon est trop long pour être gardé."),
        "letter_waiting": _("Cette lettre n’est pas encore partie : elle attend son envoi."),
        "reminder_draft": _("Un dossier en préparation reste chez son candidat : écrivez-lui à lui."),
        "reminder_due": _("Aucune échéance ne court dans cet état : comptez les jours passés."),
        "basis": _("Dites sur quoi repose cette durée : un texte, une décision, un délai de recours."),
        "nothing_due": _("Rien n’a passé sa durée aujourd’hui : il n’y a rien à effacer."),
        "erased": _("Cet effacement est déjà confirmé : une fois qu’il est fini, préparez-en un autre."),
        "erasing": _("Un effacement est en cours : attendez qu’il soit fini pour en préparer un autre."),
        "visa": _("Ces dossiers sont des archives publiques : indiquez la référence du visa d’élimination."),
    }
