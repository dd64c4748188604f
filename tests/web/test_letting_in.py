"""Whoever is let in gets through: every address opens and, given what it asks for, does what it says.

What is sent is the form of the page itself, as a browser would, once ``ANSWERS`` are given in it. ``SHUT`` lists what
does not get through here, and why.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import deciding, depositing
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import PartnerAuthorisation, Person
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.cast import AT, MASTER, ON, TITLE, Cast
from tests.web.posted import typed
from tests.web.secretariat import desk
from tests.web.test_every_url import ROLES, TABLE, Line, World, cast, that_day, url_of, world

__all__ = ["cast", "that_day", "world"]
DAY = "2026-03-02"
WHO = {"bearer": "Rose Exemple", "quality": "Directrice", "email": "rose@example.net"}
SINCERE = {"quality": "Directrice", "is_sincere": "on"}
REASON = {"reason": "Vu en commission."}
ANSWERS: dict[str, Mapping[str, object]] = {
    "set_language": {"language": "fr"},
    "access:leave": {"is_sure": "on"},
    "access:start_view_as": {"reason": "Aide demandée par téléphone."},
    "companion:act": {"is_confirmed": "yes", **SINCERE},
    "candidate:add_experience": {"position": "Assistante", "from_on": "2021-01-01", "is_running": "on"},
    "candidate:ask_attestation": WHO,
    "candidate:statements": {"is_accepted": "on"},
    "candidate:aim": {"target": "certification"},
    "candidate:provider": {"provider": "{provider}"},
    "candidate:proofs": {"proof_title": "Certificat de travail", "file": paths.pdf},
    "candidate:document": {"file": paths.pdf},
    "candidate:proof": {"file": paths.pdf},
    "candidate:ask_signature": WHO,
    "candidate:ask_endorsement": WHO,
    "candidate:deposit": {"is_read": "on", "is_insisting": "on"},
    "candidate:deposit_file": {"is_read": "on"},
    "candidate:messages": {"body": "Bonjour."},
    "candidate:access": {"email": "rose@example.net", "is_understood": "on"},
    "candidate:accommodation": {"need": "Un tiers-temps."},
    "candidate:change_route": {"route": "continuing", "reason": "Un contrat signé."},
    "candidate:withdraw": {"is_sure": "on"},
    "candidate:appeal": {"grounds": "La durée est mal comptée."},
    "candidate:exhibits": {"file": paths.pdf},
    "secretariat:several": {"act": "charge"},
    "secretariat:save_view": {"name": "Les miens", "query": "status=received"},
    "secretariat:message": {"body": "Bonjour."},
    "secretariat:verify_statement": {"found": "yes"},
    "secretariat:verify_experience": {"found": "yes"},
    "secretariat:verify_identity": {"found": "yes"},
    "secretariat:draft": {"body": "Bonj"},
    "secretariat:return": {"words": "Il manque une signature."},
    "secretariat:decide": {"answer": "favourable", **REASON},
    "secretariat:override": {"source": "PV du 3 mars", **REASON},
    "secretariat:answer_file": {"answer": "complete"},
    "secretariat:access": {"email": "rose@example.net"},
    "secretariat:transfer": {"to": "{elsewhere}", **REASON},
    "secretariat:step": {"done_on": DAY},
    "secretariat:lapse": REASON,
    "secretariat:restore": REASON,
    "secretariat:appeal": {"answer": "rejected", **REASON},
    "secretariat:accommodation": {"answer": "granted", "measures": "Un tiers-temps."},
    "secretariat:new_reminder": {
        "organisation": "{organisation}",
        "status": "received",
        "audience": "candidate",
        "after": "due",
        "days": "7",
        "subject": "Rappel",
        "words": "Bonjour.",
    },
    "secretariat:new_accreditation": {"email": "esther@example.org", "from_on": DAY},
    "secretariat:renew_accreditation": {"from_on": "2027-03-02"},
    "secretariat:withdraw_accreditation": REASON,
    "secretariat:new_partner": {
        "provider": "{provider}",
        "scope": next(iter(PartnerAuthorisation.Scope)),
        "from_on": DAY,
        "contract": "2026-1",
    },
    "secretariat:renew_partner": {"from_on": "2027-03-02"},
    "secretariat:suspend_partner": REASON,
    "pathway:add_training": {
        "title": "Atelier",
        "kind": "course",
        "codes": lambda: ["C1"],
        "hours_planned": "7",
    },
    "pathway:training_hours": {"hours": "3"},
    "pathway:contract_state": {"state": "started"},
    "pathway:write_liaison": {"words": "Bonne semaine."},
    "pathway:ask_liaison": {"email": "rose@example.net"},
    "pathway:liaison": {"words": "Bien reçu."},
    "pathway:plan_visit": {"on": "2026-04-01", "at": "10:00", "place": "Atelier du port"},
    "pathway:report_visit": {"present": "Rose Exemple", "report": "Tout va bien."},
    "pathway:ask_observation": {**WHO, "codes": lambda: ["C1"]},
    "jury:tell_absence": {"from_on": DAY, "until_on": DAY},
    "jury:cancel": REASON,
    "jury:seat": {"person": "{in_reserve}"},
    "jury:nominate": {"act": paths.pdf},
    "jury:expenses": {"expenses": "claimed"},
    "jury:take_off": REASON,
    "jury:drop_minutes": REASON,
    "jury:sign_by_link": {"is_read": "on", "is_sincere": "on"},
    "jury:ties": {"others": "1"},
    "jury:preview": {"revision": "0"},
    "jury:recuse": {"revision": "0", **REASON},
    "jury:take_back": {"revision": "0"},
    "award:session": {"awarded_on": DAY},
    "award:house": {"place": "Nantes", "signatory": "Rose Exemple", "signatory_title": "Présidente"},
    "award:revoke": {**REASON, "is_sure": "on"},
    "award:suspend": {**REASON, "is_sure": "on"},
    "award:reinstate": {**REASON, "is_sure": "on"},
    "award:duplicate": {**REASON, "proof": "Passeport présenté.", "is_sure": "on"},
    "surveyed:answer": {"situation": "employed", "is_target_job": "yes", "act": "answer"},
    "transmission:settings": {
        "emitter": "00AAA000",
        "certifier": "00AAA000",
        "contract": "MCFCER000124",
        "version": "1.1.5",
    },
    "transmission:exclude": REASON,
    "transmission:release": REASON,
    "recommendation:make": {"subject": "organisme:{elsewhere}", "words": "Utile.", "then": "sign"},
    "recommendation:withdraw": {**REASON, "is_sure": "on"},
    "verification:answer": {"name": "Fictive", "born_on": "1984-03-09"},
    "verification:file": {"file": paths.pdf},
    "held:shares": {"ends_on": "2026-04-02"},
    "administration:new_organisation": {"name": "Organisme du port"},
    "administration:rename_organisation": {"name": "Commission renouvelée", "from_on": DAY},
    "administration:alias": {"name": "La commission"},
    "administration:new_centre": {"name": "Centre du port"},
    "administration:invite": {"email": "nina@example.net", "role": "secretary", "organisation": "{organisation}"},
    "administration:grant": {"role": "jury_member", "organisation": "{organisation}", "from_on": DAY},
    "administration:contact": {"contact": "jury@example.org"},
    "administration:fill_gaps": {
        "name": "2026-autre",
        "title": "PV",
        "where": "art. 3",
        "decided_on": DAY,
        "gap-0": "P3Y",
    },
    "administration:retention_rules": {"messages_months": "12", "messages_basis": "Décision du bureau."},
    "administration:run_retention": {"is_sure": "on"},
}
INSTEAD: dict[str, dict[str, str]] = {
    "candidate:deposit_file": {"file": "admissible"},
    "candidate:accommodation": {"file": "admissible"},
    "candidate:confirm": {"file": "admissible"},
    "candidate:ask_attestation": {"file": "received", "experience": "received_experience"},
    "candidate:deposit": {"file": "ready"},
    "candidate:aim": {"refused": "ready"},
    "candidate:provider": {"file": "received"},
    "candidate:appeal": {"refused": "refused_again", "record": "record_again"},
    "secretariat:decide": {"received": "complete"},
    "secretariat:override": {"received": "short"},
    "secretariat:answer_file": {"received": "handed_in"},
    "secretariat:step": {"received": "handed_in"},
    "secretariat:lapse": {"received": "handed_in"},
    "secretariat:restore": {"received": "lapsed"},
}
"""What stands for what the table names, where another state is wanted."""
FILES = ("file", "received", "refused")
SHOWN = {"secretariat:verify_identity": "secretariat:file"}
"""The page that shows the form of an address that has none, where it holds more than the file's revision."""
SHUT = {
    "access:first_access get": "nobody keeps the platform yet when that link is made: tests/web/access/test_doors.py",
    "access:first_access post": "the same",
    "access:portable post": "there is nothing to send: it is read",
    "assessment:bring post": "a file comes with it: tests/web/assessment/test_ledger.py",
    "assessment:join get": "an admissible file wants it, the one given is not: the same",
    "assessment:join post": "the same",
    "assessment:transmit post": "only a whole file goes: the same",
    "pathway:open_positioning post": "one is open already: tests/web/pathway/test_positioning.py",
    "pathway:close_positioning get": "it closes once its leader concluded on everything: the same",
    "pathway:close_positioning post": "the same",
    "pathway:hand_on get": "the document that is handed on comes with a positioning closed: the same",
    "pathway:hand_on post": "the same",
    "pathway:finish_step get": "the route given has no such step: tests/web/pathway/test_plan.py",
    "pathway:finish_step post": "the same",
    "pathway:approve_plan post": "who approves is one of the actors of the scheme: the same",
    "pathway:correct_liaison get": "it is corrected for a day: tests/web/pathway/test_alternance.py",
    "pathway:correct_liaison post": "the same",
    "pathway:new_contract post": "a contract runs already: tests/web/pathway/test_alternance.py",
    "pathway:add_evidence post": "a file comes with it: tests/web/pathway/test_evidence.py",
    "pathway:several_evidence get": "pieces are ticked first: tests/web/pathway/test_several.py",
    "pathway:several_evidence post": "the same",
    "pathway:ask_vouching post": "a link waits for an answer already: the same",
    "pathway:one_evidence post": "what is submitted is commented no more: tests/web/pathway/test_evidence.py",
    "pathway:observe post": "a mark by competence: tests/web/pathway/test_work.py",
    "pathway:keep_work post": "the window that writes says which it is: tests/web/pathway/test_works.py",
    "pathway:freeze_work post": "the same",
    "assessment:sitting post": "a file that is admissible wants it: tests/web/assessment/test_rating.py",
    "assessment:grid post": "lines of a sheet come with it: tests/web/assessment/test_rating.py",
    "assessment:summon post": "a file that is admissible wants it: tests/web/assessment/test_planning.py",
    "assessment:move_sitting post": "the same",
    "assessment:cancel_sitting post": "the same",
    "assessment:evaluators post": "the same",
    "assessment:remove_evaluator post": "the same",
    "assessment:tell_sitting post": "the same",
    "assessment:correct post": "the same",
    "secretariat:record_appeal get": "a level before a court wants it: tests/web/jury/test_appeals.py",
    "secretariat:record_appeal post": "the same",
    "jury:sign_minutes post": "who signs proves who they are before they read: tests/web/jury/test_minutes.py",
    "jury:ask_signature post": "a link waits already: tests/web/jury/test_signing_by_link.py",
    "jury:present_again post": "only a whole file is presented: tests/web/jury/test_results.py",
    "jury:add_to_agenda post": "only a file that the jury has is ticked: tests/web/jury/test_preparing.py",
    "jury:open post": "a session under way wants it: tests/web/jury/test_deliberating.py",
    "jury:presence post": "the same",
    "jury:incident post": "the same",
    "jury:decide post": "the same",
    "jury:reopen post": "the same",
    "jury:vote post": "the same",
    "jury:held post": "the same",
    "award:extract get": "minutes that a jury drew want it: tests/web/award/test_papers.py",
    "held:extract get": "the same",
    "award:statement post": "a jury that refused all wants it: tests/web/award/test_papers.py",
    "verification:api post": "it reads JSON and no form: tests/web/verification/test_api.py",
    "award:correct post": "what it says is wrong first: tests/web/award/test_award.py",
    "figures:publish post": "the year is over first: tests/web/figures/test_figures.py",
    "transmission:batch post": "the receipt of that very file: tests/web/transmission/test_transmission.py",
    "administration:publish post": "all that comes with the software is published: test_publishing.py, beside it",
    "administration:publish_ruling post": "a ruling fills its silences: tests/web/administration/test_rulings.py",
    "administration:publish_files post": "the same, for another page: tests/web/administration/test_impact.py",
    "administration:version_files post": "a second version wants it: tests/web/administration/test_impact.py",
    "administration:publish_checked post": "what the page before sealed: tests/web/administration/test_publishing.py",
}


@pytest.fixture
def given(cast: Cast, world: World) -> dict[str, object]:
    """What addresses are given, and files further on their way."""
    apart = iter(casting.person(f"candidat{number}", "Candidat", f"Numéro {number}") for number in range(4))
    admissible = casting.opened(cast.candidate, cast.certification(MASTER))
    casting.worked(admissible)
    _answered(cast, casting.deposited(admissible))
    desk.dropped(admissible, Judged(admissible, ON).later.documents[0])
    short = casting.opened(next(apart), cast.certification())
    desk.dropped(short, "admissibility_file")
    depositing.accept_application(candidacy=casting.deposited(short), by=cast.secretary, at=AT, on=ON)
    handed_in, lapsed = desk.decided(cast, next(apart)), desk.decided(cast, next(apart))
    desk.dropped(handed_in, "vae_file", signed=("candidate", "sector_professional", "external_evaluator"))
    depositing.deposit_file(candidacy=handed_in, by=handed_in.candidate, at=desk.NOW, on=desk.TODAY)
    deciding.lapse_candidacy(candidacy=lapsed, reason="x", by=cast.secretary, at=desk.NOW, on=desk.TODAY)
    refused = casting.opened(cast.candidate, cast.certification(TITLE))
    record = _answered(cast, casting.deposited(refused), is_favourable=False)
    ready = casting.accepted(casting.opened(cast.candidate, cast.certification(TITLE)))
    files = {"admissible": admissible, "short": short, "handed_in": handed_in, "lapsed": lapsed}
    files |= {"complete": desk.complete(cast, next(apart)), "ready": ready, "refused_again": refused}
    provider = PartnerAuthorisation.objects.get().provider_id
    others = {"record_again": record, "provider": provider, "elsewhere": cast.other_organisation.pk}
    return world.given | {name: row.pk for name, row in files.items()} | others


def _answered(cast: Cast, row: Candidacy, *, is_favourable: bool = True) -> UUID:
    depositing.accept_application(candidacy=row, by=cast.secretary, at=AT, on=ON)
    deciding.decide_admissibility(
        candidacy=row, is_favourable=is_favourable, reason="Vu.", by=cast.secretary, at=AT, on=ON
    )
    return row.decisions.latest("decided_at").pk


def forms_of(answer: Any) -> list[BaseForm]:
    """The forms that were sent and that the page shows again."""
    drawn = answer.context if isinstance(answer.context, list) else [answer.context] if answer.context else []
    shown = [value for context in drawn for value in context.flatten().values()]
    return [one for one in shown if isinstance(one, BaseForm) and one.is_bound]


def is_through(answer: Any) -> bool:
    """Whether it opened, or was done, without a word of refusal, and without being asked to sign in (again) first."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    doors = (reverse("account_login"), reverse("account_reauthenticate"))
    is_refused = any(one.level >= ERROR for one in get_messages(answer.wsgi_request))
    is_refused |= any(form.errors for form in forms_of(answer))
    return answer.status_code < 400 and not is_refused and not answer.headers.get("Location", "").startswith(doors)


def sent(client: Client, entry: str, line: Line, url: str, given: dict[str, object]) -> dict[str, object]:
    """What is sent there: the form that goes there, filled in; without a page that shows it, the file's revision."""
    answers = {name: _answer(value, given) for name, value in ANSWERS.get(entry, {}).items()}
    page = SHOWN.get(entry) or (entry if line.methods != "post" else "")
    if page:
        return typed(client.get(url_of(page, TABLE[page], given)).content.decode(), url, answers)
    row = Candidacy.objects.filter(pk__in=[given[one] for one in line.args.split() if one in FILES]).first()
    return {**({"revision": row.revision} if row else {}), **answers}


def _answer(value: Any, given: dict[str, object]) -> object:
    return value() if callable(value) else str(value).format_map(given)


def asked(client: Client, method: str, url: str, body: dict[str, object]) -> Any:
    """The answer, once whoever asks proved again who they are where that is wanted."""
    answer = getattr(client, method)(url, body)
    door = answer.headers.get("Location", "")
    if not door.startswith(reverse("account_reauthenticate")):
        return answer
    return client.post(door, {"password": casting.PASSWORD}, follow=True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_let_in_gets_through(
    world: World, given: dict[str, object], signed_in: Callable[[Person], Client], method: str
) -> None:
    faults, shut = [], set()
    for entry, line in TABLE.items():
        if not line.who or line.methods not in (method, "both", "any"):
            continue
        here = {**given, **{arg: given[key] for arg, key in INSTEAD.get(entry, {}).items()}}
        role = next(one for one in ROLES if one in line.who)
        client = Client() if role == "anonymous" else signed_in(world.people[role])
        url = url_of(entry, line, here)
        with transaction.atomic():
            body = sent(client, entry, line, url, here) if method == "post" else {}
            answer = asked(client, method, url, body)
            transaction.set_rollback(True)
        if is_through(answer):
            continue
        shut.add(f"{entry} {method}")
        faults.append(f"{method} {entry} by {role}: {answer.status_code} {told(answer)}")
    assert shut == {one for one in SHUT if one.endswith(f" {method}")}, "\n".join(faults)


def told(answer: Any) -> list[object]:
    """Why it was refused, as far as the page says it."""
    return [*map(str, get_messages(answer.wsgi_request)), *(dict(one.errors) for one in forms_of(answer))]
