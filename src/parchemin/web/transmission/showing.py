"""Lines and files in words: where they stand, what they lack, and where it is put right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parchemin.edges.cpf.correcting import awaited
from parchemin.edges.cpf.receiving import explained
from parchemin.edges.cpf.refusals import Fix, fix_of
from parchemin.edges.cpf.telling import Fit, fit_of, identity_in
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.records.transmissions.models import WAITING, Bar, Batch, Line, Sending, State
from parchemin.records.transmissions.queries.lines import SOON, held_back

Look = Mapping[str, str]
LOOKS: Mapping[State, tuple[str, str]] = {
    State.READY: ("now", "send"),
    State.SENT: ("unknown", "hourglass"),
    State.ACCEPTED: ("met", "circle-check"),
    State.REJECTED: ("not_met", "circle-x"),
    State.TO_WITHDRAW: ("not_met", "undo-2"),
    State.WITHDRAWING: ("unknown", "hourglass"),
    State.WITHDRAWN: ("", "archive"),
    State.EXCLUDED: ("", "minus"),
    State.CLOSED: ("", "minus"),
    State.BARRED: ("", "lock"),
}

REFUSED = (State.REJECTED, State.TO_WITHDRAW)
"""Where what was answered last may still be to put right."""
WAITS: Mapping[Fix, Any] = {
    Fix.IDENTITY: gettext_lazy("Elle attend que l’état civil soit corrigé, puis comparé : elle repartira alors."),
    Fix.CERTIFICATE: gettext_lazy("Elle attend : corrigez le certificat, et c’est le nouveau qui partira."),
    Fix.ANYWHERE: gettext_lazy("Elle attend que l’état civil change, ou que vous disiez qu’elle peut repartir."),
    Fix.OUTSIDE: gettext_lazy("Déjà en base : ce fichier a été déposé deux fois ; apportez l’accusé du premier dépôt."),
}
"""What a refused line waits for, by where it is put right."""
MENDED = gettext_lazy("L’état civil a changé depuis : elle repartira dans le prochain fichier.")
HELD = gettext_lazy("L’état civil a changé depuis : elle repartira une fois réglé ce qui suit.")
REPEATED = WAITS[Fix.OUTSIDE]


@dataclass(frozen=True, slots=True)
class Why:
    """One thing to know of a line: the reason as it was given, what it means and the fix, where it is made.

    ``said`` and ``fix`` of the Caisse des Dépôts are French whatever the page; ``is_awaited`` keeps it from going.
    """

    fix: str
    said: str = ""
    way: tuple[str, str] | None = None
    is_french: bool = False
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as lists draw it; ``awaits`` is where what was refused is still to be put right."""

    row: Line
    number: str
    holder: str
    look: Look
    is_waiting: bool
    awaits: tuple[Fix, ...] = ()
    whys: list[Why] = field(default_factory=list)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Where what is to know of it is put right, each place once."""
        return list(dict.fromkeys(one.way for one in self.whys if one.way))


def look_of(state: str) -> Look:
    """Where a line stands, as components draw it."""
    found = State(state)
    tone, icon = LOOKS[found]
    return {"tone": tone, "icon": icon, "label": str(found.label)}


def _look(row: Line, awaits: tuple[Fix, ...], fit: Fit, is_held: bool) -> Look:
    if row.state != State.REJECTED:
        return look_of(row.state)
    if awaits:
        return {"tone": "not_met", "icon": "circle-x", "label": _("Refusée, à corriger")}
    if _goes(fit, is_held):
        return {"tone": "now", "icon": "send", "label": _("Corrigée, à transmettre")}
    label = _("Corrigée, en attente") if fit.is_checked else _("Corrigée, à comparer")
    return {"tone": "unknown", "icon": "hourglass", "label": label}


def _goes(fit: Fit, is_held: bool) -> bool:
    """Whether nothing but a file is missing to what was put right."""
    return fit.is_ready and not is_held


def shown_lines(rows: Iterable[Line], standing: Standing) -> list[Shown]:
    """These lines with what each lacks or was answered; one query more, however many."""
    lines = list(rows)
    waiting = Line.objects.filter(pk__in=[one.pk for one in lines if one.state in WAITING])
    held = set(held_back(waiting, is_held=True).values_list("pk", flat=True))
    return [_shown(one, one.pk in held, standing) for one in lines]


def _shown(row: Line, is_held: bool, standing: Standing) -> Shown:
    told = row.certificate.told["holder"]
    is_waiting = row.state in WAITING
    fit = fit_of(identity_in(row), row.certificate.awarded_on)
    awaits = _awaited(row)
    mended = MENDED if _goes(fit, is_held) else HELD
    whys = [*_set_aside(row), *_answered(row, standing, awaits, mended), *_lacking(row, fit, is_held, standing)]
    return Shown(
        row=row,
        number=grouped(row.certificate.number),
        holder=f"{told['first_names'][0]} {told['used_name'] or told['birth_name']}",
        look=_look(row, awaits, fit, is_held),
        is_waiting=is_waiting,
        awaits=awaits,
        whys=whys,
    )


def answered_in(batch: Batch, rows: Iterable[Line], standing: Standing) -> list[Shown]:
    """These lines as the receipt of that file left them, with where what was refused is put right."""
    return [_in_file(one, batch, standing) for one in shown_lines(rows, standing)]


def _in_file(one: Shown, batch: Batch, standing: Standing) -> Shown:
    sent = _sent(next(each for each in one.row.sendings.all() if each.batch_id == batch.pk))
    whys = sent["whys"]
    if one.row.state in REFUSED:
        whys = [replace(why, way=_mended(one.row, fix_of(why.said), standing)) for why in whys]
    return replace(one, look=sent["look"], whys=whys, is_waiting=False)


def _awaited(row: Line) -> tuple[Fix, ...]:
    return awaited(answer_of(row), identity_in(row)) if row.state == State.REJECTED else ()


def _answered(row: Line, standing: Standing, awaits: tuple[Fix, ...], mended: Any) -> Iterator[Why]:
    """What was answered last, while it is still to be put right, and what it waits for to go again."""
    last = answer_of(row)
    if last is None or last.is_accepted or row.state not in REFUSED:
        return
    for said in last.reasons:
        yield Why(explained(said), said=said, way=_mended(row, fix_of(said), standing), is_french=True)
    if row.state == State.REJECTED:
        told = [WAITS[one] for one in awaits] or [mended]
        yield from (Why(str(one), is_awaited=mended is HELD or bool(awaits)) for one in told)


def _mended(row: Line, fix: Fix, standing: Standing) -> tuple[str, str] | None:
    """Where it is put right, as far as it is here."""
    if fix is Fix.CERTIFICATE:
        return _("Voir le certificat"), reverse("award:certificate", args=[row.certificate_id])
    return None if fix is Fix.OUTSIDE else _file(row, standing)


def answer_of(row: Line) -> Any:
    """The answer to the last file the line was in that has one; None without any."""
    answers = [getattr(one, "answer", None) for one in row.sendings.all()]
    return next((one for one in reversed(answers) if one is not None), None)


def _lacking(row: Line, fit: Fit, is_held: bool, standing: Standing) -> list[Why]:
    if row.state not in (*WAITING, State.TO_WITHDRAW):
        return []
    way = _file(row, standing)
    found = [] if row.state == State.TO_WITHDRAW else [*_held(row, is_held)]
    return [*found, *lacks(fit, way, is_withdrawal=row.state == State.TO_WITHDRAW)]


def lacks(fit: Fit, way: tuple[str, str] | None, *, is_withdrawal: bool = False) -> list[Why]:
    """What an identity lacks to be told."""
    if not fit.is_known:
        return [Why(_("L’état civil manque : sans lui, la Caisse des Dépôts ne trouve personne."), way=way)]
    found = [Why(one.sentence, way=way, is_french=True) for one in fit.problems]
    if not fit.is_checked and not is_withdrawal:
        found.append(Why(_("L’état civil n’a pas été comparé avec une pièce d’identité."), way=way))
    return found


def _held(row: Line, is_held: bool) -> Iterable[Why]:
    if is_held:
        way = _("Voir le certificat"), reverse("award:certificate", args=[row.certificate_id])
        text = _("Le certificat est suspendu, ou en corrige un autre qui n’est pas encore retiré : il attend.")
        yield Why(text, way=way)


def _set_aside(row: Line) -> Iterable[Why]:
    if row.state == State.EXCLUDED:
        yield Why(row.reason)
    elif row.state == State.BARRED:
        yield Why(str(Bar(row.bar).label))
    elif row.state == State.TO_WITHDRAW:
        yield Why(_("Le certificat a été retiré ou remplacé depuis que la Caisse des Dépôts l’a accepté."))
    elif row.state == State.CLOSED:
        yield Why(_("Le certificat a été retiré ou remplacé avant d’être transmis."))


def _file(row: Line, standing: Standing) -> tuple[str, str] | None:
    if not standing.has(Action.SEE_FILE):
        return None
    return _("Ouvrir le dossier"), reverse("secretariat:file", args=[row.certificate.candidacy_id])


def due_tone(row: Line, on: date) -> str:
    """Whether the last day is past or near, while the line waits."""
    if row.state not in WAITING or row.due_on > on + SOON:
        return ""
    return "late" if row.due_on < on else "soon"


def look_of_batch(row: Batch) -> Look:
    """Where a file stands."""
    if row.is_dropped:
        return {"tone": "", "icon": "minus", "label": _("Abandonné")}
    if any(one.faults for one in row.receipts.all()):
        return {"tone": "not_met", "icon": "circle-x", "label": _("Refusé en entier")}
    answered = getattr(row, "answered", 0)
    if answered == row.count:
        return {"tone": "met", "icon": "circle-check", "label": _("Répondu")}
    return {"tone": "unknown", "icon": "hourglass", "label": _("En attente de l’accusé")}


def history_of(row: Line) -> list[dict[str, Any]]:
    """Every file the line was in, the first first, with what was answered."""
    return [_sent(one) for one in row.sendings.all()]


def _sent(one: Sending) -> dict[str, Any]:
    answer = getattr(one, "answer", None)
    look = {"tone": "unknown", "icon": "hourglass", "label": _("Sans réponse")}
    if answer is not None:
        right, wrong = ("met", "circle-check", _("Accepté")), ("not_met", "circle-x", _("Refusé"))
        tone, icon, label = right if answer.is_accepted else wrong
        look = {"tone": tone, "icon": icon, "label": label}
    whys = [Why(explained(reason), said=reason, is_french=True) for reason in answer.reasons] if answer else []
    return {"row": one, "look": look, "whys": whys, "release": getattr(answer, "release", None)}
