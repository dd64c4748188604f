"""Why an action on certificates could not be done, in one sentence that says what to do; French first."""

from django.utils.translation import gettext as _

from parchemin.records.awards.errors import AwardError


def sentence(error: AwardError) -> str:
    """The sentence of that error in the reader's language."""
    return _sentences()[error.code] % error.values


def _sentences() -> dict[str, str]:
    return {
        "no_effect": _("Rien n’a encore d’effet pour le dossier %(number)s : le procès-verbal doit d’abord être clos."),
        "own": _("Le dossier %(number)s est le vôtre : demandez à quelqu’un d’autre de délivrer son certificat."),
        "untold": _("Le résultat du dossier %(number)s n’est pas encore publié : un certificat ne le devance pas."),
        "identity": _("L’état civil du dossier %(number)s n’a pas été vérifié : vérifiez-le, puis délivrez."),
        "title": _("L’intitulé de « %(part)s » n’est pas connu : importez l’intitulé officiel, puis délivrez."),
        "house": _("L’organisme n’a pas dit qui signe ses certificats : remplissez d’abord leur modèle."),
        "validity": _("Le certificat est temporaire et rien ne dit d’où court sa durée : fixez-le par une décision."),
        "future": _("La date de délivrance %(day)s est à venir : choisissez aujourd’hui ou un jour passé."),
        "too_early": _("La délivrance ne peut précéder le %(day)s, jour où la décision a pris effet."),
        "statement": _("Ce dossier n’appelle pas de relevé : il en est remis un là où rien ne s’acquiert par parties."),
        "nothing_due": _("Il n’y a plus rien à délivrer pour le dossier %(number)s."),
        "reason": _("Écrivez le motif : il restera au registre de l’organisme."),
        "proof": _("Dites comment l’identité du titulaire a été vérifiée."),
        "revoked": _("Le certificat %(number)s est retiré : un retrait ne se reprend pas."),
        "replaced": _("Le certificat %(number)s a été remplacé par %(other)s : agissez sur celui-ci."),
        "suspended": _("Le certificat %(number)s est déjà suspendu."),
        "not_suspended": _("Le certificat %(number)s n’est pas suspendu."),
        "issuer": _("Choisissez l’organisme lui-même, ou une commission paritaire qui délivre pour lui."),
        "unsigned": _("Dites où le certificat est fait, qui le signe et en quelle qualité."),
        "colour": _("Une couleur s’écrit avec un dièse et six chiffres ou lettres de A à F : #1F4E79."),
        "stated": _("Le dossier %(number)s a déjà son relevé, numéro %(other)s : imprimez-le."),
        "not_holder": _("Seul le titulaire de ce certificat peut le partager."),
        "share_end": _("Choisissez un dernier jour à venir, dans un an au plus."),
        "too_many_shares": _("Ce certificat a déjà %(most)s liens ouverts : fermez-en un, puis recommencez."),
        "duplicated": _("Un duplicata du certificat %(number)s a été délivré ce jour : imprimez celui-là."),
        "taken_back": _("Le procès-verbal %(minutes)s n’accorde plus ce que dit le certificat : retirez-le."),
        "same": _("Le nouveau certificat dirait la même chose : corrigez d’abord ce qui est faux dans le dossier."),
    }
