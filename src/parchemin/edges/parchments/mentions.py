"""What a certificate must and must not say: each problem with its gravity, sentence and source, all in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parchemin.typography import french

Severity = Literal["blocking", "warning"]
AUTHORITY = "France compétences, foire aux questions, « parchemin » (francecompetences.fr)"
PRACTICE = "Procertif, aide en ligne, « parchemin » ; MyCertif, « parchemin »"
BOTH = f"{AUTHORITY} ; {PRACTICE}"
LEVELS = f"{AUTHORITY} ; décret n° 2019-14 du 8 janvier 2019 (cadre national des certifications professionnelles)"
COPIES = "Service-Public.fr, duplicata d'un diplôme (F10492) ; circulaire n° 2015-012"
EXACT = "Règle du projet : rien n'est tenu pour vérifié sans source"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention that is missing, wrong or forbidden; ``values`` fill its sentence."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Whether the certificate may not be issued so, or its issuer is only warned."""
        return TABLE[self.code][0]

    @property
    def sentence(self) -> str:
        """What to correct, in French."""
        return french(TABLE[self.code][1]).format(**self.values)

    @property
    def source(self) -> str:
        """Where the rule comes from."""
        return french(TABLE[self.code][2])


TABLE: dict[str, tuple[Severity, str, str]] = {
    "missing_registration": (
        "blocking",
        "Le code d'enregistrement au répertoire manque : ajoutez-le.",
        BOTH,
    ),
    "registration_differs": (
        "blocking",
        "Le code imprimé ({printed}) n'est pas celui de la certification ({known}) : corrigez-le.",
        BOTH,
    ),
    "register_differs": (
        "blocking",
        "Le répertoire imprimé ({printed}) n'est pas celui de la certification ({known}) : corrigez-le.",
        BOTH,
    ),
    "missing_decision": (
        "blocking",
        "La référence de la décision d'enregistrement manque : citez l'arrêté ou la décision.",
        BOTH,
    ),
    "undated_decision": (
        "blocking",
        "La décision d'enregistrement n'est pas datée : donnez sa date ou celle de sa publication.",
        BOTH,
    ),
    "decision_differs": (
        "warning",
        "La décision imprimée n'est pas l'une de celles que cite la certification : vérifiez sa référence.",
        BOTH,
    ),
    "certifier_differs": (
        "blocking",
        "Le nom légal imprimé ({printed}) n'est pas celui du certificateur ({known}) : corrigez-le.",
        BOTH,
    ),
    "title_modified": (
        "blocking",
        "L'intitulé imprimé n'est pas l'intitulé enregistré : reprenez « {known} », mot pour mot.",
        BOTH,
    ),
    "missing_level": ("blocking", "Le niveau du cadre national manque : ajoutez-le.", LEVELS),
    "missing_eqf": ("blocking", "Le niveau du cadre européen (CEC) manque : ajoutez-le.", LEVELS),
    "level_differs": (
        "blocking",
        "Le niveau imprimé ({printed}) n'est pas celui de la certification ({known}) : corrigez-le.",
        LEVELS,
    ),
    "level_on_rs": (
        "blocking",
        "Une certification du répertoire spécifique n'a pas de niveau : retirez celui qui est imprimé.",
        PRACTICE,
    ),
    "level_unfounded": (
        "blocking",
        "La certification ne délivre aucun niveau : retirez celui qui est imprimé.",
        LEVELS,
    ),
    "missing_nsf": ("blocking", "Le code de la nomenclature des spécialités (NSF) manque : ajoutez-le.", BOTH),
    "nsf_differs": (
        "blocking",
        "Les codes NSF imprimés ({printed}) ne sont pas ceux de la certification ({known}) : corrigez-les.",
        BOTH,
    ),
    "missing_holder": ("blocking", "L'identité du titulaire est incomplète : donnez ses prénoms et son nom.", BOTH),
    "missing_place": ("blocking", "Le lieu de délivrance manque : ajoutez-le.", BOTH),
    "missing_signatory": ("blocking", "Le signataire manque : donnez son nom et sa qualité.", BOTH),
    "unsigned": (
        "warning",
        "Aucune signature numérisée n'est fournie : le document doit être signé à la main une fois imprimé.",
        BOTH,
    ),
    "missing_end": (
        "blocking",
        "La certification est temporaire : imprimez la fin de validité du certificat.",
        PRACTICE,
    ),
    "end_unfounded": (
        "warning",
        "Une fin de validité est imprimée, alors que la certification n'en prévoit pas : vérifiez-la.",
        PRACTICE,
    ),
    "end_before_issue": (
        "blocking",
        "La fin de validité précède la délivrance : corrigez l'une des deux dates.",
        PRACTICE,
    ),
    "jury_after_issue": (
        "blocking",
        "La date du jury suit celle de la délivrance : corrigez l'une des deux dates.",
        BOTH,
    ),
    "block_on_rs": (
        "blocking",
        "Une certification du répertoire spécifique n'a pas de blocs : délivrez le certificat entier ou un relevé.",
        PRACTICE,
    ),
    "block_forbidden": (
        "blocking",
        "La certification ne se délivre pas par blocs : donnez un relevé de résultats.",
        PRACTICE,
    ),
    "block_unknown": (
        "blocking",
        "Le bloc « {printed} » n'est pas l'un de ceux de la certification ({known}) : corrigez son code.",
        PRACTICE,
    ),
    "block_title_modified": (
        "blocking",
        "Le certificat de bloc n'est pas intitulé comme le bloc : reprenez « {known} », mot pour mot.",
        PRACTICE,
    ),
    "conditional": (
        "blocking",
        "« {found} » est imprimé : un parchemin n'est pas délivré sous condition. Retirez ces mots.",
        BOTH,
    ),
    "authority_as_label": (
        "blocking",
        "« {found} » présente France compétences comme un label : retirez ces mots, et citez la seule décision "
        "d'enregistrement.",
        BOTH,
    ),
    "authority_named": (
        "warning",
        "Une formule nomme France compétences : assurez-vous qu'elle ne cite que la décision d'enregistrement.",
        BOTH,
    ),
    "other_label": (
        "blocking",
        "« {found} » est un label sans rapport avec la certification : retirez-le du document.",
        BOTH,
    ),
    "ministry_title": (
        "blocking",
        "« {found} » est réservé au ministère chargé du travail : appelez la certification par son intitulé.",
        BOTH,
    ),
    "duplicate_early": (
        "blocking",
        "Le duplicata est daté d'avant l'original : corrigez l'une des deux dates.",
        COPIES,
    ),
    "unverified": (
        "warning",
        "La certification ne dit rien de ceci : {what}. Vérifiez vous-même ce qui est imprimé.",
        EXACT,
    ),
}
