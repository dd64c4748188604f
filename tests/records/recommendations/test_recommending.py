"""Who recommends what, what the recommended body makes of it, and who reads it on which day."""

from datetime import date, timedelta
from typing import Any

import pytest

from parchemin.records.awards.actions.keys import key_in_use
from parchemin.records.awards.models import House
from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Organisation, OrganisationKind, Role
from parchemin.records.people.standing import Standing
from parchemin.records.recommendations.actions import accept, drafted, hide, keep_proof, recommend, withdraw
from parchemin.records.recommendations.errors import RecommendationError
from parchemin.records.recommendations.models import LONGEST, Recommendation, Reply, Stand, Withdrawal
from parchemin.records.recommendations.queries import (
    MOST_READ,
    bodies_to_recommend,
    endorsers_for,
    given_by,
    readable,
    readable_of,
    readable_with,
    received_by,
    versions_to_recommend,
    waiting,
    withdrawn_places,
)
from parchemin.records.recommendations.wordings import sentence
from tests.records.awards.bench import housed
from tests.records.recommendations.bench import MADE_AT, MADE_ON, neighbour, recommended, said, version
from tests.web.cast import AT, CQP, FEST, ON, Cast, organisation, person

pytestmark = pytest.mark.django_db
LATER = MADE_ON + timedelta(days=10)


def refused(cast: Cast, **changes: Any) -> str:
    """Why the neighbour may not say that; nothing is written."""
    with pytest.raises(RecommendationError) as raised:
        recommended(cast, **changes)
    assert "%(" not in sentence(raised.value)
    return raised.value.code


def signed(row: Recommendation) -> Recommendation:
    key = key_in_use(row.endorser, lambda: (f"z6Mk{row.endorser_id.hex}", "00"), MADE_AT)
    keep_proof(recommendation=row, key=key, text="{}", at=MADE_AT)
    return row


def read_on(day: date) -> list[Recommendation]:
    return list(readable(day))


def test_what_is_said_is_kept_with_the_names_of_that_day(cast: Cast) -> None:
    row = recommended(cast, words="  Utile.\r\nVraiment. ", until_on=LATER)
    assert (row.endorser_name, row.words, row.place) == (cast.other_organisation.name, "Utile.\nVraiment.", 0)
    assert row.subject_name == version(cast).certification.title
    body = recommended(cast, version=None)
    assert (body.subject_name, body.place) == (cast.organisation.name, 1)
    told = Entry.objects.filter(kind="recommendation.made").order_by("number")
    assert [one.subject for one in told] == [cast.other_organisation.pk] * 2
    assert told[0].details["recommendation"] == row.pk.hex and told[0].actor == neighbour(cast).pk


def test_a_draft_is_written_nowhere(cast: Cast) -> None:
    row = drafted(cast.other_organisation, said(cast), on=MADE_ON)
    assert row.place is None and not Recommendation.objects.exists()
    assert not Entry.objects.filter(kind__startswith="recommendation.").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": "  "}, "words"),
        ({"words": "x" * (LONGEST + 1)}, "words"),
        ({"from_on": MADE_ON - timedelta(days=1)}, "past"),
        ({"until_on": MADE_ON - timedelta(days=1)}, "order"),
    ],
)
def test_what_cannot_be_said(cast: Cast, changes: dict[str, Any], code: str) -> None:
    assert refused(cast, **changes) == code
    assert not Recommendation.objects.exists()


def test_the_longest_words_and_a_single_day_are_taken(cast: Cast) -> None:
    assert recommended(cast, words="x" * LONGEST, until_on=MADE_ON).until_on == MADE_ON


def test_nobody_recommends_itself_nor_its_centre_nor_what_it_issues(cast: Cast) -> None:
    own: dict[str, Any] = {"by": cast.manager, "at": MADE_AT, "on": MADE_ON}
    for told in (said(cast), said(cast, version=None)):
        with pytest.raises(RecommendationError) as raised:
            recommend(endorser=cast.organisation, said=told, **own)
        assert raised.value.code == "own" and cast.organisation.name in sentence(raised.value)
    centre = create_organisation(kind=OrganisationKind.CENTRE, name="Centre", at=AT, parent=cast.organisation)
    with pytest.raises(RecommendationError, match="own"):
        recommend(endorser=centre, said=said(cast), **own)
    House.objects.create(
        organisation=cast.organisation, certification=cast.certification(FEST), issuer=cast.other_organisation,
        place="Ici", signatory="Rose Exemple", signatory_title="Présidente",
    )  # fmt: skip
    assert refused(cast) == "issues"
    assert recommended(cast, version=None).version is None, "the body is another, whoever issues"


def test_one_at_a_time_of_one_thing(cast: Cast) -> None:
    first = recommended(cast, from_on=LATER, until_on=LATER + timedelta(days=10))
    assert refused(cast) == "standing" and refused(cast, from_on=LATER + timedelta(days=10)) == "standing"
    assert refused(cast, until_on=LATER) == "standing"
    recommended(cast, until_on=LATER - timedelta(days=1))
    recommended(cast, from_on=LATER + timedelta(days=11))
    recommended(cast, version=None), recommended(cast, version=version(cast, CQP))
    withdraw(recommendation=first, reason="Erreur.", by=neighbour(cast), at=MADE_AT)
    assert recommended(cast, from_on=LATER, until_on=LATER).place == 5


def test_nobody_reads_it_before_it_was_accepted_and_signed(cast: Cast) -> None:
    row = recommended(cast, until_on=LATER)
    by: dict[str, Any] = {"recommendation": row, "by": cast.manager, "at": MADE_AT}
    signed(row)
    assert read_on(MADE_ON) == []
    assert accept(**by, on=MADE_ON) and accept(**by, on=MADE_ON) is None
    assert read_on(MADE_ON) == read_on(LATER) == [row]
    assert read_on(MADE_ON - timedelta(days=1)) == read_on(LATER + timedelta(days=1)) == []
    assert hide(**by) and hide(**by) is None and read_on(MADE_ON) == []
    assert accept(**by, on=MADE_ON) and read_on(MADE_ON) == [row]
    assert list(Reply.objects.values_list("act", flat=True)) == ["accepted", "hidden", "accepted"]
    told = Entry.objects.filter(kind__in=["recommendation.accepted", "recommendation.hidden"])
    assert {one.subject for one in told} == {cast.organisation.pk} and len(told) == 3
    other = recommended(cast, version=None)
    accept(recommendation=other, by=cast.manager, at=MADE_AT, on=MADE_ON)
    assert other not in read_on(MADE_ON), "it is not signed yet"


def test_what_was_withdrawn_never_comes_back(cast: Cast) -> None:
    row = signed(recommended(cast))
    by: dict[str, Any] = {"recommendation": row, "at": MADE_AT}
    accept(**by, by=cast.manager, on=MADE_ON)
    with pytest.raises(RecommendationError, match="reason"):
        withdraw(**by, by=neighbour(cast), reason=" ")
    assert withdraw(**by, by=neighbour(cast), reason=" Le référentiel a changé. ").reason == "Le référentiel a changé."
    assert read_on(MADE_ON) == [] and withdrawn_places(cast.other_organisation) == [0]
    for act in (
        lambda: withdraw(**by, by=neighbour(cast), reason="Encore."),
        lambda: accept(**by, by=cast.manager, on=MADE_ON),
        lambda: hide(**by, by=cast.manager),
    ):
        with pytest.raises(RecommendationError, match="withdrawn"):
            act()
    assert Withdrawal.objects.count() == 1
    assert Entry.objects.filter(kind="recommendation.withdrawn", subject=cast.other_organisation.pk).count() == 1


def test_where_it_stands_on_a_day(cast: Cast) -> None:
    row = recommended(cast, from_on=MADE_ON + timedelta(days=1), until_on=LATER)
    days = (MADE_ON, MADE_ON + timedelta(days=1), LATER, LATER + timedelta(days=1))
    assert [row.stands(day) for day in days] == [Stand.TO_COME, Stand.STANDING, Stand.STANDING, Stand.ENDED]
    with pytest.raises(RecommendationError, match="ended"):
        accept(recommendation=row, by=cast.manager, at=MADE_AT, on=LATER + timedelta(days=1))
    withdraw(recommendation=row, reason="x", by=neighbour(cast), at=MADE_AT)
    assert {Recommendation.objects.get().stands(day) for day in days} == {Stand.WITHDRAWN}


def test_a_version_is_read_with_what_is_said_of_its_body_and_no_other(cast: Cast) -> None:
    rows = [signed(recommended(cast, version=None)), signed(recommended(cast))]
    rows.append(signed(recommended(cast, version=version(cast, CQP))))
    for row in rows:
        accept(recommendation=row, by=cast.manager, at=MADE_AT, on=MADE_ON)
    assert list(readable_of(FEST, version(cast).name, MADE_ON)) == [rows[1], rows[0]]
    assert list(readable_of(FEST, "1999-01-01", MADE_ON)) == [rows[0]]
    assert list(readable_of("autre", "1999-01-01", MADE_ON)) == []


def praised(cast: Cast, endorser: Organisation, **changes: Any) -> Recommendation:
    """That body says it, signed and accepted."""
    row = recommend(endorser=endorser, said=said(cast, **changes), by=neighbour(cast), at=MADE_AT, on=MADE_ON)
    accept(recommendation=signed(row), by=cast.manager, at=MADE_AT, on=MADE_ON)
    return row


def test_praise_that_a_body_only_issuing_took_is_read_with_its_certificates_alone(cast: Cast) -> None:
    issuer, name = organisation("Comité de branche"), version(cast).name
    housed(cast, FEST, issuer=issuer)
    row = praised(cast, cast.other_organisation, endorsed=issuer, version=None)
    assert list(readable_of(FEST, name, MADE_ON)) == []
    assert list(readable_with(f"{FEST}@{name}", issuer.pk, MADE_ON)) == [row]
    assert list(readable_with(f"{FEST}@{name}", cast.organisation.pk, MADE_ON)) == []


def test_nobody_praises_a_certification_of_its_own_by_way_of_another(cast: Cast) -> None:
    issuer, name = organisation("Comité de branche"), version(cast).name
    housed(cast, FEST, issuer=issuer)
    centre = create_organisation(kind=OrganisationKind.CENTRE, name="Centre", at=AT, parent=issuer)
    praised(cast, cast.organisation, endorsed=issuer, version=None)
    praised(cast, issuer, version=None)
    praised(cast, centre, version=None)
    former = praised(cast, cast.other_organisation)
    beside = [readable_with(f"{FEST}@{name}", body.pk, MADE_ON) for body in (issuer, cast.organisation)]
    assert [list(rows) for rows in (readable_of(FEST, name, MADE_ON), *beside)] == [[former]] * 3
    House.objects.update(issuer=cast.other_organisation)
    assert former not in readable_of(FEST, name, MADE_ON), "it issues what it recommended"
    House.objects.update(issuer=cast.organisation)
    assert former not in readable_with(f"{FEST}@{name}", cast.other_organisation.pk, MADE_ON), "it issued that one"


def test_what_is_read_is_bounded_the_version_first(cast: Cast) -> None:
    bodies = [organisation(f"Organisme {rank}") for rank in range(MOST_READ)]
    days = [MADE_ON + timedelta(days=rank) for rank in range(MOST_READ)]
    of_body = [praised(cast, one, version=None, from_on=day) for one, day in zip(bodies, days, strict=True)]
    itself = praised(cast, bodies[0], from_on=LATER)
    read = list(readable_of(FEST, version(cast).name, LATER))
    assert read == [itself, *of_body[: MOST_READ - 1]]


def test_who_gives_and_who_answers(cast: Cast) -> None:
    row, other = recommended(cast), recommended(cast, version=version(cast, CQP))
    theirs, ours = Standing.of(neighbour(cast), MADE_ON), Standing.of(cast.manager, MADE_ON)
    assert {*given_by(theirs)} == {*received_by(ours)} == {row, other}
    assert not given_by(ours) and not received_by(theirs)
    for one in (cast.secretary, cast.outsider, cast.administrator, cast.other_secretary, cast.candidate):
        standing = Standing.of(one, MADE_ON)
        assert not given_by(standing) and not received_by(standing) and not endorsers_for(standing)
    narrow = person("paul", "Paul", "Étroit")
    role: dict[str, Any] = {"role": Role.AWARDING_BODY, "at": AT, "from_on": ON, "organisation": cast.organisation}
    grant_role(person=narrow, scheme=FEST, **role)
    standing = Standing.of(narrow, MADE_ON)
    assert [*received_by(standing)] == [row] and not endorsers_for(standing), "a whole body is spoken for, or none"
    assert {*waiting(received_by(ours), MADE_ON)} == {row, other}
    hide(recommendation=other, by=cast.manager, at=MADE_AT)
    assert [*waiting(received_by(ours), MADE_ON)] == [row]
    withdraw(recommendation=row, reason="x", by=neighbour(cast), at=MADE_AT)
    assert not waiting(received_by(ours), MADE_ON)


def test_what_is_offered_is_what_may_be_recommended(cast: Cast) -> None:
    cast.certification(FEST), cast.certification(CQP)
    assert {one.certification.scheme for one in versions_to_recommend(cast.other_organisation)} == {FEST, CQP}
    assert [*bodies_to_recommend(cast.other_organisation)] == [cast.organisation]
    assert not versions_to_recommend(cast.organisation) and not bodies_to_recommend(cast.organisation)
