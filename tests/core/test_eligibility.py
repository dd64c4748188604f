"""May this person apply, by this route, on this date?"""

from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.checks.eligibility import (
    Admissible,
    ConfirmedEvery,
    ExperienceAtLeast,
    RegisterAmong,
    RegisteredOn,
    RequestsPerYear,
    RouteOpen,
    Stated,
)
from parchemin.core.durations import Duration
from parchemin.core.facts import Experience, ExperienceKind, Facts, Milestone, Request
from parchemin.core.scheme import Register, Registration
from tests.core.builders import (
    SILENT,
    dated,
    day,
    experience,
    facts,
    registration,
    route,
    scheme,
    seen,
    told,
)

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("id", "outcome", "words"),
    [
        (None, "unknown", "voie non renseignée"),
        ("open", "met", "Ouverte : voie ouverte"),
        ("shut", "not_met", "Fermée : voie fermée"),
        ("silent", "unknown", "Muette : la source ne dit pas si la voie est ouverte"),
        ("nowhere", "not_met", "« nowhere » n'est pas une voie de cette certification"),
    ],
)
def test_route_open(id: str | None, outcome: str, words: str) -> None:
    routes = {
        "open": route("Ouverte"),
        "shut": route("Fermée", is_open=False),
        "silent": route("Muette", is_open=SILENT),
    }
    assert told(RouteOpen(), facts(route=id), scheme(routes=routes)) == (outcome, words)


SURE = registration("T1", "2020-01-01", "2024-12-31", "2019-12-01")
LATER = registration("T2", "2020-01-01", "2026-12-31", "2026-01-01")
ENDLESS = registration("T3", "2030-01-01", None)
NO_START = registration("T4", SILENT, "2024-12-31")
NO_END = registration("T5", "2020-01-01", SILENT)
BOUNDED = registration("T6", SILENT, SILENT, from_at_earliest=day("2004-10-10"), until_at_latest=day("2009-10-10"))
NOT_DATED = registration("T7", "2020-01-01", "2026-12-31", SILENT)
SAID_ANYWAY = registration(
    "T8", "2020-01-01", "2024-12-31", from_at_earliest=day("2022-01-01"), until_at_latest=day("2022-12-31")
)


@pytest.mark.parametrize(
    ("texts", "on", "outcome", "words"),
    [
        ((SURE,), "2019-12-31", "not_met", "non enregistrée au 31 décembre 2019"),
        ((SURE,), "2020-01-01", "met", "enregistrée au 1er janvier 2020 (T1)"),
        ((SURE,), "2024-12-31", "met", "enregistrée au 31 décembre 2024 (T1)"),
        ((SURE,), "2025-01-01", "not_met", "non enregistrée au 1er janvier 2025"),
        ((LATER,), "2025-12-31", "not_met", "non enregistrée au 31 décembre 2025"),
        ((LATER,), "2026-01-01", "met", "enregistrée au 1er janvier 2026 (T2)"),
        ((ENDLESS,), "2099-01-01", "met", "enregistrée au 1er janvier 2099 (T3)"),
        ((NO_START,), "1990-01-01", "not_met", "non enregistrée au 1er janvier 1990"),
        ((NO_START,), "2001-01-01", "unknown", "enregistrement au 1er janvier 2001 : les textes connus ne le disent pas (T4)"),
        ((NO_START,), "2024-12-31", "unknown", "enregistrement au 31 décembre 2024 : les textes connus ne le disent pas (T4)"),
        ((NO_START,), "2025-01-01", "not_met", "non enregistrée au 1er janvier 2025"),
        ((NO_END,), "2019-12-31", "not_met", "non enregistrée au 31 décembre 2019"),
        ((NO_END,), "2020-01-01", "unknown", "enregistrement au 1er janvier 2020 : les textes connus ne le disent pas (T5)"),
        ((BOUNDED,), "2004-10-09", "not_met", "non enregistrée au 9 octobre 2004"),
        ((BOUNDED,), "2004-10-10", "unknown", "enregistrement au 10 octobre 2004 : les textes connus ne le disent pas (T6)"),
        ((BOUNDED,), "2009-10-10", "unknown", "enregistrement au 10 octobre 2009 : les textes connus ne le disent pas (T6)"),
        ((BOUNDED,), "2009-10-11", "not_met", "non enregistrée au 11 octobre 2009"),
        ((NOT_DATED,), "2021-01-01", "unknown", "enregistrement au 1er janvier 2021 : les textes connus ne le disent pas (T7)"),
        ((SAID_ANYWAY,), "2020-01-01", "met", "enregistrée au 1er janvier 2020 (T8)"),
        ((SAID_ANYWAY,), "2024-12-31", "met", "enregistrée au 31 décembre 2024 (T8)"),
        ((NO_END, SURE, SAID_ANYWAY), "2021-01-01", "met", "enregistrée au 1er janvier 2021 (T1, T8)"),
        ((NO_END, NOT_DATED), "2021-01-01", "unknown", "enregistrement au 1er janvier 2021 : les textes connus ne le disent pas (T5, T7)"),
        ((LATER, SURE), "2024-12-31", "met", "enregistrée au 31 décembre 2024 (T1)"),
        ((ENDLESS, SURE), "2021-01-01", "met", "enregistrée au 1er janvier 2021 (T1)"),
        ((), "2021-01-01", "not_met", "non enregistrée au 1er janvier 2021"),
        (SILENT, "2021-01-01", "unknown", "enregistrement au 1er janvier 2021 : les textes connus ne le disent pas"),
    ],
)  # fmt: skip
def test_registered_on(texts: tuple[Registration, ...], on: str, outcome: str, words: str) -> None:
    assert told(RegisteredOn(), None, scheme(registrations=texts), day(on)) == (outcome, words)


def test_registered_on_another_day_by_the_texts_known_today() -> None:
    check, under = RegisteredOn(at=Milestone.ENTERED), scheme(registrations=(LATER,))
    assert told(check, None, under) == ("unknown", "entrée en formation : date non renseignée")
    found = seen(check, facts(dates=dated(entered="2021-03-01")), under)
    assert found.words == "enregistrée au 1er mars 2021 (T2)"
    assert found.values == {"texts": ["T2"]}


def test_register_among() -> None:
    check = RegisterAmong(registers=(Register.RNCP, Register.RS))
    assert told(check) == ("met", "répertoire : rncp")
    assert seen(check).values == {"register": "rncp"}
    assert told(check, None, scheme(register=Register.BRANCH)) == ("not_met", "répertoire : branch")
    assert told(check, None, scheme(register=SILENT)) == ("unknown", "répertoire non précisé par la source")


def lived(*experiences: Experience, at: str = "2026-01-01") -> Facts:
    return facts(experiences=experiences, dates=dated(requested=at))


TWO_YEARS = ExperienceAtLeast(lasts=Duration(2))


@pytest.mark.parametrize(
    ("check", "known", "outcome", "words", "days"),
    [
        (TWO_YEARS, lived(experience("2024-01-01")), "met", "24 mois sur 2 ans", 731),
        (TWO_YEARS, lived(experience("2024-01-02")), "not_met", "23 mois et 30 jours sur 2 ans", 730),
        (TWO_YEARS, lived(experience("2024-01-01", "2025-12-30")), "not_met", "23 mois et 30 jours sur 2 ans", 730),
        (TWO_YEARS, lived(experience("2024-01-01", "2027-01-01")), "met", "24 mois sur 2 ans", 731),
        (TWO_YEARS, lived(experience("2024-01-01", "2026-01-01")), "met", "24 mois sur 2 ans", 731),
        (TWO_YEARS, lived(), "not_met", "aucune expérience qui compte sur 2 ans", 0),
        (TWO_YEARS, lived(experience("2026-01-01")), "not_met", "aucune expérience qui compte sur 2 ans", 0),
        (TWO_YEARS, lived(experience("2025-12-31")), "not_met", "1 jour sur 2 ans", 1),
        (TWO_YEARS, lived(experience("2025-06-01", "2025-05-01")), "not_met", "aucune expérience qui compte sur 2 ans", 0),
        # days apart add up, and must reach the most days two years can span
        (TWO_YEARS, lived(experience("2020-01-01", "2020-12-31"), experience("2022-01-01", "2022-12-31")),
         "met", "731 jours au total sur 2 ans (731 jours)", 731),
        (TWO_YEARS, lived(experience("2020-01-02", "2020-12-31"), experience("2022-01-01", "2022-12-31")),
         "not_met", "730 jours au total sur 2 ans (731 jours)", 730),
        # two activities that follow on are one stretch, at the same time they count once
        (TWO_YEARS, lived(experience("2024-01-01", "2024-12-31"), experience("2025-01-01")), "met", "24 mois sur 2 ans", 731),
        (TWO_YEARS, lived(experience("2025-01-01"), experience("2025-01-01")), "not_met", "12 mois sur 2 ans", 365),
        # a fraction asked for
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF), lived(experience("2024-01-01", fraction=HALF)),
         "met", "24 mois sur 2 ans", 731),
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF), lived(experience("2024-01-01", fraction=Fraction(49, 100))),
         "not_met", "aucune expérience qui compte sur 2 ans", 0),
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF),
         lived(experience("2024-01-01", fraction=Fraction(1, 4)), experience("2024-01-01", fraction=Fraction(1, 4))),
         "met", "24 mois sur 2 ans", 731),
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF), lived(experience("2024-01-01")),
         "unknown", "aucune expérience qui compte sur 2 ans ; à établir, peut-être 24 mois sur 2 ans", 0),
        (TWO_YEARS, lived(experience("2024-01-01", fraction=Fraction(1, 10))), "met", "24 mois sur 2 ans", 731),
        (TWO_YEARS, lived(experience("2024-01-01", fraction=Fraction(0))),
         "not_met", "aucune expérience qui compte sur 2 ans", 0),
        # by volume, a greater fraction shortens the duration
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF, counted="volume"), lived(experience("2025-01-01", fraction=Fraction(1))),
         "not_met", "730 jours au total sur 2 ans (731 jours)", 730),
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF, counted="volume"), lived(experience("2024-12-31", fraction=Fraction(1))),
         "met", "732 jours au total sur 2 ans (731 jours)", 732),
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF, counted="volume"), lived(experience("2024-01-01", fraction=HALF)),
         "met", "731 jours au total sur 2 ans (731 jours)", 731),
        (ExperienceAtLeast(lasts=Duration(2), fraction=HALF, counted="volume"), lived(experience("2024-01-01", fraction=Fraction(1, 4))),
         "not_met", "365 jours au total sur 2 ans (731 jours)", 365),
        (ExperienceAtLeast(lasts=Duration(2), counted="volume"), lived(experience("2024-01-01", fraction=HALF)),
         "not_met", "365 jours au total sur 2 ans (731 jours)", 365),
        (ExperienceAtLeast(lasts=Duration(2), counted="volume"), lived(experience("2024-01-01", fraction=Fraction(1))),
         "met", "731 jours au total sur 2 ans (731 jours)", 731),
        (ExperienceAtLeast(lasts=Duration(2), counted="volume"), lived(experience("2024-01-01")),
         "unknown", "aucune expérience qui compte sur 2 ans ; à établir, peut-être 731 jours au total sur 2 ans (731 jours)", 0),
        # within a window
        (ExperienceAtLeast(lasts=Duration(2), within=Duration(10)), lived(experience("2014-01-01", "2017-12-31")),
         "met", "24 mois sur 2 ans", 731),
        (ExperienceAtLeast(lasts=Duration(2), within=Duration(10)), lived(experience("2014-01-01", "2017-12-30")),
         "not_met", "23 mois et 30 jours sur 2 ans", 730),
    ],
)  # fmt: skip
def test_experience(check: ExperienceAtLeast, known: Facts, outcome: str, words: str, days: int) -> None:
    found = seen(check, known)
    assert (found.outcome.value, found.words) == (outcome, words)
    assert found.values == {"days": days, "needed": "P2Y"}


SURELY = {"kind": ExperienceKind.EMPLOYMENT, "about": ("teaching",), "is_proved": True}
STRICT = ExperienceAtLeast(
    lasts=Duration(1), kinds=(ExperienceKind.EMPLOYMENT, ExperienceKind.VOLUNTEERING), about="teaching", proved=True
)


def test_by_volume_years_in_a_row_are_still_counted_date_to_date() -> None:
    check = ExperienceAtLeast(lasts=Duration(2), fraction=HALF, counted="volume")
    exact = lived(experience("2025-01-01", fraction=HALF), at="2027-01-01")
    assert told(check, exact, on=day("2027-01-01")) == ("met", "730 jours au total sur 2 ans (731 jours)")
    less = lived(experience("2025-01-01", fraction=Fraction(49, 100)), at="2027-01-01")
    assert told(check, less, on=day("2027-01-01"))[0] == "not_met"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "met"),
        ({"kind": ExperienceKind.VOLUNTEERING}, "met"),
        ({"kind": ExperienceKind.SPORT}, "not_met"),
        ({"kind": None}, "unknown"),
        ({"about": ("selling", "teaching")}, "met"),
        ({"about": ("selling",)}, "not_met"),
        ({"about": ()}, "not_met"),
        ({"about": None}, "unknown"),
        ({"is_proved": False}, "not_met"),
        ({"is_proved": None}, "unknown"),
        ({"kind": None, "is_proved": False}, "not_met"),
    ],
)
def test_only_what_is_sure_counts_and_doubt_is_told(changes: dict[str, Any], outcome: str) -> None:
    assert seen(STRICT, lived(experience("2025-01-01", **{**SURELY, **changes}))).outcome == outcome


def test_experience_without_conditions_asks_nothing_of_the_activity() -> None:
    assert seen(ExperienceAtLeast(lasts=Duration(1)), lived(experience("2025-01-01", is_proved=False))).outcome == "met"


def test_experience_counted_to_a_day() -> None:
    check = ExperienceAtLeast(lasts=Duration(1), at=Milestone.DECISION)
    assert told(check, facts(experiences=(experience("2025-06-15"),))) == ("met", "12 mois sur 1 an")
    assert told(check, facts(experiences=(experience("2025-06-16"),))) == ("not_met", "11 mois et 30 jours sur 1 an")
    assert told(TWO_YEARS, facts(experiences=())) == ("unknown", "demande : date non renseignée")
    assert told(TWO_YEARS, facts(dates=dated(requested="2026-01-01"))) == ("unknown", "expérience non renseignée")


SILENCE = Admissible(within=Duration(0, 2), silence="accepts")
REFUSING = Admissible(within=Duration(0, 2), silence="refuses")
FEB_2 = {"received": "2026-02-02"}


@pytest.mark.parametrize(
    ("check", "answer", "dates", "on", "outcome", "words"),
    [
        (SILENCE, None, FEB_2, "2026-04-02", "unknown", "réponse attendue au plus tard le 2 avril 2026 (reste 0 jour)"),
        (SILENCE, None, FEB_2, "2026-03-31", "unknown", "réponse attendue au plus tard le 2 avril 2026 (reste 2 jours)"),
        (SILENCE, None, FEB_2, "2026-04-03", "met", "recevable par silence depuis le 3 avril 2026"),
        (SILENCE, None, FEB_2 | {"answered": "2026-03-01"}, "2026-04-02", "unknown",
         "réponse attendue au plus tard le 2 avril 2026 (reste 0 jour)"),
        (SILENCE, None, {}, "2026-04-03", "unknown", "aucune réponse connue sur la recevabilité"),
        (SILENCE, True, {}, "2026-04-03", "met", "avis favorable"),
        (SILENCE, True, FEB_2 | {"answered": "2026-04-10"}, "2026-04-12", "met", "avis favorable du 10 avril 2026"),
        (SILENCE, False, FEB_2 | {"answered": "2026-04-02"}, "2026-04-12", "not_met", "avis défavorable du 2 avril 2026"),
        (SILENCE, False, FEB_2 | {"answered": "2026-04-03"}, "2026-04-12", "met", "recevable par silence depuis le 3 avril 2026"),
        (SILENCE, False, FEB_2, "2026-04-02", "not_met", "avis défavorable"),
        (SILENCE, False, FEB_2, "2026-04-03", "unknown", "avis défavorable, peut-être après un silence qui valait accord"),
        (SILENCE, False, {"answered": "2026-04-02"}, "2026-04-03", "unknown",
         "avis défavorable du 2 avril 2026, peut-être après un silence qui valait accord"),
        (Admissible(within=SILENT, silence="accepts"), False, FEB_2, "2026-02-03", "unknown",
         "avis défavorable, peut-être après un silence qui valait accord"),
        (Admissible(silence="accepts"), False, FEB_2, "2026-09-03", "not_met", "avis défavorable"),
        (Admissible(silence="accepts"), None, FEB_2, "2026-09-03", "unknown", "aucune réponse connue sur la recevabilité"),
        (REFUSING, None, FEB_2, "2026-04-02", "unknown", "réponse attendue au plus tard le 2 avril 2026 (reste 0 jour)"),
        (REFUSING, None, FEB_2, "2026-04-03", "not_met", "refus par silence depuis le 3 avril 2026"),
        (REFUSING, False, FEB_2, "2026-04-03", "not_met", "avis défavorable"),
        (REFUSING, True, FEB_2 | {"answered": "2026-04-03"}, "2026-04-03", "met", "avis favorable du 3 avril 2026"),
        (Admissible(), False, {}, "2026-04-03", "not_met", "avis défavorable"),
        (Admissible(), None, {}, "2026-04-03", "unknown", "aucune réponse connue sur la recevabilité"),
        (Admissible(within=Duration(0, 2), silence=SILENT), None, FEB_2, "2026-04-03", "unknown",
         "aucune réponse connue sur la recevabilité"),
        (Admissible(within=Duration(0, 2), silence=SILENT), False, FEB_2, "2026-04-03", "not_met", "avis défavorable"),
        (Admissible(within=Duration(0, 2)), None, FEB_2, "2026-04-02", "unknown",
         "réponse attendue au plus tard le 2 avril 2026 (reste 0 jour)"),
    ],
)  # fmt: skip
def test_admissible(
    check: Admissible, answer: bool | None, dates: dict[str, str], on: str, outcome: str, words: str
) -> None:
    assert told(check, facts(is_favourable=answer, dates=dated(**dates)), on=day(on)) == (outcome, words)


def test_admissible_by_silence_says_since_when() -> None:
    found = seen(SILENCE, facts(dates=dated(received="2026-02-02"))).values
    assert found == {"since": "2026-04-03", "silence": "accepts"}


def test_refused_by_silence_says_since_when() -> None:
    check = Admissible(within=Duration(0, 2), silence="refuses")
    found = seen(check, facts(dates=dated(received="2026-02-02"))).values
    assert found == {"since": "2026-04-03", "silence": "refuses"}


def test_an_answer_still_to_come_says_until_when() -> None:
    found = seen(SILENCE, facts(dates=dated(received="2026-02-02")), on=day("2026-03-01")).values
    assert found == {"due": "2026-04-02"}


SIX_MONTHS = ConfirmedEvery(every=Duration(0, 6))


@pytest.mark.parametrize(
    ("confirmed", "on", "outcome", "words", "due"),
    [
        ((), "2026-07-10", "met", "prochaine confirmation due le 10 juillet 2026", "2026-07-10"),
        ((), "2026-07-11", "not_met", "caducité : confirmation due le 10 juillet 2026", "2026-07-10"),
        (("2026-07-10",), "2027-01-10", "met", "prochaine confirmation due le 10 janvier 2027", "2027-01-10"),
        (("2026-07-10",), "2027-01-11", "not_met", "caducité : confirmation due le 10 janvier 2027", "2027-01-10"),
        (("2026-07-11",), "2026-08-01", "not_met", "caducité : confirmation due le 10 juillet 2026", "2026-07-10"),
        (("2026-12-01", "2026-06-30"), "2027-05-31", "met", "prochaine confirmation due le 1er juin 2027", "2027-06-01"),
        (("2026-01-09",), "2026-07-11", "not_met", "caducité : confirmation due le 10 juillet 2026", "2026-07-10"),
        (("2026-07-11",), "2026-07-10", "met", "prochaine confirmation due le 10 juillet 2026", "2026-07-10"),
        (("2026-07-01",), "2026-07-01", "met", "prochaine confirmation due le 1er janvier 2027", "2027-01-01"),
        (None, "2026-07-10", "met", "prochaine confirmation due le 10 juillet 2026", "2026-07-10"),
        (None, "2026-07-11", "unknown", "confirmations non renseignées : confirmation due le 10 juillet 2026", "2026-07-10"),
    ],
)  # fmt: skip
def test_confirmed_every(confirmed: tuple[str, ...] | None, on: str, outcome: str, words: str, due: str) -> None:
    marks = None if confirmed is None else tuple(map(day, confirmed))
    found = seen(SIX_MONTHS, facts(confirmed_on=marks, dates=dated(answered="2026-01-10")), on=day(on))
    assert (found.outcome.value, found.words, found.values) == (outcome, words, {"due": due})


def test_confirmed_since_silence_accepted() -> None:
    check = ConfirmedEvery(every=Duration(0, 6), silence_after=Duration(0, 2))
    received = facts(dates=dated(received="2026-02-02"))
    assert told(check, received, on=day("2026-04-02")) == (
        "unknown",
        "réponse sur la recevabilité : date non renseignée",
    )
    assert told(check, received, on=day("2026-10-03")) == ("met", "prochaine confirmation due le 3 octobre 2026")
    answered = facts(dates=dated(received="2026-02-02", answered="2026-03-01"))
    assert told(check, answered, on=day("2026-05-01")) == ("met", "prochaine confirmation due le 1er septembre 2026")
    assert told(check, facts()) == ("unknown", "réponse sur la recevabilité : date non renseignée")
    assert told(SIX_MONTHS, received) == ("unknown", "réponse sur la recevabilité : date non renseignée")


def test_confirmed_since_a_day_not_known() -> None:
    assert told(SIX_MONTHS) == ("unknown", "réponse sur la recevabilité : date non renseignée")
    other = ConfirmedEvery(every=Duration(0, 6), since=Milestone.RECEIVED)
    assert told(other) == ("unknown", "réception de la demande : date non renseignée")


LIMITS = RequestsPerYear(same=1, total=3)


def asked(*others: Request, **known: Any) -> Facts:
    return facts(requests=others, dates=dated(requested="2026-03-02"), **known)


def request(scheme: str, on: str, blocks_only: bool = False) -> Request:
    return Request(scheme=scheme, requested_on=day(on), blocks_only=blocks_only)


@pytest.mark.parametrize(
    ("known", "outcome", "same", "total"),
    [
        (asked(), "met", 1, 1),
        (asked(request("sample", "2026-03-02")), "met", 1, 1),
        (asked(request("sample", "2026-03-01")), "not_met", 2, 2),
        (asked(request("sample", "2026-01-01")), "not_met", 2, 2),
        (asked(request("sample", "2025-12-31")), "met", 1, 1),
        (asked(request("sample", "2026-03-03")), "met", 1, 1),
        (asked(request("sample", "2026-03-01", blocks_only=True)), "met", 1, 1),
        (asked(request("a", "2026-01-05"), request("b", "2026-03-02")), "met", 1, 3),
        (asked(request("a", "2026-01-05"), request("b", "2026-02-05"), request("c", "2026-03-02")), "not_met", 1, 4),
        (asked(request("a", "2026-01-05"), request("b", "2026-02-05"), request("c", "2026-03-02", blocks_only=True)), "met", 1, 3),
        (asked(request("a", "2026-01-05"), request("b", "2026-02-05"), request("c", "2026-02-06"), blocks=("B1",)), "met", 0, 3),
        (asked(*(request(one, "2026-01-05") for one in "abcd"), blocks=("B1",)), "met", 0, 4),
    ],
)  # fmt: skip
def test_requests_per_year(known: Facts, outcome: str, same: int, total: int) -> None:
    words = f"demandes de l'année 2026 : {same} sur 1 pour cette certification, {total} sur 3 en tout"
    assert told(LIMITS, known) == (outcome, words)


def test_requests_not_known() -> None:
    expected = ("unknown", "demandes de l'année non renseignées")
    assert told(LIMITS, facts(requests=())) == expected
    assert told(LIMITS, facts(dates=dated(requested="2026-03-02"))) == expected


@pytest.mark.parametrize(
    ("statements", "outcome", "words"),
    [
        ({}, "unknown", "non renseigné"),
        ({"adult": True}, "met", "déclaré et vérifié"),
        ({"adult": False}, "not_met", "non"),
    ],
)
def test_stated(statements: dict[str, bool], outcome: str, words: str) -> None:
    assert told(Stated(statement="adult"), facts(statements=statements)) == (outcome, words)
