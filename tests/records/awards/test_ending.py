"""An awarded file is over and its holder told; before that, everybody sees what an admissible file waits for."""

from datetime import date, timedelta

from django.utils import timezone

from parchemin.core.facts import Milestone
from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate
from parchemin.records.awards.models import Certificate, House
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.progress import Progress, progress_of, with_progress
from parchemin.records.candidacies.actions.opening import open_candidacy
from parchemin.records.candidacies.models import Candidacy, Deposit, Letter, RetentionRule, Status
from parchemin.records.candidacies.queries.expiring import counts_due
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Verdict
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, given, told
from tests.records.juries.bench import AFTER, DAY, SIX, Bench, transmitted
from tests.web.cast import Cast

LATER = ISSUED_AT + timedelta(days=30)


def fresh(row: Candidacy) -> Candidacy:
    """The file as it is kept."""
    return Candidacy.objects.get(pk=row.pk)


def progress(row: Candidacy) -> Progress | None:
    """Where that file stands."""
    return progress_of(with_progress(Candidacy.objects.filter(pk=row.pk)).get())


def letters(row: Candidacy) -> list[str]:
    """What its candidate was told of certificates, in order."""
    found = Letter.objects.filter(candidacy=row, kind__startswith="certificate_").order_by("asked_at", "pk")
    return [one.kind.removeprefix("certificate_") for one in found]


def issued(cast: Cast, bench: Bench) -> Certificate:
    """The certificate of the whole."""
    (made,) = given(told(bench), cast.manager)
    return made


def test_an_awarded_file_is_over_and_waits_for_nobody(cast: Cast, bench: Bench) -> None:
    hearing = told(bench)
    Candidacy.objects.filter(pk=hearing.candidacy_id).update(due_on=date(2026, 3, 1))
    assert progress(hearing.candidacy) is Progress.GRANTED
    (made,) = given(hearing, cast.manager)
    row = fresh(hearing.candidacy)
    assert (row.status, row.due_on, row.closed_at) == (Status.AWARDED, None, ISSUED_AT) and not row.is_active
    assert progress(row) is None and letters(row) == ["issued"]
    assert Letter.objects.get(kind="certificate_issued").values == {"number": grouped(made.number)}


def test_a_part_awarded_leaves_the_file_going_on(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    (hearing,) = bench.ready(row)
    assert progress(row) is Progress.HEARD
    bench.settle(hearing, Verdict.PARTIAL, reason="Deux parties ne sont pas établies.", **dict.fromkeys(SIX[4:], False))
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    assert progress(row) is Progress.HEARD  # decided, and its candidate does not know
    publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary)
    assert progress(row) is Progress.PARTIAL and fresh(row).status == Status.ADMISSIBLE


def test_a_file_is_prepared_then_handed_in_then_accepted(cast: Cast) -> None:
    row = transmitted(cast)
    assert progress(row) is Progress.ACCEPTED
    row.dates.filter(milestone=Milestone.TRANSMITTED).delete()
    assert progress(row) is Progress.PREPARED
    sent = Deposit.objects.create(
        candidacy=row, stage="completeness", number=1, deposited_at=AFTER, deposited_by=row.candidate
    )
    for answer, stands in (
        ("pending", Progress.DEPOSITED),
        ("accepted", Progress.ACCEPTED),
        ("returned", Progress.PREPARED),
    ):
        answered = None if answer == "pending" else AFTER
        Deposit.objects.filter(pk=sent.pk).update(answer=answer, answered_at=answered, reasons="Une page manque.")
        assert progress(row) is stands
    Candidacy.objects.filter(pk=row.pk).update(status=Status.RECEIVED)
    assert progress(row) is None


def test_revoked_the_file_goes_on_and_its_holder_is_told_why(cast: Cast, bench: Bench) -> None:
    made = issued(cast, bench)
    suspend(certificate=made, reason="Enquête.", by=cast.manager, at=LATER)
    assert fresh(made.candidacy).status == Status.AWARDED
    reinstate(certificate=made, reason="Rien trouvé.", by=cast.manager, at=LATER + timedelta(hours=1))
    revoke(certificate=made, reason="Fraude constatée.", by=cast.manager, at=LATER + timedelta(hours=2))
    row = fresh(made.candidacy)
    assert (row.status, row.closed_at) == (Status.ADMISSIBLE, None) and progress(row) is Progress.REVOKED
    assert not row.dates.filter(milestone__in=[Milestone.AWARDED, Milestone.ISSUED]).exists()
    assert letters(row) == ["issued", "suspended", "reinstated", "revoked"]
    assert Letter.objects.get(kind="certificate_revoked").values["reasons"] == "Fraude constatée."


def test_revoked_it_stays_closed_where_another_file_of_the_certification_is_under_way(cast: Cast, bench: Bench) -> None:
    made = issued(cast, bench)
    row = made.candidacy
    other = open_candidacy(
        candidate=row.candidate,
        certification=row.certification,
        route=row.route,
        at=LATER,
        on=timezone.localdate(LATER),
    )
    assert isinstance(other, Candidacy)
    revoke(certificate=made, reason="Fraude constatée.", by=cast.manager, at=LATER)
    assert fresh(row).status == Status.AWARDED and not row.dates.filter(milestone=Milestone.AWARDED).exists()


def test_a_correction_tells_the_number_that_counts_now(cast: Cast, bench: Bench) -> None:
    made = issued(cast, bench)
    House.objects.update(place="Lyon")
    newer = correct_certificate(certificate=made, reason="Le lieu était faux.", by=cast.manager, at=LATER, on=ISSUED_ON)
    assert letters(made.candidacy) == ["issued", "corrected"] and fresh(made.candidacy).status == Status.AWARDED
    values = Letter.objects.get(kind="certificate_corrected").values
    assert values == {"number": grouped(newer.number), "reasons": "Le lieu était faux."}


def test_what_an_awarded_file_keeps_goes_when_its_time_has_passed(cast: Cast, bench: Bench) -> None:
    RetentionRule.objects.create(organisation=cast.organisation, kind=RetentionRule.Kind.IDENTITY, months=6, basis="x")
    hearing, much_later = told(bench), ISSUED_ON + timedelta(days=365)
    assert counts_due(cast.organisation, much_later) == {"identity": 0}  # it goes on
    given(hearing, cast.manager)
    assert counts_due(cast.organisation, ISSUED_ON + timedelta(days=150)) == {"identity": 0}
    assert counts_due(cast.organisation, much_later) == {"identity": 1}
