"""A certificate rests on a decision that has effect, and says exactly what was awarded, to whom, and until when."""

import json
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection

from parchemin.core.facts import Milestone
from parchemin.core.scheme import Scheme
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.actions.issuing import correct_certificate, issue_session, issue_statement
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import PLACES, Certificate, House, Standing
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.due import Due, due_of
from parchemin.records.awards.wordings import _sentences, sentence
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import PublishedRuling
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Hearing, Verdict
from parchemin.records.people.models import CivilIdentity, Organisation
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, checked, decided, given, housed, told
from tests.records.juries.bench import AFTER, DAY, SIX, Bench, transmitted
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, CQP, FEST, Cast


def code_of(hearing: Hearing, cast: Cast, awarded_on: date = ISSUED_ON) -> str:
    """Why nothing is issued, in a sentence that fits."""
    by, before = cast.manager, Entry.objects.count()  # made when first named
    with pytest.raises(AwardError) as raised:
        given(hearing, by, awarded_on)
    assert not Certificate.objects.exists() and Entry.objects.count() == before
    assert sentence(raised.value).endswith(".") and "%(" not in sentence(raised.value)
    return raised.value.code


def test_a_whole_certification_gives_one_certificate(cast: Cast, bench: Bench) -> None:
    hearing = told(bench)
    (made,) = given(hearing, cast.manager)
    assert (made.kind, made.code, made.awarded_on, made.valid_until) == ("whole", "", ISSUED_ON, None)
    assert made.digest == sha256(made.text.encode()).hexdigest() and 0 <= made.place < PLACES
    said, identity = made.told, CivilIdentity.objects.get(person=hearing.candidacy.candidate)
    assert said["number"] == made.number and said["title"] == said["certification"]
    assert said["holder"]["birth_name"] == identity.birth_name and said["holder"]["born_on"] == f"{identity.born_on}"
    decision = said["decision"]
    assert decision["in_effect_on"] == decision["deliberated_on"] == f"{DAY}"
    assert decision["minutes"].startswith("PV2026-")
    assert [one["is_held"] for one in said["parts"]] == [True] * 6
    assert (said["body"]["name"], said["signatory"]["name"]) == (cast.organisation.name, "Camille Fictive")
    assert json.dumps(said).count(hearing.candidacy.candidate.email) == 0
    row = Candidacy.objects.get(pk=hearing.candidacy_id)
    dates = {one.milestone: one.on for one in row.dates.all()}
    assert dates[Milestone.AWARDED] == dates[Milestone.ISSUED] == ISSUED_ON
    assert made.standing(ISSUED_ON + timedelta(days=3650)) is Standing.VALID
    assert journal.verify().is_whole
    assert due_of(hearing, ISSUED_ON) == [] and code_of_again(hearing, cast) == "nothing_due"


def code_of_again(hearing: Hearing, cast: Cast) -> str:
    with pytest.raises(AwardError) as raised:
        given(hearing, cast.manager)
    return raised.value.code


def test_the_body_that_issues_is_not_always_the_one_whose_jury_decides(cast: Cast, bench: Bench) -> None:
    committee = Organisation.objects.create(kind="committee", name="Commission nationale fictive")
    House.objects.update(issuer=committee, trade_name="Branche fictive")
    (made,) = given(told(bench), cast.manager)
    assert made.issuer == committee
    assert made.told["body"] == {"name": committee.name, "trade_name": "Branche fictive", "siret": ""}


def test_nothing_is_issued_before_minutes_are_closed_and_results_told(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    assert code_of(hearing, cast) == "no_effect"
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    hearing = Hearing.objects.get(pk=hearing.pk)
    assert code_of(hearing, cast) == "untold"
    publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary)
    hearing = Hearing.objects.get(pk=hearing.pk)
    assert code_of(hearing, cast) == "identity"
    checked(cast, hearing.candidacy.candidate)
    assert code_of(hearing, cast, DAY - timedelta(days=1)) == "too_early"
    assert code_of(hearing, cast, ISSUED_ON + timedelta(days=1)) == "future"
    House.objects.all().delete()
    assert code_of(hearing, cast) == "house"


def test_nothing_is_due_where_nothing_was_awarded(cast: Cast, bench: Bench) -> None:
    assert code_of(told(bench, verdict=Verdict.DEFERRED, reason="Motif fictif."), cast) == "nothing_due"


def test_a_block_whose_title_is_not_known_is_not_given_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    housed(cast, ALTERNANCE)
    hearing = decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1",))
    monkeypatch.setattr(Due, "title", None)
    assert code_of(hearing, cast) == "title"


def test_each_block_held_gives_its_own_certificate_under_its_exact_title(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    hearing = decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1", "B3"), "B2", "B4")
    made = given(hearing, cast.manager)
    titles = {one.code: one.told["title"] for one in made}
    scheme = scheme_of(hearing)
    assert titles == {code: scheme.blocks[code].title for code in ("B1", "B3")}
    assert {one.kind for one in made} == {"block"} and {one.told["certification"] for one in made} == {scheme.title}
    assert {one.valid_until for one in made} == {None}
    dates = {one.milestone for one in hearing.candidacy.dates.all()}
    assert not {Milestone.AWARDED, Milestone.ISSUED} & dates


def scheme_of(hearing: Hearing) -> Scheme:
    return Judged(hearing.candidacy, ISSUED_ON).scheme


def test_the_whole_gives_the_certificates_of_its_blocks_too(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    hearing = decided(cast, ALTERNANCE, "apprenticeship", "full", ("B1", "B2", "B3", "B4"))
    assert [(one.kind, one.code) for one in given(hearing, cast.manager)] == [
        ("whole", ""),
        *(("block", code) for code in ("B1", "B2", "B3", "B4")),
    ]


def test_where_no_part_is_awarded_a_statement_tells_what_was_not(cast: Cast) -> None:
    housed(cast, FEST)
    codes = ("A1-C1", "A1-C2")
    hearing = decided(cast, FEST, "continuing", "none", (codes[0],), codes[1])
    assert code_of(hearing, cast) == "nothing_due"
    made = issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert made.kind == "statement" and made.valid_until is None
    assert {one["code"]: one["is_held"] for one in made.told["parts"]} == {codes[0]: True, codes[1]: False}
    with pytest.raises(AwardError) as raised:
        issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert raised.value.code == "stated" and grouped(made.number) in sentence(raised.value)
    revoke(certificate=made, reason="Mal imprimé.", by=cast.manager, at=ISSUED_AT)
    again = issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert again.number != made.number


def test_no_statement_where_parts_are_awarded(cast: Cast, bench: Bench) -> None:
    hearing = decided(cast, CQP, "vae", "none", (), *SIX)
    with pytest.raises(AwardError) as raised:
        issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert raised.value.code == "statement"


def test_a_temporary_certificate_lasts_to_the_day(cast: Cast) -> None:
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
    assert made.valid_until == date(2031, 3, 27) and made.told["valid_until"] == "2031-03-27"
    ends = [made.standing(date(2031, 3, day)) for day in (26, 27, 28)]
    assert ends == [Standing.VALID, Standing.VALID, Standing.EXPIRED]


def test_it_waits_until_it_is_settled_from_which_day_it_counts(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",))
    with lifted(connection):
        PublishedRuling.objects.all()._raw_delete("default")
    assert code_of(hearing, cast) == "validity"


def test_a_session_issues_all_it_can_and_says_who_is_left(cast: Cast, bench: Bench) -> None:
    first, second = transmitted(cast), transmitted(cast, who=cast.other_candidate)
    hearings = bench.closed(first, second)
    publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary)
    checked(cast, first.candidate)
    made = issue_session(session=bench.session, awarded_on=ISSUED_ON, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert [one.candidacy for one in made.certificates] == [first]
    assert [(hearing.pk, error.code) for hearing, error in made.left] == [(hearings[1].pk, "identity")]
    checked(cast, second.candidate)
    made = issue_session(session=bench.session, awarded_on=ISSUED_ON, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert [one.candidacy for one in made.certificates] == [second] and made.left == ()


def test_nobody_issues_their_own(cast: Cast, bench: Bench) -> None:
    hearing = told(bench)
    with pytest.raises(AwardError) as raised:
        given(hearing, hearing.candidacy.candidate)
    assert raised.value.code == "own" and hearing.candidacy.number in sentence(raised.value)
    made = issue_session(
        session=bench.session, awarded_on=ISSUED_ON, by=hearing.candidacy.candidate, at=ISSUED_AT, on=ISSUED_ON
    )
    assert made.certificates == () and [error.code for _hearing, error in made.left] == ["own"]


def test_one_that_was_wrong_is_replaced_by_another_that_names_it(cast: Cast, bench: Bench) -> None:
    (old,) = given(told(bench), cast.manager)
    act: dict[str, Any] = {"by": cast.manager, "at": ISSUED_AT + timedelta(days=9), "on": ISSUED_ON + timedelta(days=9)}
    with pytest.raises(AwardError) as raised:
        correct_certificate(certificate=old, reason="Nom mal écrit.", **act)
    assert raised.value.code == "same" and Certificate.objects.count() == 1
    casting.identified(cast.candidate, birth_name="Fictive-Exacte")
    checked(cast, cast.candidate)
    made = correct_certificate(certificate=old, reason="Nom mal écrit.", **act)
    assert (made.corrects, made.correction, made.awarded_on) == (old, "Nom mal écrit.", ISSUED_ON)
    assert made.number != old.number and made.told["holder"]["birth_name"] == "Fictive-Exacte"
    fresh = Certificate.objects.get(pk=old.pk)
    assert fresh.told["holder"]["birth_name"] != "Fictive-Exacte"
    assert (fresh.standing(ISSUED_ON), made.standing(ISSUED_ON)) == (Standing.REPLACED, Standing.VALID)
    with pytest.raises(AwardError) as raised:
        correct_certificate(certificate=old, reason="Encore.", **act)
    assert raised.value.code == "replaced"
    assert journal.verify().is_whole


def test_every_reason_has_its_sentence() -> None:
    values = dict.fromkeys(("number", "part", "day", "other", "most", "minutes"), "x")
    for code in _sentences():
        assert sentence(AwardError(code, **values)).endswith(".")
