"""Until when does it hold, and was it done in time?"""

from datetime import date
from typing import Any

import pytest

from parchemin.core.checks.validity import DoneBefore, DoneWithin, ExpiresWithin, Lasts, latest
from parchemin.core.decision import Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Facts, Holding, Milestone
from tests.core.builders import SCHEME, dated, day, facts, holding, rule, ruled, seen, told

BLOCK = Lasts(subject="block", lasts=Duration(5), counted_from=Milestone.DELIBERATED)
COMPETENCE = Lasts(subject="competence", lasts=Duration(5), counted_from=Milestone.DELIBERATED)
CERTIFICATE = Lasts(subject="certificate", lasts=Duration(5), counted_from=Milestone.ISSUED)
FOREVER = Lasts(subject="block", lasts="unlimited", counted_from=Milestone.DELIBERATED)


def held(*holdings: Holding, **known: Any) -> Facts:
    return facts(holdings=holdings, **known)


@pytest.mark.parametrize(
    ("check", "known", "on", "outcome", "words", "until"),
    [
        (BLOCK, held(holding("B1", "2015-03-16")), "2020-03-16", "met", "B1 : valide jusqu'au 16 mars 2020 inclus", {"B1": "2020-03-16"}),
        (BLOCK, held(holding("B1", "2015-03-16")), "2020-03-17", "not_met", "B1 : expiré depuis le 17 mars 2020", {"B1": "2020-03-16"}),
        (BLOCK, held(holding("B1", "2016-02-29")), "2021-02-28", "met", "B1 : valide jusqu'au 28 février 2021 inclus", {"B1": "2021-02-28"}),
        (BLOCK, held(holding("B1", "2016-02-29")), "2021-03-01", "not_met", "B1 : expiré depuis le 1er mars 2021", {"B1": "2021-02-28"}),
        (BLOCK, held(holding("B1")), "2021-03-01", "unknown", "B1 : délibération non datée", {}),
        (BLOCK, held(), "2021-03-01", "met", "aucun acquis", {}),
        (BLOCK, held(holding("C1", "2015-03-16"), holding("Z9", "2015-03-16")), "2026-03-01", "met", "aucun acquis", {}),
        (BLOCK, held(holding("B1", "2015-03-16"), holding("B2", "2025-01-01")), "2026-03-01", "not_met",
         "B1 : expiré depuis le 17 mars 2020 ; B2 : valide jusqu'au 1er janvier 2030 inclus", {"B1": "2020-03-16", "B2": "2030-01-01"}),
        (BLOCK, held(holding("B1", "2025-03-16"), holding("B2")), "2026-03-01", "unknown",
         "B2 : délibération non datée ; B1 : valide jusqu'au 16 mars 2030 inclus", {"B1": "2030-03-16"}),
        (BLOCK, held(holding("B1", "2015-03-16"), holding("B1", "2025-03-16")), "2026-03-01", "met",
         "B1 : valide jusqu'au 16 mars 2030 inclus", {"B1": "2030-03-16"}),
        (BLOCK, held(holding("B1", "2015-03-16"), holding("B1")), "2026-03-01", "unknown", "B1 : délibération non datée", {}),
        (FOREVER, held(holding("B1", "1990-01-01")), "2026-03-01", "met", "B1 : sans limite", {}),
        (FOREVER, held(holding("B1")), "2026-03-01", "met", "B1 : sans limite", {}),
        (COMPETENCE, held(holding("E2", "2021-03-01"), holding("B1", "2000-01-01")), "2026-03-01", "met",
         "C2 : valide jusqu'au 1er mars 2026 inclus", {"C2": "2026-03-01"}),
        (COMPETENCE, held(holding("C4", "2020-03-01")), "2026-03-01", "not_met", "C4 : expiré depuis le 2 mars 2025", {"C4": "2025-03-01"}),
        (CERTIFICATE, facts(dates=dated(issued="2017-06-30")), "2022-06-30", "met", "certificat : valide jusqu'au 30 juin 2022 inclus",
         {"certificat": "2022-06-30"}),
        (CERTIFICATE, facts(dates=dated(issued="2017-06-30")), "2022-07-01", "not_met", "certificat : périmé depuis le 1er juillet 2022",
         {"certificat": "2022-06-30"}),
        (Lasts(subject="certificate", lasts=Duration(5), counted_from=Milestone.SIGNED), facts(dates=dated(issued="2017-06-30")),
         "2022-07-01", "unknown", "certificat : signature du procès-verbal non datée", {}),
    ],
)  # fmt: skip
def test_lasts(check: Lasts, known: Facts, on: str, outcome: str, words: str, until: dict[str, str]) -> None:
    found = seen(check, known, on=day(on))
    assert (found.outcome.value, found.words, found.values) == (outcome, words, {"until": until})


def test_nothing_to_last() -> None:
    assert told(BLOCK) == ("unknown", "acquis non renseignés")
    assert told(COMPETENCE) == ("unknown", "acquis non renseignés")
    assert told(CERTIFICATE, facts(dates=dated(signed="2026-01-01"))) == ("unknown", "certificat non délivré")


STOPPED = Lasts(subject="block", lasts=Duration(5), counted_from=Milestone.DELIBERATED, ends_with=Milestone.AWARDED)


@pytest.mark.parametrize(
    ("awarded", "on", "outcome"),
    [
        ("2020-03-16", "2026-01-01", "met"),
        ("2020-03-17", "2026-01-01", "not_met"),
        ("2020-03-16", "2020-03-16", "met"),
        (None, "2026-01-01", "not_met"),
        ("2019-01-01", "2018-12-31", "met"),
    ],
)
def test_the_clock_stops_for_good_once_all_is_awarded_in_time(awarded: str | None, on: str, outcome: str) -> None:
    dates = dated(awarded=awarded) if awarded else {}
    known = held(holding("B1", "2015-03-16"), dates=dates)
    assert seen(STOPPED, known, on=day(on)).outcome == outcome


def test_the_clock_has_not_stopped_before_the_award() -> None:
    known = held(holding("B1", "2015-03-16"), dates=dated(awarded="2019-01-02"))
    assert told(STOPPED, known, on=day("2019-01-01")) == ("met", "B1 : valide jusqu'au 16 mars 2020 inclus")
    assert told(STOPPED, known, on=day("2019-01-02")) == ("met", "B1 : sans limite")
    assert told(STOPPED, held(holding("B1"), dates=dated(awarded="2019-01-02")))[0] == "unknown"


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ((), None),
        ((None,), None),
        (("2026-01-01",), "2026-01-01"),
        (("2026-01-01", "2026-12-31"), "2026-12-31"),
        (("2026-12-31", None), "2026-12-31"),
        (("2026-06-15", None), "2026-06-15"),
        (("2026-06-14", None), None),
        (("2026-06-14", "2026-06-13"), "2026-06-14"),
    ],
)
def test_the_latest_end_counts_unless_one_is_not_known(ends: tuple[str | None, ...], last: str | None) -> None:
    known: list[date | None] = [day(end) if end else None for end in ends]
    assert latest(known, day("2026-06-15")) == (day(last) if last else None)


UNDER = ruled(Stage.VALIDITY, rule("validity.block", BLOCK), rule("validity.certificate", CERTIFICATE), base=SCHEME)
ALERT = ExpiresWithin(subject="block", within=Duration(0, 6))
QUIET = ("met", "rien n'expire dans les 6 mois")


@pytest.mark.parametrize(
    ("known", "on", "outcome", "words"),
    [
        (held(holding("B1", "2021-04-12")), "2025-10-12", "not_met", "B1 : expire le 12 avril 2026, dans 182 jours"),
        (held(holding("B1", "2021-04-12")), "2025-10-11", *QUIET),
        (held(holding("B1", "2021-04-12")), "2026-04-11", "not_met", "B1 : expire le 12 avril 2026, dans 1 jour"),
        (held(holding("B1", "2021-04-12")), "2026-04-12", "not_met", "B1 : expire le 12 avril 2026, aujourd'hui"),
        (held(holding("B1", "2021-04-12")), "2026-04-13", *QUIET),
        (held(holding("B1")), "2026-04-12", "unknown", "B1 : validité à établir"),
        (held(holding("B1", "2021-04-12"), holding("B2")), "2026-04-12", "not_met",
         "B1 : expire le 12 avril 2026, aujourd'hui ; B2 : validité à établir"),
        (held(holding("B1", "2021-04-12"), holding("B1", "2026-01-01")), "2026-04-12", *QUIET),
        (held(), "2026-04-12", *QUIET),
        (facts(), "2026-04-12", "unknown", "acquis non renseignés"),
    ],
)  # fmt: skip
def test_expires_within(known: Facts, on: str, outcome: str, words: str) -> None:
    assert told(ALERT, known, UNDER, day(on)) == (outcome, words)


def test_what_has_no_limit_never_expires() -> None:
    under = ruled(Stage.VALIDITY, rule("validity.block", FOREVER))
    assert told(ALERT, held(holding("B1", "2021-04-12")), under, date.max) == QUIET


def test_the_certificate_expires_too() -> None:
    check = ExpiresWithin(subject="certificate", within=Duration(0, 2))
    known = facts(dates=dated(issued="2021-04-12"))
    assert told(check, known, UNDER, day("2026-02-12")) == (
        "not_met",
        "certificat : expire le 12 avril 2026, dans 59 jours",
    )
    assert told(check, facts(), UNDER) == ("unknown", "certificat non délivré")


def within(length: str, **more: Any) -> DoneWithin:
    return DoneWithin(since=Milestone.DEPOSITED, until=Milestone.SESSION, within=Duration.parse(length), **more)


QUARTER = within("P3M", to_end_of_month=True)
DEPOSIT = {"deposited": "2026-06-10"}


@pytest.mark.parametrize(
    ("check", "dates", "on", "outcome", "words"),
    [
        (within("P3M"), DEPOSIT | {"session": "2026-09-10"}, "2026-09-10", "met", "session du jury le 10 septembre 2026, au plus tard le 10 septembre 2026"),
        (within("P3M"), DEPOSIT | {"session": "2026-09-11"}, "2026-09-11", "not_met", "session du jury le 11 septembre 2026, au plus tard le 10 septembre 2026"),
        (QUARTER, DEPOSIT | {"session": "2026-09-30"}, "2026-12-15", "met", "session du jury le 30 septembre 2026, au plus tard le 30 septembre 2026"),
        (QUARTER, DEPOSIT | {"session": "2026-10-01"}, "2026-12-15", "not_met", "session du jury le 1er octobre 2026, au plus tard le 30 septembre 2026"),
        (QUARTER, DEPOSIT, "2026-09-30", "unknown", "session du jury : à faire au plus tard le 30 septembre 2026 (reste 0 jour)"),
        (QUARTER, DEPOSIT, "2026-09-28", "unknown", "session du jury : à faire au plus tard le 30 septembre 2026 (reste 2 jours)"),
        (QUARTER, DEPOSIT, "2026-10-01", "not_met", "session du jury : en retard depuis le 1er octobre 2026"),
        (QUARTER, DEPOSIT | {"session": "2026-09-29"}, "2026-09-28", "unknown", "session du jury : à faire au plus tard le 30 septembre 2026 (reste 2 jours)"),
        (QUARTER, {}, "2026-10-01", "unknown", "dépôt du dossier : date non renseignée"),
        (QUARTER, {"session": "2026-01-01"}, "2026-10-01", "unknown", "dépôt du dossier : date non renseignée"),
        (within("P3M", optional=True), {}, "2026-10-01", "met", "session du jury : sans objet"),
        (within("P3M", optional=True), DEPOSIT, "2026-10-01", "met", "session du jury : sans objet"),
        (within("P3M", optional=True), DEPOSIT | {"session": "2026-09-11"}, "2026-10-01", "not_met",
         "session du jury le 11 septembre 2026, au plus tard le 10 septembre 2026"),
        (within("P3M", since_from=day("2026-06-11")), DEPOSIT, "2026-10-01", "met", "session du jury : sans objet avant le 11 juin 2026"),
        (within("P3M", since_from=day("2026-06-10")), DEPOSIT, "2026-10-01", "not_met", "session du jury : en retard depuis le 11 septembre 2026"),
        (within("P3M", since_from=day("2026-06-10")), {}, "2026-10-01", "unknown", "dépôt du dossier : date non renseignée"),
    ],
)  # fmt: skip
def test_done_within(check: DoneWithin, dates: dict[str, str], on: str, outcome: str, words: str) -> None:
    assert told(check, facts(dates=dated(**dates)), on=day(on)) == (outcome, words)


@pytest.mark.parametrize(
    ("dates", "limit"),
    [
        (DEPOSIT, "2026-09-30"),
        (DEPOSIT | {"session": "2026-09-30"}, "2026-09-30"),
        ({"deposited": "2026-01-10"}, "2026-04-30"),
    ],
)
def test_done_within_tells_the_limit(dates: dict[str, str], limit: str) -> None:
    for on in ("2026-06-15", "2026-12-15"):
        assert seen(QUARTER, facts(dates=dated(**dates)), on=day(on)).values == {"limit": limit}


NOTICE = DoneBefore(done=Milestone.SUMMONED, event=Milestone.SESSION, by=Duration(0, 0, 15))
SESSION = {"session": "2026-06-30"}


@pytest.mark.parametrize(
    ("check", "dates", "on", "outcome", "words"),
    [
        (NOTICE, SESSION | {"summoned": "2026-06-15"}, "2026-06-20", "met", "convocation le 15 juin 2026, au plus tard le 15 juin 2026"),
        (NOTICE, SESSION | {"summoned": "2026-06-16"}, "2026-06-20", "not_met", "convocation le 16 juin 2026, au plus tard le 15 juin 2026"),
        (NOTICE, SESSION, "2026-06-15", "unknown", "convocation : à faire au plus tard le 15 juin 2026"),
        (NOTICE, SESSION, "2026-06-16", "not_met", "convocation : en retard depuis le 16 juin 2026"),
        (NOTICE, {"summoned": "2026-06-15"}, "2026-06-16", "unknown", "session du jury : date non renseignée"),
        (DoneBefore(done=Milestone.NOMINATED, event=Milestone.SESSION), SESSION | {"nominated": "2026-06-30"}, "2026-07-01", "met",
         "nomination du jury le 30 juin 2026, au plus tard le 30 juin 2026"),
        (DoneBefore(done=Milestone.NOMINATED, event=Milestone.SESSION), SESSION | {"nominated": "2026-07-01"}, "2026-07-01", "not_met",
         "nomination du jury le 1er juillet 2026, au plus tard le 30 juin 2026"),
    ],
)  # fmt: skip
def test_done_before(check: DoneBefore, dates: dict[str, str], on: str, outcome: str, words: str) -> None:
    assert told(check, facts(dates=dated(**dates)), on=day(on)) == (outcome, words)


@pytest.mark.parametrize(
    ("dates", "on"),
    [(SESSION, "2026-06-01"), (SESSION, "2026-07-01"), (SESSION | {"summoned": "2026-06-01"}, "2026-07-01")],
)
def test_done_before_tells_the_limit(dates: dict[str, str], on: str) -> None:
    assert seen(NOTICE, facts(dates=dated(**dates)), on=day(on)).values == {"limit": "2026-06-15"}
