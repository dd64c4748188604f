"""A page to do one thing on a file: its form, the letter it will send, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from parchemin.core.decision import Decision
from parchemin.core.plain import decision_to_plain
from parchemin.records.people.models import Person
from parchemin.web.secretariat.attempting import attempted
from parchemin.web.secretariat.desk import Desk
from parchemin.web.secretariat.drafts import keeping, sent
from parchemin.web.shared.letters import preview

UNWRITTEN = "[…]"


@dataclass(frozen=True, kw_only=True)
class Draw:
    """The letter an act will send: its kind, its values and the decision it quotes."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing done on a file, and what is said around it.

    ``name`` is that of its draft, with what it is about after a colon when a file may have several; ``letter`` makes
    the letter from the words of the form; ``said`` is told when it is done.
    """

    name: str
    title: str
    button: str
    said: str
    lede: str = ""
    warning: str = ""
    is_danger: bool = False
    has_next: bool = False
    template: str = "secretariat/act.html"
    letter: Callable[[Mapping[str, Any]], Draw] | None = None
    context: Mapping[str, Any] = field(default_factory=dict)


def acted(
    desk: Desk,
    act: Act,
    make: Callable[..., forms.Form],
    do: Callable[[Any], Any],
    initial: Mapping[str, Any],
    asked: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of the act; sent, it is done and one goes on, or told why it is not and nothing typed is lost.

    ``make`` makes the form, ``do`` does the act from the valid form. It starts from ``initial``, then from what was
    typed before, then from what was ``asked`` by opening it. With ``preview`` nothing is done: the letter is shown as
    the form stands.
    """
    request = desk.request
    start = {"revision": desk.candidacy.revision, **initial}
    if request.method != "POST":
        return _page(desk, act, sent(desk, act.name, make, initial=start, asked=asked))  # type: ignore[arg-type]
    if "preview" in request.POST:
        return _previewed(desk, act, make, start)
    form = keeping(desk, act.name, make(request.POST))
    if not form.is_valid():
        return _page(desk, act, form)
    attempt = attempted(form, lambda: do(form))
    if attempt.is_done:
        sent(desk, act.name, make, is_done=True, initial=start)  # type: ignore[arg-type]
        messages.success(request, act.said)
        return desk.onwards()
    status = 409 if attempt.changes is not None else 200
    return _page(desk, act, form, changes=attempt.changes, refusal=attempt.refusal, status=status)


def _previewed(desk: Desk, act: Act, make: Callable[..., forms.Form], start: Mapping[str, Any]) -> HttpResponse:
    """The letter alone for a page that is being typed in, or the whole page with the letter as the form stands."""
    sent_form = make(desk.request.POST)
    if getattr(desk.request, "htmx", False):
        context = {"row": desk.candidacy, "letter": letter_of(desk, act, sent_form)}
        return render(desk.request, "secretariat/letter_part.html", context)
    form = keeping(desk, act.name, make(initial={**start, **_typed(sent_form)}))
    return _page(desk, act, form)


def _page(
    desk: Desk,
    act: Act,
    form: forms.Form,
    *,
    changes: list[str] | None = None,
    refusal: Decision | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "desk": desk,
        "row": desk.candidacy,
        "act": act,
        "form": form,
        "letter": letter_of(desk, act, form),
        "changes": changes,
        "refusal": refusal,
        "next_url": desk.following if act.has_next else "",
        "crumbs": desk.crumbs(act.title),
        **act.context,
    }
    return render(desk.request, act.template, context, status=status)


def letter_of(desk: Desk, act: Act, form: forms.Form) -> tuple[str, str] | None:
    """The subject and the text of the letter as the form stands, what is not written yet shown as such."""
    if act.letter is None:
        return None
    draw = act.letter(_typed(form))
    values = {name: value if str(value or "").strip() else UNWRITTEN for name, value in draw.values.items()}
    by = desk.request.user if isinstance(desk.request.user, Person) else None
    decision = decision_to_plain(draw.decision) if draw.decision else None
    return preview(desk.candidacy, draw.kind, dated_on=desk.on, decision=decision, values=values, by=by)


def _typed(form: forms.Form) -> dict[str, Any]:
    """What the form holds for now, sent or not."""
    found: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        found[name] = value if value is not None else ""
    return found


def nothing_to_do(desk: Desk, sentence: str = "") -> HttpResponse:
    """Back to the file, which is no longer where this could be done."""
    told = sentence or _("Le dossier est dans l’état « %(state)s » : il n’y a plus lieu de le faire.")
    messages.error(desk.request, told % {"state": desk.candidacy.get_status_display()})
    return desk.back()
