"""One sentence per problem and language: what, where, what to do."""

from typing import Literal

SENTENCES: dict[str, dict[Literal["fr", "en"], str]] = {
    "already_signed": {
        "fr": "Cette preuve numérique est déjà signée. Signez-la sans ses signatures.",
        "en": "This credential is already signed. Sign it without its proofs.",
    },
    "altered": {
        "fr": "La signature ne correspond pas au contenu : il a été modifié, ou signé avec une autre clé.",
        "en": "The signature does not match the content: it was altered, or signed with another key.",
    },
    "bad_address": {
        "fr": "L'adresse « {address} » est mal formée. Corrigez-la : elle ne serait pas signée.",
        "en": "The address “{address}” is malformed. Correct it: it would not be signed.",
    },
    "bad_bundle": {
        "fr": "Le dossier compressé est abîmé ou protégé, et ne peut pas être lu. Demandez-en un autre.",
        "en": "The archive is damaged or protected, and cannot be read. Ask for another.",
    },
    "bad_did": {
        "fr": "« {did} » n'est pas un identifiant did:web. Écrivez-le did:web:hôte ou did:web:hôte:chemin.",
        "en": "“{did}” is not a did:web identifier. Write it did:web:host or did:web:host:path.",
    },
    "bad_host": {
        "fr": "« {host} » n'est pas un nom d'hôte. Donnez le nom seul, sans https:// ni chemin.",
        "en": "“{host}” is not a host name. Give the name alone, without https:// or path.",
    },
    "bad_instant": {
        "fr": "« {instant} » n'est pas une date avec heure et fuseau, comme 2026-06-15T12:00:00Z.",
        "en": "“{instant}” is not a date with its time and zone, such as 2026-06-15T12:00:00Z.",
    },
    "bad_key": {
        "fr": "La clé « {key} » est d'un type inconnu, ou trop faible. Une clé Ed25519 commence par z6Mk.",
        "en": "The key “{key}” is of no known type, or is too weak. An Ed25519 key starts with z6Mk.",
    },
    "bad_number": {
        "fr": "Un nombre est trop grand ou n'est pas fini. Écrivez-le comme un texte.",
        "en": "A number is too large or not finite. Write it as text.",
    },
    "bad_pdf": {
        "fr": "Le PDF est abîmé ou protégé, et ne peut pas être lu. Demandez-en un nouvel exemplaire.",
        "en": "The PDF is damaged or protected, and cannot be read. Ask for a new copy.",
    },
    "bad_png": {
        "fr": "L'image PNG est abîmée. Demandez-en un nouvel exemplaire.",
        "en": "The PNG picture is damaged. Ask for a new copy.",
    },
    "bad_proof": {
        "fr": "La signature est mal formée (champ {part}).",
        "en": "The proof is malformed (field {part}).",
    },
    "bad_purpose": {
        "fr": "« {purpose} » n'est pas un usage de liste de statuts. Choisissez revocation ou suspension.",
        "en": "“{purpose}” is not a purpose of a status list. Choose revocation or suspension.",
    },
    "bad_seed": {
        "fr": "La graine d'une clé compte {limit} octets, tirés au hasard.",
        "en": "The seed of a key has {limit} bytes, drawn at random.",
    },
    "bad_status_entry": {
        "fr": "Le statut de la preuve numérique n'indique pas de rang dans la liste (statusListIndex).",
        "en": "The status of the credential gives no index in its list (statusListIndex).",
    },
    "bad_status_list": {
        "fr": "La liste de statuts est mal formée et ne peut pas être lue.",
        "en": "The status list is malformed and cannot be read.",
    },
    "bad_svg": {
        "fr": "L'image SVG est abîmée ou contient des déclarations interdites. Demandez-en un nouvel exemplaire.",
        "en": "The SVG picture is damaged or holds forbidden declarations. Ask for a new copy.",
    },
    "bad_text": {
        "fr": "Un texte contient un caractère incomplet (demi-caractère Unicode). Ressaisissez-le.",
        "en": "A text holds half a Unicode character. Type it again.",
    },
    "bad_token": {
        "fr": "Ce jeton signé (JWS) est mal formé.",
        "en": "This signed token (JWS) is malformed.",
    },
    "claims_differ": {
        "fr": "Le jeton signé se contredit : sa mention {claim} diffère de la preuve numérique qu'il porte.",
        "en": "The signed token contradicts itself: its claim {claim} differs from the credential it holds.",
    },
    "expired": {
        "fr": "La preuve numérique n'est plus valable depuis le {until}.",
        "en": "The credential stopped being valid on {until}.",
    },
    "for_europass": {
        "fr": "Ce fichier est fait pour Europass, qui le signera : il ne porte aucune signature à vérifier.",
        "en": "This file is made for Europass, which will sign it: it bears no signature to verify.",
    },
    "foreign_key": {
        "fr": "La clé {method} n'appartient pas à {controller}.",
        "en": "The key {method} does not belong to {controller}.",
    },
    "incomplete": {
        "fr": "Il manque à la preuve numérique un champ obligatoire, ou il est mal formé : {part}.",
        "en": "The credential lacks a required field, or it is malformed: {part}.",
    },
    "inline_context": {
        "fr": "La preuve numérique définit elle-même ses termes. Seuls les vocabulaires gelés ici sont acceptés.",
        "en": "The credential defines its own terms. Only the published vocabularies frozen here are accepted.",
    },
    "invalid_linked_data": {
        "fr": "Le document n'est pas du JSON-LD valable : {detail}",
        "en": "The document is not valid JSON-LD: {detail}",
    },
    "issuer_differs": {
        "fr": "La clé qui a signé appartient à {controller}, et non à l'émetteur annoncé, {issuer}.",
        "en": "The key that signed belongs to {controller}, and not to the stated issuer, {issuer}.",
    },
    "key_may_not_assert": {
        "fr": "L'émetteur n'emploie pas la clé {method} pour délivrer.",
        "en": "The issuer does not use the key {method} to award.",
    },
    "key_retired": {
        "fr": "La clé {method} avait été retirée le {at}, avant cette signature.",
        "en": "The key {method} had been retired on {at}, before this proof was made.",
    },
    "key_revoked_since": {
        "fr": "La clé {method} a été révoquée le {at}, après la date de signature. Confirmez auprès de l'émetteur.",
        "en": "The key {method} was revoked on {at}, after the date of the proof. Confirm with the issuer.",
    },
    "missing_proof": {
        "fr": "Une signature en prolonge une autre, qui manque.",
        "en": "A proof follows another one, which is missing.",
    },
    "no_context": {
        "fr": "Le document ne dit pas dans quel vocabulaire il est écrit (@context).",
        "en": "The document does not say in which vocabulary it is written (@context).",
    },
    "no_issuer": {
        "fr": "La preuve numérique ne nomme pas son émetteur.",
        "en": "The credential does not name its issuer.",
    },
    "no_time_zone": {
        "fr": "L'instant {instant} n'a pas de fuseau horaire. Précisez-le.",
        "en": "The instant {instant} has no time zone. Give it one.",
    },
    "not_an_object": {
        "fr": "Le contenu n'est pas un objet JSON.",
        "en": "The content is not a JSON object.",
    },
    "not_json": {
        "fr": "Le contenu n'est pas du JSON lisible.",
        "en": "The content is not readable JSON.",
    },
    "not_signed": {
        "fr": "La preuve numérique n'est pas signée.",
        "en": "The credential is not signed.",
    },
    "not_yet_valid": {
        "fr": "La preuve numérique ne sera valable qu'à partir du {since}.",
        "en": "The credential will be valid only from {since}.",
    },
    "nothing_inside": {
        "fr": "Ce fichier ne contient pas de preuve numérique.",
        "en": "This file holds no credential.",
    },
    "poison_graph": {
        "fr": "Le document est construit pour bloquer son contrôle (plus de {limit} essais). Il est refusé.",
        "en": "The document is made to stall its own check (over {limit} tries). It is refused.",
    },
    "proof_from_the_future": {
        "fr": "La signature est datée du {created}, dans le futur.",
        "en": "The proof is dated {created}, in the future.",
    },
    "proof_expired": {
        "fr": "La signature n'est plus valable depuis le {until}.",
        "en": "The proof stopped being valid on {until}.",
    },
    "repeated_key": {
        "fr": "La clé « {key} » est écrite deux fois dans le même objet JSON.",
        "en": "The key “{key}” is written twice in the same JSON object.",
    },
    "revoked": {
        "fr": "L'émetteur a révoqué cette preuve numérique.",
        "en": "The issuer revoked this credential.",
    },
    "several_inside": {
        "fr": "Ce fichier contient plusieurs preuves numériques. Contrôlez-les une à une.",
        "en": "This file holds several credentials. Check them one by one.",
    },
    "status_list_expired": {
        "fr": "La liste de statuts {url} n'est plus à jour. Procurez-vous la liste actuelle.",
        "en": "The status list {url} is out of date. Get the current one.",
    },
    "status_list_missing": {
        "fr": "La liste de statuts {url} n'est pas disponible : on ne sait pas si la preuve numérique a été révoquée.",
        "en": "The status list {url} is not at hand: whether the credential was revoked is not known.",
    },
    "status_list_not_valid": {
        "fr": "La liste de statuts {url} n'est pas valable, ou n'est pas de l'émetteur : elle ne dit rien de sûr.",
        "en": "The status list {url} is not valid, or not the issuer's: it says nothing certain.",
    },
    "status_list_too_short": {
        "fr": "Une liste de statuts compte au moins {limit} entrées.",
        "en": "A status list has at least {limit} entries.",
    },
    "status_out_of_range": {
        "fr": "Le rang {index} est en dehors de la liste de statuts.",
        "en": "The index {index} is outside the status list.",
    },
    "status_purpose_differs": {
        "fr": "La liste de statuts ne sert pas à l'usage annoncé ({purpose}).",
        "en": "The status list is not for the stated purpose ({purpose}).",
    },
    "suspended": {
        "fr": "L'émetteur a suspendu cette preuve numérique.",
        "en": "The issuer suspended this credential.",
    },
    "too_deep": {
        "fr": "Le document compte plus de {limit} niveaux imbriqués.",
        "en": "The document is nested over {limit} levels deep.",
    },
    "too_large": {
        "fr": "Le contenu dépasse {limit} octets.",
        "en": "The content is larger than {limit} bytes.",
    },
    "too_many_blank_nodes": {
        "fr": "Le document décrit plus de {limit} objets sans identifiant.",
        "en": "The document describes over {limit} objects without an identifier.",
    },
    "too_many_contexts": {
        "fr": "Le document emploie plus de {limit} fois un vocabulaire.",
        "en": "The document uses a vocabulary over {limit} times.",
    },
    "too_many_statements": {
        "fr": "Le document énonce plus de {limit} faits.",
        "en": "The document states over {limit} facts.",
    },
    "undated_proof": {
        "fr": "La signature n'est pas datée et sa clé {method} est retirée : on ne sait pas laquelle précède l'autre.",
        "en": "The proof is undated and its key {method} is retired: which came first is not known.",
    },
    "undefined_term": {
        "fr": "Aucun vocabulaire du document ne définit « {term} » : ce champ ne serait pas signé.",
        "en": "No vocabulary of the document defines “{term}”: that field would not be signed.",
    },
    "unknown_context": {
        "fr": "Le vocabulaire {url} n'est pas conservé ici, et aucun n'est téléchargé.",
        "en": "The vocabulary {url} is not held here, and none is downloaded.",
    },
    "unknown_issuer": {
        "fr": "Les clés de l'émetteur {issuer} ne sont pas connues ici. Procurez-vous son document de clés.",
        "en": "The keys of the issuer {issuer} are not known here. Get its key document.",
    },
    "unknown_key": {
        "fr": "L'émetteur ne publie pas la clé {method}.",
        "en": "The issuer does not publish the key {method}.",
    },
    "unsigned_value": {
        "fr": "« {value} » ne serait pas couvert par la signature. Retirez-le.",
        "en": "“{value}” would not be covered by the signature. Remove it.",
    },
    "unsupported_algorithm": {
        "fr": "L'algorithme de signature « {algorithm} » n'est pas accepté. Sont acceptés : EdDSA, RS256, ES256.",
        "en": "The signature algorithm “{algorithm}” is not accepted. Accepted: EdDSA, RS256, ES256.",
    },
    "unsupported_method": {
        "fr": "L'adresse de clé « {method} » n'est ni un did:key, ni un did:web, ni une adresse https.",
        "en": "The key address “{method}” is neither a did:key, nor a did:web, nor an https address.",
    },
    "unsupported_status": {
        "fr": "Le statut est publié sous une forme que ce contrôle ne lit pas ({kind}).",
        "en": "The status is published in a form this check does not read ({kind}).",
    },
    "unsupported_status_size": {
        "fr": "La liste de statuts emploie plusieurs bits par entrée, ce que ce contrôle ne lit pas.",
        "en": "The status list uses several bits per entry, which this check does not read.",
    },
    "unsupported_suite": {
        "fr": "La forme de signature « {suite} » n'est pas reconnue.",
        "en": "The form of proof “{suite}” is not known.",
    },
    "unbaked_picture": {
        "fr": "Cette image n'est ni un PNG ni un SVG : elle ne peut pas porter de preuve numérique.",
        "en": "This picture is neither PNG nor SVG: it cannot hold a credential.",
    },
}
