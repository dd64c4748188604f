"""A list of codes and marks as a spreadsheet wrote it, read line by line; every fault is told with its line."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

MOST_BYTES = 200_000
MOST_LINES = 500
HEADS = ("code", "ue", "unité", "unite")
YES = ("acquis", "acquise", "validé", "validée", "valide", "oui", "v")
NO = ("à acquérir", "non acquis", "non acquise", "non validé", "non validée", "non", "nv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One line of the file: a code, and what is said of it."""

    number: int
    code: str
    mark: Decimal | None = None
    is_acquired: bool | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds, and why it cannot be taken; nothing is taken of one that has a fault."""

    lines: tuple[Read, ...]
    faults: tuple[str, ...]


def read_sheet(content: bytes, levels: Mapping[str, tuple[str, ...]]) -> Sheet:
    """The lines of that file; ``levels`` are the codes known, with the levels that each may be at."""
    if len(content) > MOST_BYTES:
        return Sheet((), (_("Le fichier est trop lourd : %(n)s ko au plus.") % {"n": MOST_BYTES // 1000},))
    text = _decoded(content)
    if text is None:
        return Sheet((), (_("Ce fichier ne se lit pas comme un texte : enregistrez-le en CSV, puis recommencez."),))
    lines, faults, seen = [], [], set[str]()
    for number, cells in _rows(text):
        found = _line(number, cells, levels)
        if isinstance(found, str):
            faults.append(_at(number, found))
        elif found.code in seen:
            faults.append(_at(number, _("« %(code)s » est déjà plus haut dans le fichier.") % {"code": found.code}))
        else:
            seen.add(found.code)
            lines.append(found)
    if not lines and not faults:
        faults.append(_("Le fichier est vide : il faut une ligne par code, puis sa note."))
    if len(lines) + len(faults) > MOST_LINES:
        return Sheet((), (_("Le fichier a trop de lignes : %(n)s au plus.") % {"n": MOST_LINES},))
    return Sheet(tuple(lines), tuple(faults))


def mark_of(text: str) -> Decimal | None:
    """The number written there, with a comma or a point; None when it is none."""
    try:
        found = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _decoded(content: bytes) -> str | None:
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip().partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    for number, cells in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
        told = [cell.strip().removeprefix("'") for cell in cells]
        if any(told) and not (number == 1 and told[0].lower() in HEADS):
            yield number, told


def _line(number: int, cells: list[str], levels: Mapping[str, tuple[str, ...]]) -> Read | str:
    """The line, or what is wrong with it."""
    code, values = cells[0], [one for one in cells[1:3] if one]
    if code not in levels:
        return _("« %(code)s » n’est ni une unité d’enseignement ni un apprentissage critique du référentiel.") % {
            "code": code
        }
    if not values:
        return _("« %(code)s » n’a ni note ni résultat.") % {"code": code}
    mark, is_acquired, level = None, None, ""
    for one in values:
        if one.lower() in YES + NO:
            is_acquired = one.lower() in YES
        elif one in levels[code]:
            level = one
        elif (number_read := mark_of(one)) is not None and -number_read.as_tuple().exponent <= 2:  # type: ignore[operator]
            mark = number_read
        else:
            return _("« %(value)s » n’est ni une note (deux décimales au plus), ni « acquis », ni « à acquérir ».") % {
                "value": one
            }
    return Read(number=number, code=code, mark=mark, is_acquired=is_acquired, level=level)


def _at(number: int, said: str) -> str:
    return _("Ligne %(n)s : %(said)s") % {"n": number, "said": said}
