"""Whether what a passage was refused for was put right since: else it waits, and is not sent to be refused again."""

from hashlib import sha256

from parchemin.edges.cpf.passages import Holder
from parchemin.edges.cpf.refusals import Fix, fix_of, folded
from parchemin.edges.cpf.telling import holder_of
from parchemin.records.people.models import CivilIdentity
from parchemin.records.transmissions.models import Answer

BY_IDENTITY = (Fix.IDENTITY, Fix.ANYWHERE)
"""What another identity may put right."""


def holder_digest(identity: CivilIdentity, technical_id: str) -> str:
    """A digest of whom the Caisse looks for under that identity, other under another technical id.

    Accents count for nothing. All that is sent of a holder does otherwise: the last step looks for the commune of
    birth "et toutes autres données transmises". Source: Caisse des Dépôts, *Guide d'accompagnement à la lecture de
    l'accusé de traitement* V3, p. 4-5. It says nothing of capitals: here, they put nothing right.
    """
    return sha256("\n".join([technical_id, *_sought(holder_of(identity))]).encode()).hexdigest()


def awaited(answer: Answer, identity: CivilIdentity | None) -> tuple[Fix, ...]:
    """Where a refused passage is still to be put right, once each; nothing when it may go again."""
    fixes = dict.fromkeys(fix_of(one) for one in answer.reasons or [""])
    is_other = identity is not None and holder_digest(identity, answer.sending.technical_id) != answer.sending.holder
    return tuple(one for one in fixes if not (is_other and one in BY_IDENTITY))


def _sought(holder: Holder) -> list[str]:
    place, born = holder.birthplace, holder.born
    told = (holder.birth_name, *holder.first_names, holder.sex, born.year, born.month, born.day)
    return [folded(str(one)) for one in (*told, holder.used_name, place.insee, place.postcode, place.town)]
