"""The register of processing (GDPR, art. 30): one entry per purpose, with the times that an organisation really set."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from parchemin.records.candidacies.models import RetentionRule
from parchemin.records.people.models import Organisation

KIND = RetentionRule.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """One purpose: what is kept of whom, on what ground, who receives it, how it is protected.

    ``classes`` are those whose time each organisation sets; ``until`` tells the time of the rest.
    """

    title: Promise
    purpose: Promise
    people: Promise
    kept: Promise
    recipients: Promise
    basis: Promise | None = None
    classes: tuple[RetentionRule.Kind, ...] = ()
    until: Promise | None = None
    security: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A purpose as one organisation pursues it, whole in words; ``organisation`` is None for whoever is meant."""

    organisation: Organisation | None
    processing: Processing
    basis: str
    durations: tuple[str, ...]
    security: tuple[str, ...]

    @property
    def controller(self) -> str:
        """Who answers for it, and where to write to them."""
        body = self.organisation
        if body is None:
            return ""
        place = ", ".join(part for part in (body.address, f"{body.postcode} {body.town}".strip()) if part)
        return ", ".join(part for part in (body.name, place, body.email) if part)


PROCESSINGS = (
    Processing(
        title=gettext_lazy("Instruire les candidatures"),
        purpose=gettext_lazy(
            "Recevoir les candidatures, en juger la recevabilité et préparer le passage devant le jury"
        ),
        people=gettext_lazy("Candidats"),
        kept=gettext_lazy(
            "Identité civile, coordonnées, parcours, pièces déposées, échanges, décisions. "
            "Jamais le numéro de sécurité sociale."
        ),
        recipients=gettext_lazy(
            "Secrétariat de l’organisme qui suit le dossier, évaluateurs et jury pour ce qui les concerne, "
            "personnes à qui le candidat ouvre son dossier"
        ),
        classes=(KIND.EVIDENCE, KIND.MESSAGES, KIND.IDENTITY, KIND.DRAFTS),
        until=gettext_lazy("Décisions : gardées, sans l’identité une fois celle-ci effacée"),
        security=(gettext_lazy("Ce qui est tapé et pas encore envoyé est chiffré dans la base"),),
    ),
    Processing(
        title=gettext_lazy("Aménager les épreuves"),
        purpose=gettext_lazy("Adapter le temps et les moyens d’une épreuve à un handicap ou à un besoin de santé"),
        people=gettext_lazy("Candidats qui en font la demande"),
        kept=gettext_lazy("Le besoin exprimé et les mesures accordées. Jamais un diagnostic."),
        basis=gettext_lazy("Obligation légale (RGPD, art. 6.1.c ; code du travail, art. L5211-4)"),
        recipients=gettext_lazy(
            "Le besoin n’est lu que de ceux qui organisent l’épreuve ; "
            "jamais du jury, ni de l’administration du service"
        ),
        classes=(KIND.ACCOMMODATION,),
        security=(gettext_lazy("Le besoin est chiffré dans la base"),),
    ),
    Processing(
        title=gettext_lazy("Suivre le parcours et évaluer"),
        purpose=gettext_lazy("Préparer chacun à être évalué, l’évaluer, et pouvoir dire sur quoi"),
        people=gettext_lazy("Candidats, formateurs, tuteurs, évaluateurs"),
        kept=gettext_lazy(
            "Positionnements, parcours, situations de travail, preuves, échanges de l’alternance, "
            "liens des évaluateurs avec le candidat, avis de chacun, résultats et leurs motifs"
        ),
        recipients=gettext_lazy(
            "Le candidat, ceux à qui le dossier est ouvert, le secrétariat ; "
            "l’avis d’un évaluateur n’est lu que des autres évaluateurs, une fois tous signés, là où ils diffèrent"
        ),
        classes=(KIND.PATHWAY,),
        until=gettext_lazy("Résultats : gardés avec les décisions qu’ils fondent"),
        security=(
            gettext_lazy("Une preuve gardée pour soi n’est lue que du candidat"),
            gettext_lazy("Personne ne lit l’avis d’un autre avant d’avoir signé le sien"),
        ),
    ),
    Processing(
        title=gettext_lazy("Habiliter les évaluateurs et les jurys"),
        purpose=gettext_lazy("S’assurer que ceux qui évaluent y sont habilités et formés"),
        people=gettext_lazy("Évaluateurs, professionnels, membres de jury"),
        kept=gettext_lazy("Nom, adresse e-mail, habilitations, preuve de formation"),
        recipients=gettext_lazy("Secrétariat de l’organisme qui habilite"),
        until=gettext_lazy("Tant que l’habilitation peut être invoquée"),
    ),
    Processing(
        title=gettext_lazy("Délivrer les certificats et permettre de les vérifier"),
        purpose=gettext_lazy("Donner à chacun la preuve de ce qu’il a acquis, que n’importe qui puisse vérifier"),
        people=gettext_lazy("Titulaires de certificats, personnes qui les signent"),
        kept=gettext_lazy(
            "Prénoms, noms, date et lieu de naissance, ce qui est délivré et par qui, retraits et duplicatas avec "
            "leur motif ; adresse IP de qui vérifie, le temps de compter ses essais"
        ),
        recipients=gettext_lazy(
            "Le titulaire et l’organisme ; qui tient le numéro lit si le certificat est valable, jamais de qui il est. "
            "Le registre public ne nomme personne"
        ),
        until=gettext_lazy("Gardé sans limite : un certificat se vérifie toute une vie"),
        security=(
            gettext_lazy("Les clés qui signent sont chiffrées dans la base"),
            gettext_lazy("Les essais de numéros et de noms sont limités"),
        ),
    ),
    Processing(
        title=gettext_lazy("Suivre l’insertion des titulaires"),
        purpose=gettext_lazy(
            "Savoir à quoi mène une certification, six mois et deux ans après, comme le répertoire national le demande"
        ),
        people=gettext_lazy("Titulaires de certifications"),
        kept=gettext_lazy(
            "Situation, travail dans le métier visé ou non, contrat et mois de début ; "
            "que la personne a été interrogée, a répondu ou a refusé"
        ),
        basis=gettext_lazy("Intérêt légitime (RGPD, art. 6.1.f) ; chacun peut refuser, pour de bon, par le lien reçu"),
        recipients=gettext_lazy("L’organisme ne lit que des totaux ; le public, ceux qui ne désignent personne"),
        until=gettext_lazy(
            "Trente mois après la décision, le lien avec le dossier et les dates sont effacés ; "
            "ce qui reste se compte et ne désigne personne"
        ),
        security=(gettext_lazy("Le lien est signé ; rien n’en est gardé, et il ne sert qu’une fois"),),
    ),
    Processing(
        title=gettext_lazy("Transmettre les certifications au passeport de compétences"),
        purpose=gettext_lazy("Dire à la Caisse des Dépôts qui a obtenu une certification des répertoires nationaux"),
        people=gettext_lazy("Titulaires de certifications entières du RNCP ou du répertoire spécifique"),
        kept=gettext_lazy(
            "Ce qui a été transmis, sous quel identifiant, et ce qui a été répondu ; l’empreinte de chaque fichier, "
            "jamais le fichier. Jamais le numéro de sécurité sociale."
        ),
        basis=gettext_lazy("Obligation légale (RGPD, art. 6.1.c ; code du travail, art. L6113-8)"),
        recipients=gettext_lazy(
            "Qui répond de l’organisme, et la Caisse des Dépôts : état civil, certification, dates"
        ),
        until=gettext_lazy("Gardé avec le certificat"),
    ),
    Processing(
        title=gettext_lazy("Attester, soutenir ou signer par un lien"),
        purpose=gettext_lazy(
            "Recueillir la parole d’un employeur, d’un tuteur ou d’un tiers sans lui ouvrir de compte"
        ),
        people=gettext_lazy("Employeurs, tuteurs et autres personnes sans compte"),
        kept=gettext_lazy("Nom, qualité, adresse e-mail, paroles, date de l’acte et degré de certitude sur l’identité"),
        recipients=gettext_lazy("Le candidat et le secrétariat"),
        classes=(KIND.EVIDENCE,),
        security=(
            gettext_lazy("Chaque lien ne sert qu’une fois, s’éteint, et seule l’empreinte de son secret est gardée"),
        ),
    ),
    Processing(
        title=gettext_lazy("Tenir les comptes et la sécurité"),
        purpose=gettext_lazy("Ouvrir une session à la bonne personne et déceler un usage anormal"),
        people=gettext_lazy("Toute personne qui a un compte"),
        kept=gettext_lazy("Adresse e-mail, nom, rôles, appareils connectés, adresse IP des connexions"),
        basis=gettext_lazy("Intérêt légitime : la sécurité du service (RGPD, art. 6.1.f)"),
        recipients=gettext_lazy("Administration du service"),
        until=gettext_lazy("Sessions : quatorze jours ; compte : jusqu’à son effacement"),
        security=(gettext_lazy("Clés d’accès et second facteur proposés à chacun"),),
    ),
    Processing(
        title=gettext_lazy("Garder la preuve des décisions"),
        purpose=gettext_lazy("Pouvoir montrer qui a décidé quoi, quand et selon quelles règles"),
        people=gettext_lazy("Toute personne qui agit sur un dossier"),
        kept=gettext_lazy("Qui a fait quoi et quand, par identifiant opaque"),
        basis=gettext_lazy("Obligation de justifier les décisions de certification (RGPD, art. 6.1.c)"),
        recipients=gettext_lazy("Administration du service, autorités de contrôle"),
        until=gettext_lazy("Permanente ; le journal ne nomme personne"),
        security=(gettext_lazy("Chaque inscription tient l’empreinte de celle d’avant : une réécriture se voit"),),
    ),
)


def controllers() -> QuerySet[Organisation]:
    """The organisations that deliver something here, and so answer for what is kept."""
    return Organisation.objects.filter(certifications__isnull=False).distinct().order_by("name")


def register(organisation: Organisation | None = None) -> list[Line]:
    """Every purpose, with what that organisation decided; without one, what holds for all of them."""
    rules = {rule.kind: rule for rule in organisation.retention_rules.all()} if organisation else {}
    return [
        Line(
            organisation=organisation,
            processing=one,
            basis=str(one.basis or _mission(organisation)),
            durations=tuple(_durations(one, organisation, rules)),
            security=tuple(str(told) for told in one.security),
        )
        for one in PROCESSINGS
    ]


def everywhere() -> list[str]:
    """How all of it is protected."""
    found = [
        _("Tout est fermé par défaut : chacun ne voit que ce que son rôle lui ouvre, dans son organisme"),
        _("Chaque acte, et chaque liste exportée, est inscrit au journal"),
    ]
    return [_("Échanges chiffrés (HTTPS)"), *found] if settings.IS_SECURE else found


def abroad() -> str:
    """What leaves the European Union."""
    return _("Rien n’y part par le logiciel ; l’hébergement et le courriel sont ceux que l’organisme a choisis")


def _mission(organisation: Organisation | None) -> str:
    if organisation and organisation.is_public:
        return _("Mission d’intérêt public : la certification (RGPD, art. 6.1.e)")
    return _("Exécution de la mission de certification (RGPD, art. 6.1.b ou 6.1.e)")


def _durations(one: Processing, organisation: Organisation | None, rules: Mapping[str, RetentionRule]) -> list[str]:
    found = [
        _("%(class)s : %(time)s") % {"class": kind.label, "time": _time(kind, organisation, rules)}
        for kind in one.classes
    ]
    return [*found, str(one.until)] if one.until else found


def _time(kind: RetentionRule.Kind, organisation: Organisation | None, rules: Mapping[str, RetentionRule]) -> str:
    if organisation is None:
        return _("fixée par chaque organisme")
    rule = rules.get(kind)
    if rule is None:
        return _("pas encore décidée")
    if kind == KIND.DRAFTS:
        told = ngettext("%(n)s mois sans modification", "%(n)s mois sans modification", rule.months)
    else:
        told = ngettext("%(n)s mois après la clôture du dossier", "%(n)s mois après la clôture du dossier", rule.months)
    return f"{told % {'n': rule.months}} ({rule.basis})"
