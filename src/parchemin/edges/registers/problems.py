"""What does not hold in a register, a proof or a checkpoint: one sentence per kind and language, all in one place."""

from collections.abc import Mapping
from typing import Literal

from parchemin.typography import french

Language = Literal["fr", "en"]


class RegisterError(ValueError):
    """Something of the register cannot be used or does not hold; ``code`` names it, ``values`` fill its sentence.

    The value ``reason`` is a key of ``REASONS``, or the problem of something inside.
    """

    def __init__(self, code: str, **values: "str | int | RegisterError") -> None:
        self.code = code
        self.values: Mapping[str, str | int | RegisterError] = values
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language) -> str:
        """What is wrong, where, and what to do, in that language."""
        told = dict(self.values)
        reason = told.get("reason")
        if isinstance(reason, RegisterError):
            told["reason"] = reason.sentence(language)
        elif reason is not None:
            told["reason"] = REASONS[str(reason)][language]
        text = SENTENCES[self.code][language]
        return (french(text) if language == "fr" else text).format(**told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RegisterError) and (self.code, self.values) == (other.code, other.values)

    __hash__ = ValueError.__hash__


REASONS: dict[str, dict[Language, str]] = {
    "canonical": {"fr": "elle n’est pas écrite sous sa forme canonique", "en": "it is not in its canonical form"},
    "checkpoint": {"fr": "son registre, sa taille ou son empreinte", "en": "its register, its size or its hash"},
    "digest": {"fr": "une empreinte a 64 chiffres hexadécimaux, ou 32 octets", "en": "a digest has 64 hex digits"},
    "form": {"fr": "ce n’est pas le format attendu", "en": "it is not of the expected form"},
    "id": {"fr": "son identifiant n’est pas celui de la clé", "en": "its id is not that of the key"},
    "index": {"fr": "le rang de l’inscription manque", "en": "the index of the entry is missing"},
    "json": {
        "fr": "ce n’est pas du JSON, ou il y manque quelque chose",
        "en": "it is no JSON, or something is missing",
    },
    "length": {"fr": "une clé Ed25519 a 32 octets", "en": "an Ed25519 key has 32 bytes"},
    "lines": {"fr": "il lui faut trois lignes", "en": "it needs three lines"},
    "name": {"fr": "un nom de clé n’a ni espace ni « + »", "en": "the name of a key has no space and no “+”"},
    "path": {"fr": "une empreinte du chemin n’a pas 32 octets", "en": "a hash of the path has not 32 bytes"},
    "previous": {
        "fr": "toute inscription, sauf une délivrance, renvoie à une inscription plus ancienne",
        "en": "every entry but an issue refers to an earlier one",
    },
    "salt": {"fr": "le sel a 32 octets", "en": "the salt has 32 bytes"},
    "signature": {"fr": "une ligne de signature est mal formée", "en": "a line of signature is malformed"},
    "signatures": {"fr": "il porte trop de signatures", "en": "it bears too many signatures"},
    "size": {"fr": "il est trop long", "en": "it is too long"},
    "text": {
        "fr": "un caractère interdit, ou la dernière ligne sans fin",
        "en": "a forbidden character or no last newline",
    },
    "utf-8": {"fr": "ce n’est pas de l’UTF-8", "en": "it is not UTF-8"},
}

SENTENCES: dict[str, dict[Language, str]] = {
    "not_an_entry": {
        "fr": "L'inscription n° {index} n'a pas la forme d'une inscription du registre ({reason}). "
        "Comparez-la avec une copie plus ancienne du registre.",
        "en": "Entry {index} does not have the form of an entry of the register ({reason}). "
        "Compare it with an older copy of the register.",
    },
    "bad_entry": {
        "fr": "Cette inscription n'est pas possible : {reason}.",
        "en": "This entry is not possible: {reason}.",
    },
    "out_of_turn": {
        "fr": "Une inscription « {kind} » ne peut pas suivre « {before} » pour le même certificat.",
        "en": "An entry “{kind}” cannot follow “{before}” for the same certificate.",
    },
    "no_such_entry": {
        "fr": "Le registre de {size} inscriptions n'a pas d'inscription n° {index}.",
        "en": "The register of {size} entries has no entry {index}.",
    },
    "no_such_size": {
        "fr": "On ne peut pas prouver qu'un registre de {second} inscriptions prolonge celui de {first}.",
        "en": "A register of {second} entries cannot be shown to extend one of {first}.",
    },
    "node_missing": {
        "fr": "Il manque au registre l'empreinte de niveau {level}, rang {rank} : restaurez la table des empreintes, "
        "ou recalculez-la depuis les inscriptions.",
        "en": "The register lacks the hash at level {level}, rank {rank}: restore the table of hashes, "
        "or compute it again from the entries.",
    },
    "bad_key": {
        "fr": "Cette clé publique de registre est illisible ({reason}).",
        "en": "This public key of a register cannot be read ({reason}).",
    },
    "bad_note": {
        "fr": "Cet état signé est illisible ({reason}). Demandez-le à nouveau à l'adresse du registre.",
        "en": "This signed state cannot be read ({reason}). Ask for it again at the register's address.",
    },
    "unsigned": {
        "fr": "Cet état ne porte aucune signature d'une clé connue du registre.",
        "en": "This state bears no signature of a known key of the register.",
    },
    "bad_signature": {
        "fr": "La signature de « {name} » n'est pas valable : cet état a été modifié, ou n'est pas de ce registre.",
        "en": "The signature of “{name}” is not valid: this state was altered, or is not of this register.",
    },
    "other_register": {
        "fr": "Cet état est celui du registre « {origin} », pas de « {wanted} ».",
        "en": "This state is that of the register “{origin}”, not of “{wanted}”.",
    },
    "bad_proof": {
        "fr": "Cette preuve d'inscription est illisible ({reason}).",
        "en": "This proof of entry cannot be read ({reason}).",
    },
    "not_included": {
        "fr": "La preuve ne tient pas : l'inscription n'est pas celle de rang {index} dans le registre de "
        "{size} inscriptions.",
        "en": "The proof does not hold: the entry is not the one at index {index} in the register of {size} entries.",
    },
    "checkpoint_refused": {
        "fr": "L'état signé n° {checkpoint} ne tient pas. {reason}",
        "en": "Signed state {checkpoint} does not hold. {reason}",
    },
    "went_backwards": {
        "fr": "L'état signé n° {checkpoint} compte {size} inscriptions, moins que le précédent, qui en compte "
        "{before} : le registre a été coupé, ou les états ne sont pas dans l'ordre.",
        "en": "Signed state {checkpoint} counts {size} entries, fewer than the {before} of the one before: "
        "the register was cut, or the states are not in order.",
    },
    "entries_missing": {
        "fr": "L'état signé n° {checkpoint} compte {size} inscriptions et il n'en reste que {found} : "
        "des inscriptions ont été retirées.",
        "en": "Signed state {checkpoint} counts {size} entries and only {found} are left: entries were removed.",
    },
    "root_differs": {
        "fr": "L'état signé n° {checkpoint} ne correspond pas aux inscriptions : parmi celles de rang {after} à "
        "{last}, une au moins a été modifiée, retirée ou ajoutée.",
        "en": "Signed state {checkpoint} does not match the entries: among those at index {after} to {last}, "
        "one at least was altered, removed or added.",
    },
    "two_roots": {
        "fr": "L'état signé n° {checkpoint} et le précédent comptent {size} inscriptions avec deux empreintes : "
        "le registre a montré deux visages.",
        "en": "Signed state {checkpoint} and the one before count {size} entries with two hashes: "
        "the register has shown two faces.",
    },
    "entry_altered": {
        "fr": "L'inscription n° {index} n'a plus l'empreinte gardée quand elle a été ajoutée : elle a été modifiée, "
        "ou une inscription avant elle a été retirée ou ajoutée.",
        "en": "Entry {index} no longer has the hash kept when it was added: it was altered, "
        "or an entry before it was removed or added.",
    },
}
