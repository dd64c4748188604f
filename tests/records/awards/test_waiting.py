"""What waits for certificates is found by the database as the rules say it, file by file; who signs is said once."""

from hashlib import sha256
from typing import Any

import pytest
from django.db.models import Q

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.actions.housing import Signing, save_house
from parchemin.records.awards.actions.issuing import correct_certificate
from parchemin.records.awards.errors import AwardError, StaleHouseError
from parchemin.records.awards.models import Certificate, House
from parchemin.records.awards.queries.fitting import logo_of
from parchemin.records.awards.queries.foreseen import foreseen
from parchemin.records.awards.queries.waiting import sessions_to_award
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.juries.models import Conclusion, Hearing, JurySession
from parchemin.records.people.models import CivilIdentity, Organisation
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, decided, given, housed
from tests.records.juries.bench import AFTER, DAY, SESSION
from tests.web.cast import ALTERNANCE, CQP, FEST, Cast, person

CASES: list[tuple[str, str, str, tuple[str, ...], int]] = [
    (CQP, "vae", "full", ("C1", "C2"), 1),
    (CQP, "vae", "partial", ("C1", "C2"), 0),
    (FEST, "continuing", "full", ("A1-C1",), 1),
    (ALTERNANCE, "apprenticeship", "partial", ("B1", "B3"), 2),
    (ALTERNANCE, "apprenticeship", "partial", (), 0),
    (ALTERNANCE, "apprenticeship", "none", (), 0),
]


def published(hearing: Hearing) -> Hearing:
    told = {"opened_at": SESSION, "drawn_at": AFTER, "closed_at": AFTER, "published_at": AFTER}
    JurySession.objects.filter(pk=hearing.session_id).update(opening={}, **told)
    return hearing


def waiting() -> list[tuple[Any, int]]:
    return [(one.pk, one.files) for one in sessions_to_award(Q(), ISSUED_ON)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("scheme", "route", "verdict", "held", "count"), CASES)
def test_a_session_waits_while_something_is_due(
    cast: Cast, scheme: str, route: str, verdict: str, held: tuple[str, ...], count: int
) -> None:
    housed(cast, scheme)
    hearing = decided(cast, scheme, route, verdict, held)
    assert waiting() == []  # not published
    published(hearing)
    lines = foreseen(hearing.session, ISSUED_ON, ISSUED_ON)
    assert sum(len(one.due) for one in lines) == count
    assert waiting() == ([(hearing.session_id, 1)] if count else [])
    if not count:
        return
    assert lines[0].is_ready
    made = given(hearing, cast.manager)
    assert len(made) == count and waiting() == []
    (line,) = foreseen(hearing.session, ISSUED_ON, ISSUED_ON)
    assert set(line.given) == set(made) and not line.due and not line.is_ready
    revoke(certificate=made[0], reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    assert waiting() == [] and not foreseen(hearing.session, ISSUED_ON, ISSUED_ON)[0].due


def test_a_decision_put_right_and_not_told_yet_waits_for_no_certificate(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = published(decided(cast, FEST, "continuing", "full", ("A1-C1",)))
    Hearing.objects.update(told=None, notified_on=None)
    assert waiting() == []
    (line,) = foreseen(hearing.session, ISSUED_ON, ISSUED_ON)
    assert line.error is not None and line.error.code == "untold" and not line.is_ready
    Hearing.objects.update(told=Conclusion.objects.get(), notified_on=DAY)
    assert waiting() == [(hearing.session_id, 1)]


def test_each_file_says_what_prevents_it(cast: Cast) -> None:
    first = published(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1",)))
    second = decided(
        cast, ALTERNANCE, "apprenticeship", "partial", ("B1",), who=person("a", "A", "B"), session=first.session
    )

    def codes() -> list[str]:
        return [one.error.code if one.error else "" for one in foreseen(first.session, ISSUED_ON, ISSUED_ON)]

    assert codes() == ["house", "house"]
    housed(cast, ALTERNANCE)
    CivilIdentity.objects.filter(person=second.candidacy.candidate).update(checked_at=None, checked_by=None)
    assert codes() == ["", "identity"]


def signing(issuer: Organisation, **changes: Any) -> Signing:
    told: dict[str, Any] = {
        "place": " Nantes ",
        "signatory": "Camille Fictive",
        "signatory_title": "Présidente",
        **changes,
    }
    return Signing(issuer=issuer, **told)


def saved(cast: Cast, told: Signing, revision: int = 0) -> House:
    certification = cast.certification(ALTERNANCE)
    said: dict[str, Any] = {
        "organisation": cast.organisation,
        "certification": certification,
        "by": cast.manager,
        "at": AFTER,
    }
    return save_house(**said, signing=told, revision=revision)


def test_who_signs_is_kept_and_journaled_without_naming_them(cast: Cast) -> None:
    row = saved(cast, signing(cast.organisation))
    assert (row.place, row.issuer, row.organisation) == ("Nantes", cast.organisation, cast.organisation)
    assert saved(cast, signing(cast.organisation)).pk == row.pk
    assert saved(cast, signing(cast.organisation, trade_name="Branche"), row.revision).trade_name == "Branche"
    first, second = Entry.objects.filter(kind="award.house_saved").order_by("number")
    assert first.subject == cast.organisation.pk and second.details["fields"] == ["trade_name"]
    assert "Camille" not in f"{first.details}{second.details}" and journal.verify().is_whole


@pytest.mark.parametrize("blank", ["place", "signatory", "signatory_title"])
def test_a_house_that_nobody_signs_is_refused(cast: Cast, blank: str) -> None:
    with pytest.raises(AwardError) as raised:
        saved(cast, signing(cast.organisation, **{blank: "  "}))
    assert raised.value.code == "unsigned" and not House.objects.exists()


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#12345G", "#1234567"])
def test_what_is_no_colour_is_refused(cast: Cast, colour: str) -> None:
    for name in ("primary", "accent"):
        with pytest.raises(AwardError) as raised:
            saved(cast, signing(cast.organisation, **{name: colour}))
        assert raised.value.code == "colour" and not House.objects.exists()


def test_whoever_read_it_before_another_changed_it_changes_nothing(cast: Cast) -> None:
    first = saved(cast, signing(cast.organisation))
    second = saved(cast, signing(cast.organisation, words="Une phrase."), first.revision)
    assert (first.revision, second.revision) == (1, 2)
    with pytest.raises(StaleHouseError) as raised:
        saved(cast, signing(cast.organisation, words="Une autre."), first.revision)
    assert raised.value.house.words == "Une phrase." == House.objects.get().words
    assert saved(cast, signing(cast.organisation, words="Une phrase."), first.revision).revision == 2


def test_a_logo_is_kept_for_what_bears_it_when_the_body_changes_its_own(cast: Cast) -> None:
    row = saved(cast, signing(cast.organisation, logo=b"one", words="Une phrase.", primary="#102030"))
    made = given(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1",), "B2"), cast.manager)[0]
    saved(cast, signing(cast.organisation, logo=b"two", words="Une phrase."), row.revision)
    said = Entry.objects.filter(kind="award.house_saved").latest("number").details["fields"]
    assert said == ["logo", "primary"]
    fresh = Certificate.objects.get(pk=made.pk)
    assert logo_of(fresh.told) == b"one" and House.objects.get().logo_id == sha256(b"two").hexdigest()
    assert (fresh.told["words"], fresh.told["look"]["primary"]) == ("Une phrase.", "#102030")
    with pytest.raises(AwardError) as raised:
        correct_certificate(certificate=fresh, reason="Phrase.", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert raised.value.code == "same", "the look alone is nothing to correct"


def test_another_body_does_not_issue_in_its_place(cast: Cast) -> None:
    with pytest.raises(AwardError) as raised:
        saved(cast, signing(cast.other_organisation))
    assert raised.value.code == "issuer" and not House.objects.exists()
    committee = Organisation.objects.create(kind="committee", name="Commission de branche")
    assert saved(cast, signing(committee)).issuer == committee
