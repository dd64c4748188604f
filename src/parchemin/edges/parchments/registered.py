"""What the files of a certification say that a certificate must repeat; None where they are silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from parchemin.core.checks.base import AllOf, AnyOf, Silent
from parchemin.core.checks.validity import Lasts
from parchemin.core.decision import Stage
from parchemin.core.durations import Duration
from parchemin.core.scheme import Check, Register, Registration, Scheme
from parchemin.core.terms import Unknown, listed

T = TypeVar("T")
NO_PART = "none"
"""What a scheme says of partial awards when there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The facts to compare a certificate with; None where the certification's sources do not say.

    ``decisions`` are the texts of its registrations, ``certifier`` the legal name of its issuer. ``has_level`` is False
    when it is said that no level is given. ``is_ministerial`` tells a title of the ministry of labour from others.
    """

    title: str
    register: Register | None = None
    codes: frozenset[str] = frozenset()
    decisions: tuple[str, ...] = ()
    certifier: str | None = None
    has_level: bool | None = None
    eqf: int | None = None
    fr1969: str | None = None
    nsf: tuple[str, ...] | None = None
    blocks: Mapping[str, str] | None = None
    gives_block_certificates: bool | None = None
    is_temporary: bool | None = None
    is_ministerial: bool = False


def registered(scheme: Scheme, *, is_ministerial: bool = False) -> Registered:
    """What a resolved scheme says. Whether it is a title of the ministry of labour is not in its files: say so."""
    known = listed(scheme.registrations)
    level = None if isinstance(scheme.level, Unknown) else scheme.level
    eqf, fr1969 = (_known(level.eqf), _known(level.fr1969)) if level else (None, None)
    is_none = level is not None and level.eqf is None and level.fr1969 is None
    return Registered(
        title=scheme.title,
        register=_known(scheme.register),
        codes=frozenset(one.code for one in known if one.code),
        decisions=tuple(one.text for one in known if _counts(one)),
        certifier=next((body.title for body in listed(scheme.bodies) if body.id == scheme.award.issued_by), None),
        has_level=False if is_none else True if eqf or fr1969 else None,
        eqf=eqf,
        fr1969=fr1969,
        nsf=_known(scheme.codes.nsf),
        blocks={code: block.title for code, block in scheme.blocks.items() if isinstance(block.title, str)} or None,
        gives_block_certificates=_gives_block_certificates(scheme),
        is_temporary=_is_temporary(scheme),
        is_ministerial=is_ministerial,
    )


def _counts(registration: Registration) -> bool:
    return registration.register in (Register.RNCP, Register.RS)


def _gives_block_certificates(scheme: Scheme) -> bool | None:
    if scheme.award.partial == NO_PART:
        return False
    return _known(scheme.award.block_certificates)


def _is_temporary(scheme: Scheme) -> bool | None:
    ends = [_ends(rule.check) for rule in scheme.rules.get(Stage.VALIDITY, ())]
    told = [end for end in ends if end is not None]
    return any(told) if told else None


def _ends(check: Check) -> bool | None:
    """Whether the certificate ends under that check; None when the check is not about it, or does not say."""
    if isinstance(check, AnyOf | AllOf):
        told = [end for part in check.parts if (end := _ends(part.check)) is not None]
        return any(told) if told else None
    if isinstance(check, Silent) and check.of == "lasts" and check.known.get("subject") == "certificate":
        lasts = check.known.get("lasts")
        return None if lasts is None else lasts != "unlimited"
    if isinstance(check, Lasts) and check.subject == "certificate":
        return isinstance(check.lasts, Duration)
    return None


def _known(value: T | Unknown) -> T | None:
    return None if isinstance(value, Unknown) else value
