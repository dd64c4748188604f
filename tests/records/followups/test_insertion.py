"""What holders become: who is asked and when, what is kept of an answer, how rates are counted, what is let go of."""

from datetime import date, timedelta

import pytest

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Certificate
from parchemin.records.followups.actions.answering import Said, answer, opened, refuse
from parchemin.records.followups.actions.asking import OPEN, note_asked, open_waves, to_ask, to_remind
from parchemin.records.followups.actions.detaching import detach
from parchemin.records.followups.errors import FollowupError
from parchemin.records.followups.models import Answer, Followup, Wave
from parchemin.records.followups.queries.insertion import Insertion, Rate, insertion_of
from parchemin.records.followups.queries.portable import kept_of
from parchemin.records.followups.queries.yearly import told_to_all, yearly
from parchemin.records.followups.tokens import read, token_of
from parchemin.records.followups.wordings import sentence
from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.erasing import erase_person
from parchemin.records.people.errors import RefusalError
from tests.records.awards.bench import ISSUED_AT
from tests.records.followups.bench import (
    ASKED_AT,
    ELSEWHERE,
    SEEKS,
    SIX_LATER,
    STUDIES,
    UNABLE,
    WORK,
    answered,
    asked,
    holders,
)
from tests.records.juries.bench import DAY
from tests.web.cast import ALTERNANCE, Cast

TWO_YEARS_LATER = date(2028, 3, 20)


def refusal(token: str, on: date = SIX_LATER) -> str:
    with pytest.raises(RefusalError) as raised:
        opened(token, on)
    assert raised.value.sentence
    return raised.value.code


def test_holders_are_asked_once_at_each_wave(cast: Cast) -> None:
    holders(cast, 2)
    assert open_waves(on=SIX_LATER - timedelta(days=1)) == 0
    assert open_waves(on=SIX_LATER) == 2 and open_waves(on=SIX_LATER) == 0
    row = Followup.objects.first()
    assert row and (row.wave, row.year, row.due_on, row.state) == (6, DAY.year, SIX_LATER, "waiting")
    assert (row.closes_on, row.kept_until) == (date(2027, 3, 20), date(2028, 9, 20))
    assert to_ask(SIX_LATER).count() == 2 and to_ask(date(2027, 3, 21)).count() == 0
    assert open_waves(on=TWO_YEARS_LATER) == 2
    assert Followup.objects.filter(wave=Wave.TWO_YEARS).count() == 2


def test_a_wave_that_is_over_is_not_opened_late(cast: Cast) -> None:
    holders(cast, 1)
    assert open_waves(on=OPEN.after(SIX_LATER) + timedelta(days=1)) == 0


def test_whoever_lost_their_certificate_or_account_is_left_alone(cast: Cast) -> None:
    first, second, _third = holders(cast, 3)
    for row in Certificate.objects.filter(candidacy=first.candidacy_id):
        revoke(certificate=row, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    erase_person(person=second.candidacy.candidate, by=None, at=ISSUED_AT)
    assert open_waves(on=SIX_LATER) == 1


def test_reminded_once_three_weeks_later(cast: Cast) -> None:
    (row,) = asked(cast, 1)
    later = ASKED_AT + timedelta(days=21)
    assert to_ask(SIX_LATER).count() == 0
    assert to_remind(SIX_LATER, later - timedelta(minutes=1)).count() == 0
    assert to_remind(later.date(), later).get() == row
    note_asked(followup=row, is_sent=True, at=later)
    assert to_remind(later.date(), later + timedelta(days=60)).count() == 0
    assert list(Entry.objects.filter(kind__startswith="insertion.").values_list("kind", flat=True)) == [
        "insertion.asked",
        "insertion.reminded",
    ]


def test_a_link_answers_once(cast: Cast) -> None:
    row, other = asked(cast, 2)
    token = token_of(row.pk)
    assert read(token) == row.pk and row.pk.hex[:8] in token
    made = answer(token=token, said=WORK, at=ASKED_AT, on=SIX_LATER)
    assert (made.started, made.is_target_job) == ("2026-05", True)
    entry = Entry.objects.get(kind="insertion.answered")
    assert entry.subject == row.certification_id and row.candidacy_id
    assert row.candidacy_id.hex not in str(entry.details).replace("-", "")
    assert refusal(token) == "used"
    assert refusal(token_of(other.pk), date(2027, 3, 21)) == "expired"
    assert not [field.name for field in Answer._meta.fields if "name" in field.name or "email" in field.name]


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, ".", f"{'0' * 32}.x", "é\u202e", "../..", f"{'0' * 32}"])
def test_a_token_that_was_not_signed_here_is_unknown(db: None, token: str) -> None:
    assert refusal(token) == "unknown"


def test_a_signed_link_of_nothing_is_unknown(cast: Cast) -> None:
    holders(cast, 1)
    open_waves(on=SIX_LATER)
    row = Followup.objects.get()
    assert refusal(token_of(row.pk)) == "unknown"
    assert refusal(token_of(cast.candidate.pk)) == "unknown"
    note_asked(followup=row, is_sent=False, at=ASKED_AT)
    assert refusal(token_of(row.pk)) == "gone"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(situation="employed"), "job"),
        (Said(situation="seeking", is_target_job=False), "not_job"),
        (Said(situation="studying", started_on=DAY), "not_job"),
        (Said(situation="own_business", is_target_job=True, contract="permanent"), "contract"),
        (Said(situation="employed", is_target_job=True, started_on=date(2026, 9, 21)), "month"),
        (Said(situation="employed", is_target_job=True, started_on=date(1949, 9, 21)), "month"),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused_with_words(cast: Cast, said: Said, code: str) -> None:
    (row,) = asked(cast, 1)
    with pytest.raises(FollowupError) as raised:
        answered(row, said)
    assert raised.value.code == code and sentence(raised.value)
    assert not Answer.objects.exists() and opened(token_of(row.pk), SIX_LATER) == row


def test_refusing_is_for_good(cast: Cast) -> None:
    (row,) = asked(cast, 1)
    refuse(token=token_of(row.pk), at=ASKED_AT, on=SIX_LATER)
    assert refusal(token_of(row.pk)) == "used"
    assert open_waves(on=TWO_YEARS_LATER) == 0


def test_rates_leave_out_studies_and_incapacity(cast: Cast) -> None:
    rows = asked(cast, 9)
    for row, said in zip(rows, (WORK, WORK, ELSEWHERE, SEEKS, SEEKS, STUDIES, UNABLE), strict=False):
        answered(row, said)
    refuse(token=token_of(rows[7].pk), at=ASKED_AT, on=SIX_LATER)
    six, later = insertion_of(cast.certification(ALTERNANCE), DAY.year)
    assert (six.asked, six.answered, six.refused, six.neutral, six.counted) == (9, 7, 1, 2, 5)
    assert (six.response, six.overall, six.target) == (Rate(7, 9), Rate(3, 5), Rate(2, 5))
    assert (six.response.percent, six.overall.percent, six.target.percent) == (78, 60, 40)
    assert later == Insertion(Wave.TWO_YEARS) and later.overall.percent is None
    (told,) = told_to_all(yearly(cast.certification(ALTERNANCE), DAY.year, SIX_LATER))["waves"]
    assert told["rates"]["target"] == {"over": 2, "under": 5} and told["response"] == {"over": 7, "under": 9}


def test_rates_over_few_answers_are_not_told_to_everybody(cast: Cast) -> None:
    for row in asked(cast, 4):
        answered(row)
    (told,) = told_to_all(yearly(cast.certification(ALTERNANCE), DAY.year, SIX_LATER))["waves"]
    assert told["rates"] is None and told["response"] == {"over": 4, "under": 4}


def test_a_holder_takes_away_what_they_said_as_long_as_it_is_theirs(cast: Cast) -> None:
    first, second = asked(cast, 2)
    answered(first)
    assert first.candidacy and second.candidacy
    (told,) = kept_of(first.candidacy)
    assert (told["wave"], told["state"], told["answer"]["started"]) == (6, "answered", "2026-05")
    assert kept_of(second.candidacy)[0]["answer"] is None
    detach(at=ASKED_AT, on=date(2030, 1, 1))
    assert kept_of(first.candidacy) == []


def test_answers_are_let_go_of_and_still_count(cast: Cast) -> None:
    first, second = asked(cast, 2)
    answered(first)
    before = insertion_of(cast.certification(ALTERNANCE), DAY.year)
    last = date(2028, 9, 20)
    assert detach(at=ASKED_AT, on=last) == 0
    assert detach(at=ASKED_AT, on=last + timedelta(days=1)) == 2
    assert insertion_of(cast.certification(ALTERNANCE), DAY.year) == before
    row = Followup.objects.get(pk=first.pk)
    assert (row.candidacy, row.asked_at, row.settled_at, row.due_on) == (None, None, None, None)
    assert Answer.objects.get().started == ""
    assert refusal(token_of(second.pk)) == "gone"
    assert Entry.objects.filter(kind="insertion.detached").count() == 1


def test_erasing_an_account_lets_go_of_its_answers(cast: Cast) -> None:
    first, _second = asked(cast, 2)
    answered(first)
    assert first.candidacy
    erase_person(person=first.candidacy.candidate, by=None, at=ASKED_AT)
    assert detach(at=ASKED_AT, on=SIX_LATER) == 1
    assert Followup.objects.get(candidacy=None).answer.is_target_job is True
    assert open_waves(on=SIX_LATER) == 0
