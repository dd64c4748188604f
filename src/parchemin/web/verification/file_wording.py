"""What was found of a file, in words: the reasons, and one line for each thing that was checked; French first."""

from django.utils.translation import gettext as _

from parchemin.records.awards.queries.verifying import Outcome, Reason
from parchemin.web.shared.typesetting import day
from parchemin.web.shared.uploads import language
from parchemin.web.verification.looking import STRANGER, Found, Said, Sign, Verdict
from parchemin.web.verification.wording import Thing, sentence_of

TONES = {True: "met", False: "not_met", None: "unknown"}
ICONS = {True: "circle-check", False: "circle-x", None: "circle-help"}


def thing_of(verdict: Verdict) -> Thing:
    """What the file is."""
    if verdict.is_recommendation:
        return Thing.RECOMMENDATION
    return Thing.RECORD if verdict.told and verdict.told.is_record else Thing.CERTIFICATE


def sentences(verdict: Verdict) -> list[str]:
    """Why, a sentence for each reason; what it means when there is none."""
    if verdict.reasons:
        return list(dict.fromkeys(reason_in_words(one) for one in verdict.reasons))
    if thing_of(verdict) is Thing.RECOMMENDATION:
        return [_("Ce fichier est bien ce que l’organisme a signé, et il recommande toujours ce qui y est nommé.")]
    if thing_of(verdict) is Thing.RECORD:
        return [_("Ce relevé est signé par l’organisme, et chacun de ses certificats est valable aujourd’hui.")]
    return [_("Ce fichier est bien ce que l’organisme a signé, et le certificat est valable aujourd’hui.")]


def reason_in_words(reason: Said) -> str:
    """One reason, in a sentence that says what to do where something can be done."""
    if isinstance(reason, Reason):
        return sentence_of(reason)
    if isinstance(reason, Found):
        return _found()[reason.code]
    return _plainly().get(reason.code) or reason.sentence(language())


def checks(verdict: Verdict) -> list[dict[str, str]]:
    """Each thing that was checked, with what was found: the signature, the standing, the register, the end."""
    if verdict.told is None and verdict.signed is None:
        return []
    lines = [(verdict.signed, _("Signature"), _signature(verdict))]
    if verdict.signed and thing_of(verdict) is Thing.RECOMMENDATION:
        lines.append((verdict.standing, _("Retrait"), _withdrawal(verdict)))
        lines.append((verdict.lasting, _("Fin de validité"), _end(verdict)))
    elif verdict.signed and thing_of(verdict) is Thing.CERTIFICATE:
        lines.append((verdict.standing, _("Retrait, suspension, remplacement"), _standing(verdict)))
        lines.append((verdict.said, _("Registre public"), _register(verdict)))
        lines.append((verdict.lasting, _("Fin de validité"), _end(verdict)))
    return [{"tone": TONES[held], "icon": ICONS[held], "name": name, "said": said} for held, name, said in lines]


def parts(verdict: Verdict) -> list[dict[str, object]]:
    """The certificates of a record: what each is, and where it stands."""
    labels = {Outcome.VALID: _("Valable"), Outcome.NOT_VALID: _("Non valable"), Outcome.UNCHECKED: _("Non vérifié")}
    states = {Outcome.VALID: True, Outcome.NOT_VALID: False, Outcome.UNCHECKED: None}
    return [
        {
            "told": one.told,
            "look": {
                "tone": TONES[states[one.outcome]],
                "icon": ICONS[states[one.outcome]],
                "label": labels[one.outcome],
            },
            "why": [reason_in_words(reason) for reason in one.reasons],
        }
        for one in verdict.parts
    ]


def _signature(verdict: Verdict) -> str:
    if verdict.signed and verdict.told:
        return _("Le contenu est bien celui que « %(body)s » a signé avec sa clé.") % {"body": verdict.told.body}
    return _("Le contenu n’est pas celui qui a été signé, ou pas par qui il le dit.")


def _standing(verdict: Verdict) -> str:
    if verdict.standing is None:
        return _("Cela n’a pas pu être regardé.")
    return _("Ni retiré, ni suspendu, ni remplacé.") if verdict.standing else _("Il ne vaut plus : voyez plus haut.")


def _withdrawal(verdict: Verdict) -> str:
    if verdict.standing is None:
        return _("Cela n’a pas pu être regardé.")
    return _("Son auteur ne l’a pas retirée.") if verdict.standing else _("Son auteur l’a retirée.")


def _register(verdict: Verdict) -> str:
    if verdict.said is None:
        return _("Sa ligne n’y est pas encore, ou n’a pas été regardée.")
    if verdict.said:
        return _("Sa délivrance y est inscrite, et la preuve se vérifie.")
    return _("Ce que garde le registre ne correspond pas.")


def _end(verdict: Verdict) -> str:
    until = verdict.told.valid_until if verdict.told else None
    if until is None:
        return _("sans limite de durée")
    return day(until)


def _found() -> dict[Sign, str]:
    return {
        Sign.BUNDLE_KEYS: _(
            "Le dossier apporte ses propres clés, et la signature s’y accorde ; mais rien ici ne dit que ces clés sont "
            "celles de l’organisme."
        ),
        Sign.BUNDLE_ALTERED: _(
            "Le dossier joint au certificat un texte ou une preuve du registre qui n’est pas la sienne : il a été "
            "modifié."
        ),
        Sign.NOT_A_CERTIFICATE: _("Ce fichier est bien signé, mais ce n’est pas un certificat."),
        Sign.PART_NOT_VALID: _("Un certificat de ce relevé au moins n’est pas valable : voyez lequel plus bas."),
        Sign.PART_UNCHECKED: _("Un certificat de ce relevé au moins n’a pas pu être vérifié : voyez lequel plus bas."),
        Sign.RECOMMENDATION_WITHDRAWN: _("L’organisme qui l’avait signée l’a retirée : elle ne vaut plus."),
        Sign.RECOMMENDATION_ENDED: _("Elle est arrivée à sa fin : voyez plus bas jusqu’à quel jour elle valait."),
        Sign.RECOMMENDATION_TO_COME: _("Elle ne vaut pas encore : voyez plus bas à partir de quel jour."),
        Sign.REGISTER_DIFFERS: _(
            "Ce que le registre public garde de ce certificat ne lui correspond pas : ne vous y fiez pas et prévenez "
            "l’organisme."
        ),
    }


def _plainly() -> dict[str, str]:
    """The reasons that most people meet, said for them; the others keep the sentence of the format."""
    return {
        STRANGER: _(
            "Qui l’a signé n’est pas connu ici : ce service ne répond que de ce qu’il a délivré. Adressez-vous à "
            "l’organisme qui y est nommé."
        ),
        "altered": _(
            "Son contenu ne correspond pas à sa signature : il a été modifié, ou signé par quelqu’un d’autre. Ne vous "
            "y fiez pas."
        ),
        "nothing_inside": _(
            "Ce fichier ne contient pas de preuve : un certificat imprimé puis scanné n’en a plus. Vérifiez plutôt "
            "son numéro."
        ),
        "for_europass": _(
            "Ce fichier est fait pour Europass et ne porte aucune signature. Déposez plutôt le certificat en PDF, ou "
            "la preuve signée."
        ),
        "not_json": _("Ce fichier n’est pas une preuve : son contenu ne se lit pas."),
    }
