"""A secretariat's queue around today: fictitious files in every state, always the same for the same day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.core.files.base import ContentFile

from parchemin.core.decision import Decision
from parchemin.core.facts import Document, ExperienceKind
from parchemin.project.demo.cast import Cast, bodies, identify
from parchemin.project.demo.papers import paper
from parchemin.project.demo.walking import at
from parchemin.records.candidacies.actions import closing, deciding, depositing, filling, opening, sharing, talking
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Reminder, RetentionRule, Status
from parchemin.records.people.models import Assurance, Organisation, Person, Role

GIVEN = (
    *("Alix", "Béranger", "Cyriane", "Doran", "Elouan", "Faustine", "Gaspard", "Héloïse"),
    *("Isée", "Joris", "Katell", "Léopold", "Maïwenn", "Noé", "Ondine", "Perle"),
)
FAMILY = (
    *("Abeille", "Bruyère", "Cormier", "Dauphin", "Érable", "Fougère", "Genêt", "Hêtre"),
    *("Iris", "Jonquille", "Lavande", "Muguet", "Noyer", "Orme", "Pivoine"),
)
FILES = 40
EVALUATING = (("evaluateur", Role.EVALUATOR), ("professionnel", Role.PROFESSIONAL))


def fill(cast: Cast, on: date) -> Iterator[Candidacy]:
    """Forty files, from drafts to decisions, spread over the last three months."""
    routes = _interleaved()
    for index in range(FILES if routes else 0):
        scheme, route = routes[index % len(routes)]
        began = on - timedelta(days=5 + (index * 7) % 90)
        opened = _opened(cast, index, scheme, route, began, "Candidat" if index < 3 else "")
        if opened is None:
            continue
        _advance(cast, opened, index, began, on)
        share(cast, opened, on)
        yield opened


def admitted(
    cast: Cast, index: int, scheme: str, route: str, began: date, *, said: str = "Candidat"
) -> Candidacy | None:
    """A file found admissible a few days after it began; None where the route is closed."""
    row = _opened(cast, index, scheme, route, began, said)
    if row is None:
        return None
    sent = _sent(row, index, began)
    _decide(row, cast.secretaries[scheme], sent)
    return row


def _opened(cast: Cast, index: int, scheme: str, route: str, began: date, said: str) -> Candidacy | None:
    called = f"candidat{index + 1:02d}"
    person = cast.person(called, GIVEN[index % len(GIVEN)], FAMILY[(index * 7) % len(FAMILY)], said)
    identify(person, at(began), index=index)
    opened = opening.open_candidacy(
        candidate=person, certification=cast.certifications[scheme], route=route, at=at(began), on=began
    )
    return None if isinstance(opened, Decision) else opened


def _interleaved() -> list[tuple[str, str]]:
    """A route of each certification in turn, then the second ones."""
    told = [[(body.scheme, route) for route in body.routes] for body in bodies()]
    longest = max((len(routes) for routes in told), default=0)
    return [routes[turn] for turn in range(longest) for routes in told if turn < len(routes)]


def rules(cast: Cast) -> None:
    """Reminders and retention of the first body, to be seen and changed."""
    body = next(iter(cast.bodies.values()))
    _reminders(body)
    for kind, months in ((RetentionRule.Kind.EVIDENCE, 24), (RetentionRule.Kind.DRAFTS, 6)):
        RetentionRule.objects.create(
            organisation=body, kind=kind, months=months, basis="Règlement fictif de conservation, art. 2"
        )


def _reminders(body: Organisation) -> None:
    Reminder.objects.create(
        organisation=body,
        status=Status.RETURNED,
        audience=Reminder.Audience.CANDIDATE,
        after=Reminder.After.WAITING,
        days=15,
        subject="Votre dossier attend un complément",
        words="Il manque encore quelque chose à votre dossier : la page du dossier dit quoi.",
    )
    Reminder.objects.create(
        organisation=body,
        status=Status.COMPLETE,
        audience=Reminder.Audience.SECRETARIAT,
        after=Reminder.After.DUE,
        days=10,
        subject="Une décision est due sous dix jours",
        words="Passé ce délai, le silence décidera.",
    )


def _advance(cast: Cast, row: Candidacy, index: int, began: date, on: date) -> None:
    person = row.candidate
    secretary = cast.secretaries[row.certification.scheme]
    if index % 8 == 7:
        _experience(row, person, began, years=4 if index % 5 else 2)
        return
    sent = _sent(row, index, began)
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: talking.send_message(
            candidacy=row, body="Bonjour, quand aurai-je une réponse ? Merci.", by=person, at=at(sent)
        ),
        lambda: depositing.return_application(
            candidacy=row,
            reasons="La pièce d’identité jointe est illisible : joignez-en une autre copie.",
            by=secretary,
            at=at(sent + timedelta(days=1)),
            on=sent + timedelta(days=1),
        ),
        lambda: _complete(row, secretary, sent),
        lambda: _decide(row, secretary, sent),
        lambda: _decide(row, secretary, sent, is_favourable=False),
        lambda: closing.withdraw_candidacy(
            candidacy=row, reason="Changement de projet", by=person, at=at(sent), on=sent
        ),
    )
    steps[index % len(steps)]()
    if index in (8, 15):
        talking.ask_accommodation(
            candidacy=row, need="Un tiers de temps en plus pour les écrits.", by=person, at=at(sent)
        )


def _sent(row: Candidacy, index: int, began: date) -> date:
    """The day the application was handed in, whole."""
    person = row.candidate
    _experience(row, person, began, years=4 if index % 5 else 2)
    depositing.accept_regulation(candidacy=row, by=person, at=at(began))
    _papers(row, person, began)
    asked = Judged(row, began).application.statements
    filling.declare(candidacy=row, answers=dict.fromkeys(asked, True), by=person, at=at(began))
    sent = began + timedelta(days=2)
    depositing.deposit_application(candidacy=row, by=person, at=at(sent), on=sent, is_insisting=True)
    return sent


def share(cast: Cast, row: Candidacy, on: date) -> None:
    """A file of the first body is open to the trainer by its candidate, then to those who evaluate by its secretary."""
    body = next(iter(cast.bodies))
    if row.certification.scheme != body or not row.is_active:
        return
    guests = [("formatrice", Role.COMPANION, row.candidate)]
    if row.status == Status.ADMISSIBLE:
        guests += [(called, role, cast.secretaries[body]) for called, role in EVALUATING]
    for called, role, by in guests:
        until_on = on + timedelta(days=60)
        sharing.grant_access(
            candidacy=row, person=cast.people[called], role=role, by=by, at=at(on), on=on, until_on=until_on
        )


def _experience(row: Candidacy, person: Person, began: date, *, years: int) -> None:
    scheme = Judged(row, began).scheme
    activity = filling.Activity(
        position="Assistante de formation",
        kind=ExperienceKind.EMPLOYMENT,
        from_on=began.replace(year=began.year - years, day=1),
        until_on=None,
        employer="Entreprise fictive",
        tags=tuple(scheme.experience_tags),
    )
    filling.save_experience(candidacy=row, activity=activity, by=person, at=at(began))


def _papers(row: Candidacy, person: Person, began: date) -> None:
    for kind in Judged(row, began).application.documents:
        drop(row, kind, began, ("candidate",))


def drop(row: Candidacy, kind: str, on: date, actors: Iterable[str]) -> None:
    """That document dropped by the candidate, and signed by each of these."""
    person = row.candidate
    made = paper(Document(id=kind, pages=3), row.number)
    version = filling.drop_document(
        candidacy=row, kind=kind, content=ContentFile(made.content), measured=made.measured, by=person, at=at(on)
    )
    for actor in actors:
        is_own = actor == "candidate"
        filling.sign_document(
            candidacy=row,
            version=version,
            actor=actor,
            signer=person.name if is_own else "Signataire de la démonstration",
            assurance=Assurance.PASSWORD,
            by=person if is_own else None,
            at=at(on),
        )


def _complete(row: Candidacy, secretary: Person, sent: date) -> None:
    for code in Judged(row, sent).application.statements:
        deciding.verify_statement(candidacy=row, code=code, is_true=True, by=secretary, at=at(sent))
    depositing.accept_application(
        candidacy=row, by=secretary, at=at(sent + timedelta(days=1)), on=sent + timedelta(days=1)
    )


def _decide(row: Candidacy, secretary: Person, sent: date, *, is_favourable: bool = True) -> None:
    _complete(row, secretary, sent)
    day = sent + timedelta(days=3)
    found = deciding.decide_admissibility(
        candidacy=row,
        is_favourable=is_favourable,
        reason="" if is_favourable else "Les activités décrites ne sont pas en rapport avec la certification.",
        by=secretary,
        at=at(day),
        on=day,
    )
    if isinstance(found, Decision):
        deciding.decide_admissibility(candidacy=row, is_favourable=False, reason="", by=secretary, at=at(day), on=day)
    if row.status == Status.REFUSED and not is_favourable:
        record = row.decisions.filter(answer="unfavourable").get()
        closing.file_appeal(
            record=record,
            grounds="Mes activités d’accueil et d’inscription relèvent bien du référentiel.",
            by=row.candidate,
            at=at(day + timedelta(days=1)),
            on=day + timedelta(days=1),
        )
