"""What is wrong in a file: where, what, and what to do; one sentence per kind and language, all in one place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
HINTS = 20
"""How many nearest names are looked for in one file: the work stays small however many mistakes it holds."""
LONGEST = 100
"""Words longer than this are compared by their beginning."""


class Mark(NamedTuple):
    """A place in a file, counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place; ``values`` fill the sentence."""

    code: str
    mark: Mark
    values: dict[str, object]

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do, in that language."""
        return SENTENCES[self.code][language].format(**self.values)

    def as_dict(self, language: Language) -> dict[str, object]:
        """The problem in JSON types."""
        return {
            "code": self.code,
            "file": self.mark.file,
            "line": self.mark.line,
            "column": self.mark.column,
            "message": self.sentence(language),
        }


def problem(code: str, mark: Mark, **values: object) -> Problem:
    """A problem of that kind at that place."""
    return Problem(code, mark, values)


class RefusedError(Exception):
    """The files cannot be used; every problem found is listed, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = {(p.code, p.mark, str(p.values)): p for p in problems}
        self.problems = sorted(unique.values(), key=lambda p: p.mark)
        super().__init__("\n".join(f"{p.mark} {p.sentence('en')}" for p in self.problems))


@contextmanager
def gathering(problems: list[Problem]) -> Iterator[None]:
    """Within it, a refusal adds its problems and goes no further: one fault does not hide the others."""
    try:
        yield
    except RefusedError as refused:
        problems.extend(refused.problems)


def is_near(word: str, known: str) -> bool:
    """Whether ``word`` may be a misspelling of ``known``."""
    return bool(get_close_matches(word[:LONGEST], [known[:LONGEST]], n=1, cutoff=0.6))


def nearest(word: str, known: Iterable[str], told: int = 0) -> dict[str, str]:
    """The hint for a misspelt name, in both languages: the nearest known one, or all of them when few.

    None once that many problems are ``told`` already.
    """
    if told >= HINTS:
        return {"hint_fr": "", "hint_en": ""}
    names = sorted(set(known))
    close = get_close_matches(word[:LONGEST], [name for name in names if len(name) <= LONGEST], n=1, cutoff=0.6)
    if close:
        return {"hint_fr": f"Vouliez-vous dire « {close[0]} » ?", "hint_en": f"Did you mean “{close[0]}”?"}
    if not names:
        return {"hint_fr": "Aucun n'est déclaré.", "hint_en": "None is declared."}
    listed = ", ".join(names[:40])
    return {"hint_fr": f"Possibles : {listed}.", "hint_en": f"Possible: {listed}."}


SENTENCES: dict[str, dict[Language, str]] = {
    "not_found": {
        "fr": "Fichier ou dossier introuvable, ou qui n'est pas un fichier ordinaire. Vérifiez le chemin.",
        "en": "File or folder not found, or not an ordinary file. Check the path.",
    },
    "too_large": {
        "fr": "Le fichier fait {size} octets, la limite est {limit}. Découpez-le ou retirez ce qui n'est pas une règle.",
        "en": "The file is {size} bytes, the limit is {limit}. Split it or take out what is not a rule.",
    },
    "not_utf8": {
        "fr": "Le fichier n'est pas en UTF-8 (octet {position}). Enregistrez-le en UTF-8, sans autre changement.",
        "en": "The file is not UTF-8 (byte {position}). Save it as UTF-8, without any other change.",
    },
    "control_character": {
        "fr": "Caractère interdit {character}. Supprimez-le : un fichier de règles n'a que du texte.",
        "en": "Forbidden character {character}. Remove it: a rule file holds text only.",
    },
    "not_yaml": {
        "fr": "Ce n'est pas du YAML lisible ({detail}). Vérifiez l'alignement, les deux-points et les guillemets ici.",
        "en": "This is not readable YAML ({detail}). Check the indentation, colons and quotes here.",
    },
    "empty": {
        "fr": "Le fichier est vide. Écrivez au moins « format: ».",
        "en": "The file is empty. Write at least “format:”.",
    },
    "several_documents": {
        "fr": "Le fichier contient plusieurs documents YAML. Gardez-en un seul, sans ligne « --- » au milieu.",
        "en": "The file holds several YAML documents. Keep one, with no “---” line in the middle.",
    },
    "anchor": {
        "fr": "Les ancres et les alias YAML (& et *) ne sont pas admis. Recopiez la valeur.",
        "en": "YAML anchors and aliases (& and *) are not allowed. Write the value out.",
    },
    "tag": {
        "fr": "Les étiquettes YAML (« {tag} ») ne sont pas admises. Retirez-la.",
        "en": "YAML tags (“{tag}”) are not allowed. Remove it.",
    },
    "too_deep": {
        "fr": "Plus de {limit} niveaux d'imbrication. Aplatissez cette partie.",
        "en": "More than {limit} levels of nesting. Flatten this part.",
    },
    "too_many": {
        "fr": "Plus de {limit} valeurs dans le fichier. Découpez-le.",
        "en": "More than {limit} values in the file. Split it.",
    },
    "duplicate_key": {
        "fr": "La clé « {key} » est déjà écrite ligne {line}. Gardez-en une seule.",
        "en": "The key “{key}” is already written on line {line}. Keep one.",
    },
    "key_not_text": {
        "fr": "Une clé doit être un mot. Écrivez-la sur une seule ligne, suivie de « : ».",
        "en": "A key must be a word. Write it on one line, followed by “:”.",
    },
    "unknown_key": {
        "fr": "La clé « {key} » n'existe pas ici. {hint_fr}",
        "en": "The key “{key}” does not exist here. {hint_en}",
    },
    "missing_key": {
        "fr": "Il manque la clé « {key} ». Ajoutez-la (au besoin avec la valeur unknown, si la source ne le dit pas).",
        "en": "The key “{key}” is missing. Add it (with the value unknown if the source does not say).",
    },
    "unsourced": {
        "fr": 'Cette valeur n\'a pas de source. Ajoutez « source: "<id de source>, <où>" ».',
        "en": 'This value has no source. Add “source: "<source id>, <where>"”.',
    },
    "wrong_value": {
        "fr": "« {value} » ne convient pas : il faut {wanted_fr}. {hint_fr}",
        "en": "“{value}” does not fit: {wanted_en} is needed. {hint_en}",
    },
    "unknown_check": {
        "fr": "Le contrôle « {name} » n'existe pas. {hint_fr}",
        "en": "The check “{name}” does not exist. {hint_en}",
    },
    "no_check": {
        "fr": "Cette règle n'a ni « check », ni « any_of », ni « all_of » (un seul des trois). Dites comment on la vérifie.",
        "en": "This rule has no “check”, “any_of” or “all_of” (just one of them). Say how it is checked.",
    },
    "dangling": {
        "fr": "« {name} » n'est pas déclaré dans « {section} ». {hint_fr}",
        "en": "“{name}” is not declared in “{section}”. {hint_en}",
    },
    "unknown_source": {
        "fr": "La source « {name} » n'est pas déclarée sous « sources ». {hint_fr}",
        "en": "The source “{name}” is not declared under “sources”. {hint_en}",
    },
    "uncited_source": {
        "fr": "La source « {name} » n'est citée nulle part. Citez-la là où elle sert, ou retirez-la.",
        "en": "The source “{name}” is cited nowhere. Cite it where it is used, or remove it.",
    },
    "wrong_stage": {
        "fr": "La règle « {rule} » est rangée sous « {stage} » : son nom doit commencer par « {stage}. ».",
        "en": "The rule “{rule}” stands under “{stage}”: its name must start with “{stage}.”.",
    },
    "duplicate_id": {
        "fr": "« {name} » est déjà déclaré dans « {section} ». Donnez un nom différent à chacun.",
        "en": "“{name}” is already declared in “{section}”. Give each one a different name.",
    },
    "repeated_title": {
        "fr": "La compétence « {name} » a le même texte que « {other} » d'un autre bloc. Une compétence n'appartient qu'à un bloc.",
        "en": "The competence “{name}” has the same text as “{other}” of another block. A competence belongs to one block.",
    },
    "no_blocking_rule": {
        "fr": "La voie « {route} » n'a aucune règle bloquante à l'étape « {stage} » : rien n'y serait vérifié. Ajoutez-en une.",
        "en": "The route “{route}” has no blocking rule at stage “{stage}”: nothing would be checked. Add one.",
    },
    "blocking_to_confirm": {
        "fr": "La règle « {rule} » est à confirmer : elle ne peut pas bloquer. Mettez « effect: warning » ou citez un texte lu.",
        "en": "The rule “{rule}” is to be confirmed: it cannot block. Set “effect: warning” or cite a text that was read.",
    },
    "misplaced": {
        "fr": "« {key} » vaut « {value} », mais ce fichier est pris ici pour « {expected} ». Mettez-les d'accord.",
        "en": "“{key}” is “{value}”, but this file is used here for “{expected}”. Make them agree.",
    },
    "overlap": {
        "fr": "Cette version vaut jusqu'au {until}, mais la suivante commence le {next}. Les versions ne peuvent se chevaucher.",
        "en": "This version runs until {until}, but the next one starts on {next}. Versions may not overlap.",
    },
    "own_equivalence": {
        "fr": "« {version} » est cette version-ci : une équivalence dit ce que donne une autre version. Nommez l'autre.",
        "en": "“{version}” is this very version: an equivalence says what another one gives. Name the other one.",
    },
    "no_version_named": {
        "fr": "« {scheme} » n'a pas de version « {version} » : rien ne peut y être acquis. {hint_fr}",
        "en": "“{scheme}” has no version “{version}”: nothing can be held under it. {hint_en}",
    },
    "no_such_part": {
        "fr": "La version « {version} » n'a ni bloc ni compétence « {name} ». {hint_fr}",
        "en": "The version “{version}” has no block or competence “{name}”. {hint_en}",
    },
    "unknown_pack": {
        "fr": "Le module national « {name} » n'existe pas. {hint_fr}",
        "en": "The national pack “{name}” does not exist. {hint_en}",
    },
    "include_cycle": {
        "fr": "Les inclusions tournent en rond : {chain}. Retirez-en une.",
        "en": "Includes go round in a circle: {chain}. Remove one.",
    },
    "no_such_gap": {
        "fr": "Il n'y a rien à l'adresse « {gap} ». {hint_fr}",
        "en": "There is nothing at the address “{gap}”. {hint_en}",
    },
    "not_a_gap": {
        "fr": "« {gap} » est dit par le document : une décision ne le complète pas. Passez par « replaces » pour changer une règle.",
        "en": "“{gap}” is said by the document: a ruling does not fill it. Use “replaces” to change a rule.",
    },
    "already_filled": {
        "fr": "« {gap} » est déjà comblé par {file}. Retirez l'un des deux, ou prenez une décision de date plus récente.",
        "en": "“{gap}” is already filled by {file}. Take one of them out, or make a ruling of a later date.",
    },
    "no_such_rule": {
        "fr": "La règle « {rule} » n'existe pas dans cette version. {hint_fr}",
        "en": "The rule “{rule}” does not exist in this version. {hint_en}",
    },
    "no_such_case": {
        "fr": "Aucun cas plus haut ne s'appelle « {name} ». {hint_fr}",
        "en": "No case above is called “{name}”. {hint_en}",
    },
    "unfrozen_change": {
        "fr": "Ce fichier d'une version publiée a changé depuis qu'il a été figé. Rétablissez-le, ou publiez une nouvelle version.",
        "en": "This file of a published version has changed since it was frozen. Restore it, or publish a new version.",
    },
    "not_frozen": {
        "fr": "Ce fichier est publié mais n'est pas figé. Lancez « parchemin scheme freeze ».",
        "en": "This file is published but not frozen. Run “parchemin scheme freeze”.",
    },
    "bad_frozen": {
        "fr": "Ce fichier d'empreintes est illisible. Supprimez-le, puis lancez « parchemin scheme freeze ».",
        "en": "This file of fingerprints cannot be read. Delete it, then run “parchemin scheme freeze”.",
    },
    "uneven_pack": {
        "fr": "« governs » vaut « {value} » ici mais « {expected} » dans {file}. Un module garde la même valeur à toutes ses dates.",
        "en": "“governs” is “{value}” here but “{expected}” in {file}. A pack keeps the same value at all its dates.",
    },
    "stale_schema": {
        "fr": "Ce schéma d'éditeur n'est plus à jour. Lancez « parchemin scheme schema ».",
        "en": "This editor schema is out of date. Run “parchemin scheme schema”.",
    },
    "no_version": {
        "fr": "Aucune version de « {scheme} » n'était en vigueur le {on}. {hint_fr}",
        "en": "No version of “{scheme}” was in force on {on}. {hint_en}",
    },
    "no_scheme": {
        "fr": "La certification « {scheme} » n'existe pas. {hint_fr}",
        "en": "The certification “{scheme}” does not exist. {hint_en}",
    },
}
