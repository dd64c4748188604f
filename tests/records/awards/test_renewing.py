"""A certificate that ends is renewed by another, on a new file judged by the same rules; the earlier stays as it is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from parchemin.records.awards.actions.changing import revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate, issue
from parchemin.records.awards.actions.reminding import remind_of_certificate, remind_of_parts
from parchemin.records.awards.models import Certificate, House, Standing
from parchemin.records.awards.queries.ending import ending_certificates, ending_parts
from parchemin.records.awards.queries.foreseen import foreseen
from parchemin.records.awards.queries.renewing import Renewal, renewal_by, renewal_of, to_renew
from parchemin.records.awards.queries.verifying import Outcome, Reason, Why, verified
from parchemin.records.awards.sealing import rewritten
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Letter
from parchemin.records.certifications.models import PublishedRuling
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from tests.guards import lifted
from tests.records.awards import bench
from tests.records.awards.bench import AGAIN_AT, AGAIN_ON, ISSUED_AT, ISSUED_ON, again, decided, given, temporary
from tests.web.cast import CQP, FEST, Cast, opened

END = date(2031, 3, 27)
DAY = timedelta(days=1)
FAR, NEAR = date(2030, 9, 26), date(2030, 9, 27)


def fresh(row: Certificate) -> Certificate:
    """The certificate as it is kept."""
    return Certificate.objects.get(pk=row.pk)


def told(row: Certificate, on: date) -> Renewal | None:
    """How it is renewed, and where that stands."""
    row = fresh(row)
    return renewal_of(row, Judged(row.candidacy, on).scheme, on)


def correct(row: Certificate, cast: Cast, place: str) -> Certificate:
    """Another that says where it was made, six weeks before the end."""
    House.objects.update(place=place)
    return correct_certificate(certificate=row, reason="Lieu faux.", by=cast.manager, at=AGAIN_AT, on=AGAIN_ON)


def ending(on: date = AGAIN_ON) -> list[Certificate]:
    """Those whose holder is written to that day."""
    return list(ending_certificates(on))


def test_a_new_certificate_names_the_one_it_renews_which_stays_until_its_end(cast: Cast) -> None:
    first = temporary(cast)
    assert first.renews is None and first.told["renews"] == "" and ending() == [first]
    second = again(cast)
    assert second.renews == first and second.told["renews"] == first.number
    assert second.valid_until == date(2036, 2, 14) and renewal_by(first) == second and renewal_by(second) is None
    assert [fresh(first).standing(on) for on in (END, END + DAY)] == [Standing.VALID, Standing.EXPIRED]
    assert ending() == []
    noted = Entry.objects.get(kind="candidacy.certificate_renewed")
    assert noted.subject == first.candidacy_id and noted.details["renewed"] == first.pk.hex
    assert journal.verify().is_whole and list(rewritten()) == []


def test_a_third_renews_the_last(cast: Cast) -> None:
    first, second = temporary(cast), again(cast)
    third = again(cast)
    assert third.renews == second and renewal_by(first) == second and renewal_by(second) == third


def test_what_a_file_is_awarded_after_a_revocation_is_another(cast: Cast) -> None:
    first, second = temporary(cast), again(cast)
    correct(first, cast, "Lyon")
    revoke(certificate=Certificate.objects.get(corrects=first), reason="Fraude.", by=cast.manager, at=AGAIN_AT)
    assert renewal_by(first) is None
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",), row=Candidacy.objects.get(pk=first.candidacy_id))
    (third,) = issue(hearing=hearing, awarded_on=AGAIN_ON, by=cast.manager, at=AGAIN_AT + DAY, on=AGAIN_ON + DAY)
    assert third.renews == second and renewal_by(second) == third and renewal_by(third) is None
    assert third.valid_until and ending(third.valid_until) == [third]
    fourth = again(cast)
    assert fourth.renews == third and renewal_by(third) == fourth


def test_the_certificate_of_somebody_else_is_not_renewed(cast: Cast) -> None:
    first = temporary(cast)
    assert again(cast, who=cast.other_candidate).renews is None and renewal_by(first) is None


def test_nothing_is_renewed_by_a_certificate_awarded_before(cast: Cast) -> None:
    later = decided(cast, FEST, "continuing", "full", ("A1-C1",), who=cast.other_candidate)
    Candidacy.objects.filter(pk=later.candidacy_id).update(status="withdrawn", closed_at=AGAIN_AT)
    bench.housed(cast, FEST)
    second = again(cast, who=cast.other_candidate)
    (first,) = given(later, cast.manager)
    assert first.awarded_on < second.awarded_on and first.renews is None


def test_what_would_be_issued_says_what_it_renews(cast: Cast) -> None:
    first = temporary(cast)
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",))
    (line,) = foreseen(hearing.session, AGAIN_ON, AGAIN_ON)
    assert [one.renews for one in line.due] == [first]


def test_a_correction_keeps_what_is_renewed(cast: Cast) -> None:
    first, second = temporary(cast), again(cast)
    newer = correct(second, cast, "Lyon")
    assert newer.renews == first and newer.told["renews"] == first.number
    assert renewal_by(first) == newer and ending() == []
    other = correct(first, cast, "Lille")
    assert renewal_by(other) == newer and ending() == []
    assert correct(newer, cast, "Nantes").renews == first


def test_the_correction_of_the_earlier_is_what_is_renewed(cast: Cast) -> None:
    newer = correct(temporary(cast), cast, "Lyon")
    assert again(cast).renews == newer


def test_revoked_it_frees_the_earlier_to_be_renewed_again(cast: Cast) -> None:
    first, second = temporary(cast), again(cast)
    revoke(certificate=second, reason="Fraude.", by=cast.manager, at=AGAIN_AT)
    assert renewal_by(first) is None and ending() == [first]
    Candidacy.objects.filter(pk=second.candidacy_id).update(status="withdrawn", closed_at=AGAIN_AT)
    third = again(cast)
    assert third.renews == first and renewal_by(first) == third


def test_what_was_revoked_is_not_renewed(cast: Cast) -> None:
    first = temporary(cast)
    revoke(certificate=first, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    Candidacy.objects.filter(pk=first.candidacy_id).update(status="withdrawn", closed_at=AGAIN_AT)
    assert again(cast).renews is None and told(first, NEAR) is None


def test_its_holder_may_begin_six_months_before_its_end_or_after(cast: Cast) -> None:
    first = temporary(cast)
    begun = {on: told(first, on) for on in (FAR, NEAR, END, END + 400 * DAY)}
    assert [one and one.may_begin for one in begun.values()] == [False, True, True, True]
    asked = [to_renew(cast.candidate.pk, first.candidacy.certification_id, on) for on in begun]
    assert asked == [None, first, first, first]
    assert to_renew(cast.other_candidate.pk, first.candidacy.certification_id, NEAR) is None
    suspend(certificate=first, reason="Enquête.", by=cast.manager, at=ISSUED_AT)
    found = told(first, NEAR)
    assert found and not found.may_begin
    assert to_renew(cast.candidate.pk, first.candidacy.certification_id, NEAR) is None


def test_a_file_under_way_is_told_and_no_other_is_begun(cast: Cast) -> None:
    first = temporary(cast)
    row = opened(cast.candidate, cast.certification(FEST), "continuing")
    found = told(first, NEAR)
    assert found and found.under_way == row and not found.may_begin


def test_what_never_ends_is_never_renewed(cast: Cast) -> None:
    bench.housed(cast, CQP)
    (made,) = given(decided(cast, CQP, "vae", "full", ("C1",)), cast.manager)
    assert made.valid_until is None and told(made, END) is None


def test_the_reminder_says_how_or_whom_to_ask(cast: Cast) -> None:
    first = temporary(cast)
    remind_of_certificate(certificate=first, at=AGAIN_AT, on=NEAR)
    said = Letter.objects.get(kind="reminder").values["words"]
    assert "27/03/2031" in said and "repasser toutes les épreuves" in said and "compétences manquantes" not in said
    Letter.objects.all().delete()
    with lifted(connection):
        PublishedRuling.objects.all()._raw_delete("default")
    remind_of_certificate(certificate=fresh(first), at=AGAIN_AT, on=NEAR)
    said = Letter.objects.get(kind="reminder").values["words"]
    assert f"n’a pas encore dit comment ce certificat se renouvelle : demandez-le à {cast.organisation.name}" in said


def test_whoever_verifies_learns_it_once_its_time_has_passed_and_no_number(cast: Cast) -> None:
    first, second = temporary(cast), again(cast)
    during, after = verified(first.number, END), verified(first.number, END + DAY)
    assert (during.outcome, during.is_renewed) == (Outcome.VALID, False)
    assert after.reasons == (Reason(Why.EXPIRED, END + DAY),) and after.is_renewed
    assert second.number not in repr(after) and first.number not in repr(verified(second.number, END).told)
    revoke(certificate=first, reason="Fraude.", by=cast.manager, at=AGAIN_AT)
    assert not verified(first.number, END + DAY).is_renewed


REFUSED: dict[str, Callable[[Certificate, Certificate, Cast], dict[str, Any]]] = {
    "another person's": lambda first, _second, cast: {"renews": temporary(cast, who=cast.other_candidate)},
    "of its own file": lambda _first, second, _cast: {"renews": second},
    "renewed already": lambda first, _second, _cast: {"renews": first},
}


@pytest.mark.parametrize("why", REFUSED)
def test_the_database_refuses_to_renew_what_may_not_be(cast: Cast, why: str) -> None:
    first, second = temporary(cast), again(cast)
    changes = REFUSED[why](first, second, cast)
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",)) if why != "of its own file" else None
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        written(second, candidacy=hearing.candidacy if hearing else second.candidacy,
                conclusion=hearing.told if hearing else second.conclusion, kind="whole",
                corrects=None if hearing else second, correction="" if hearing else "x", **changes)  # fmt: skip


def test_the_database_refuses_to_renew_what_is_over(cast: Cast) -> None:
    first = temporary(cast)
    revoke(certificate=first, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    Candidacy.objects.filter(pk=first.candidacy_id).update(status="withdrawn", closed_at=AGAIN_AT)
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",))
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        written(first, candidacy=hearing.candidacy, conclusion=hearing.told, renews=first)


def test_the_database_refuses_a_correction_that_renews_another(cast: Cast) -> None:
    _first, second = temporary(cast), again(cast)
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        written(second, corrects=second, correction="x", renews=None)
    assert written(second, corrects=second, correction="x").renews == second.renews


def written(row: Certificate, **changes: Any) -> Certificate:
    """Another row like that one, written to the database itself."""
    made = fresh(row)
    made.pk, made.number, made.place = "f" * 32, "Z" * 12, row.place + 1
    made._state.adding = True
    for field, value in {"issued_at": ISSUED_AT, "awarded_on": ISSUED_ON, **changes}.items():
        setattr(made, field, value)
    made.save(force_insert=True)
    return made


def test_parts_that_stop_counting_say_how_to_go_on_instead(cast: Cast) -> None:
    row = decided(cast, CQP, "vae", "partial", ("C1", "C2"), "C3").candidacy
    (one,) = ending_parts(AGAIN_ON)
    assert (one.candidacy, one.codes, one.until) == (row, ("C1", "C2"), date(2031, 3, 20))
    assert list(ending_parts(FAR - 30 * DAY)) == []
    remind_of_parts(ending=one, at=AGAIN_AT, on=AGAIN_ON)
    said = Letter.objects.get(kind="reminder").values["words"]
    assert "20/03/2031" in said and "se former aux compétences manquantes" in said
