"""Why an action on juries could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.juries.errors import JuryError


def sentence(error: JuryError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "no_jury": _("Cette certification n’a pas de jury « %(jury)s »."),
        "state": _("La session est « %(state)s » : cela ne se fait plus, ou pas encore."),
        "reason": _("Écrivez le motif : il restera au procès-verbal."),
        "in_pool": _("%(name)s est déjà dans le vivier de cette certification."),
        "not_in_pool": _("%(name)s n’est pas dans le vivier de cette certification : ajoutez-le d’abord."),
        "left_before": _("La fin ne peut pas précéder le début."),
        "dates": _("La fin est avant le début : corrigez l’une des deux dates."),
        "seated": _("%(name)s est déjà nommé à cette session."),
        "seat": _("Ce jury n’a pas de siège « %(seat)s »."),
        "college": _("Ce jury n’a pas de collège « %(college)s »."),
        "chaired": _("%(name)s préside déjà : retirez-lui d’abord la présidence."),
        "substitute": _("On ne supplée qu’un autre membre de la même session."),
        "substituted": _("%(name)s a déjà un suppléant."),
        "own_file": _("%(name)s est candidat à cette session : il ne peut pas y siéger."),
        "judged_before": _(
            "%(name)s a déjà délibéré sur le dossier %(number)s, qu’un recours renvoie devant un autre jury."
        ),
        "nobody": _("Nommez d’abord les membres du jury."),
        "no_chair": _("Dites qui préside : c’est cette personne qui signe la clôture du procès-verbal."),
        "full": _("La session est complète : %(capacity)s candidats au plus."),
        "other_body": _("Ce dossier n’est pas de cette certification ou de cet organisme."),
        "other_jury": _("Ce dossier relève d’un autre jury, d’après sa voie d’accès."),
        "not_transmitted": _("Ce dossier n’a pas été transmis au jury."),
        "inactive": _("Le dossier %(number)s est « %(status)s » : le jury ne décide plus sur lui, retirez-le."),
        "awarded": _("La session %(number)s a déjà délivré tout ce que vise ce dossier."),
        "waiting": _("Ce dossier attend déjà la décision d’une autre session (%(number)s)."),
        "on_agenda": _("Ce dossier est déjà à l’ordre du jour."),
        "blocks": _("Ces blocs ne sont pas de la certification visée : %(blocks)s."),
        "decided": _("Le jury a déjà décidé : rouvrez d’abord la délibération."),
        "not_decided": _("Le jury n’a encore rien décidé pour ce dossier."),
        "removed": _("Ce dossier a été retiré de l’ordre du jour."),
        "no_agenda": _("L’ordre du jour est vide."),
        "to_come": _("La session n’a pas encore commencé : elle s’ouvre le jour dit."),
        "opening": _("Le jury n’est pas composé comme la certification le demande : dites pourquoi il siège."),
        "not_present": _("Cette personne ne siège pas : notez d’abord sa présence."),
        "recused": _("Cette personne s’est retirée pour ce candidat."),
        "not_a_member": _("Cette personne n’est pas membre de ce jury."),
        "invalid": _("Le jury ne peut pas délibérer sur ce dossier : les règles disent pourquoi."),
        "no_part": _("« %(part)s » n’est pas à décider dans ce dossier."),
        "undecided": _("Il reste à décider : %(parts)s."),
        "differs": _("Le jury s’écarte des résultats sur %(parts)s : écrivez pourquoi."),
        "whole": _("Tout n’est pas accordé : la certification ne peut pas être délivrée en entier."),
        "partly": _("Les parties accordées ne font pas une délivrance partielle."),
        "partial": _("Cette certification ne se délivre pas par parties."),
        "award": _("Les conditions de délivrance ne sont pas toutes remplies : écrivez pourquoi le jury décide ainsi."),
        "votes": _("La décision n’est pas adoptée : il faut d’abord la voter."),
        "unattested": _("Le jury doit d’abord attester : %(statements)s."),
        "no_method": _("Le jury ne tient pas lui-même cette épreuve."),
        "unsettled": _("Il reste des dossiers sans décision : %(numbers)s. Décidez, ou reportez."),
        "drawn": _("Le procès-verbal est déjà établi : corrigez-le, ou reprenez la délibération."),
        "closed": _("Ce procès-verbal est clos : seul un procès-verbal rectificatif peut le compléter."),
        "dropped": _("Ce procès-verbal a été abandonné."),
        "signed": _("Vous avez déjà signé ce procès-verbal."),
        "no_address": _("Aucune adresse e-mail n’est connue pour %(name)s."),
        "unsigned": _("Il manque des signatures : %(names)s."),
        "not_chair": _("C’est la présidence du jury qui clôt le procès-verbal."),
        "not_closed": _("Le procès-verbal n’est pas clos : aucune décision ne prend encore effet."),
        "changed": _(
            "Ce qui a été décidé a changé depuis que ce procès-verbal a été établi : établissez-le de nouveau."
        ),
        "published": _("Les résultats sont déjà publiés."),
        "nothing_to_correct": _("Cette correction ne change rien : dites ce qui est corrigé."),
        "no_prior": _("Il n’y a pas de délibération à reprendre pour ce dossier."),
    }
