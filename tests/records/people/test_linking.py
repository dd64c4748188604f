"""One-use links: opened while they wait, used exactly once, by one of those who come at once."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import connection, transaction

from parchemin.records.people.actions import linking
from parchemin.records.people.addresses import mailboxes_of, resembles
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Assurance, Link, Person
from parchemin.records.people.queries.people import links_of
from tests.records.people.people import AT, kinds, person
from tests.records.people.test_granting import code, run

pytestmark = pytest.mark.django_db
FILE = uuid.UUID(int=7)


def made() -> tuple[Link, str]:
    return linking.make_link(
        act="attest_experience",
        subject=FILE,
        email=" employer@example.org ",
        bearer=" Bo Martin ",
        quality="Gérante",
        by=None,
        at=AT,
    )


def test_only_the_fingerprint_of_a_link_is_kept() -> None:
    link, secret = made()
    assert len(secret) >= 43
    assert secret not in str(vars(link))
    assert (link.email, link.bearer, link.quality) == ("employer@example.org", "Bo Martin", "Gérante")
    assert linking.open_link(secret, AT) == link
    assert list(links_of(FILE)) == [link]
    assert not links_of(uuid.UUID(int=8))


def test_a_link_is_used_once() -> None:
    _, secret = made()
    used = linking.use_link(secret=secret, at=AT, assurance=Assurance.EMAIL)
    assert (used.used_at, used.subject) == (AT, FILE)
    for again in (linking.open_link, lambda secret, at: linking.use_link(secret=secret, at=at)):
        with pytest.raises(RefusalError) as refused:
            again(secret, AT)
        assert code(refused) == "used"
    assert kinds() == ["link.made", "link.used"]


def test_a_link_of_an_act_that_failed_can_be_used_again() -> None:
    _, secret = made()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        linking.use_link(secret=secret, at=AT)
        _ = 1 / 0
    assert linking.use_link(secret=secret, at=AT)


def test_a_link_lasts_twenty_one_days() -> None:
    _, secret = made()
    assert linking.open_link(secret, AT + timedelta(days=21) - timedelta(seconds=1))
    with pytest.raises(RefusalError) as refused:
        linking.use_link(secret=secret, at=AT + timedelta(days=21))
    assert code(refused) == "expired"


def test_a_link_taken_back_does_not_open() -> None:
    link, secret = made()
    linking.revoke_link(link=link, by=person(), at=AT)
    with pytest.raises(RefusalError) as refused:
        linking.open_link(secret, AT)
    assert code(refused) == "revoked"


def test_a_used_link_cannot_be_taken_back() -> None:
    link, secret = made()
    linking.use_link(secret=secret, at=AT)
    linking.revoke_link(link=link, by=person(), at=AT)
    link.refresh_from_db()
    assert link.revoked_at is None
    assert "link.revoked" not in kinds()


def test_an_unknown_link_says_nothing_more() -> None:
    with pytest.raises(RefusalError) as refused:
        linking.open_link("nothing", AT)
    assert code(refused) == "unknown"


@pytest.mark.django_db(transaction=True)
def test_of_those_who_use_a_link_at_once_one_has_it() -> None:
    _, secret = made()
    start, ends = threading.Barrier(6), []

    def use() -> None:
        start.wait()
        try:
            linking.use_link(secret=secret, at=AT)
            ends.append("used it")
        except RefusalError as error:
            ends.append(error.code)
        finally:
            connection.close()

    run([threading.Thread(target=use) for _ in range(6)])
    assert sorted(ends) == ["used"] * 5 + ["used it"]
    assert kinds().count("link.used") == 1


def asked(by: Person | None, email: str = "employer@example.org", **told: Any) -> tuple[Link, str]:
    given = {"act": "attest_experience", "subject": uuid.uuid4(), "bearer": "Bo", "at": AT, **told}
    return linking.make_link(email=email, by=by, **given)


def test_one_link_waits_for_an_act_in_a_role() -> None:
    first, _ = asked(None, subject=FILE, role="tutor")
    assert asked(None, subject=FILE, role="employer")
    with pytest.raises(RefusalError) as refused:
        asked(None, subject=FILE, role="tutor")
    assert code(refused) == "link_waiting"
    linking.revoke_link(link=first, by=person(), at=AT)
    assert asked(None, subject=FILE, role="tutor")


def test_a_link_whose_time_is_over_no_longer_waits() -> None:
    _, secret = asked(None, subject=FILE)
    after = AT + linking.LASTS
    assert asked(None, subject=FILE, at=after)
    with pytest.raises(RefusalError) as refused:
        linking.open_link(secret, after)
    assert code(refused) == "expired"


def test_a_person_has_no_more_sent_in_a_day_than_is_sensible() -> None:
    who, other = person(), person("bob")
    for _ in range(linking.MOST_A_DAY):
        asked(who)
    with pytest.raises(RefusalError) as refused:
        asked(who)
    assert code(refused) == "too_many_links"
    assert str(linking.MOST_A_DAY) in refused.value.sentence
    assert asked(other)
    assert asked(who, at=AT + timedelta(days=1))


@pytest.mark.parametrize(
    "email",
    [
        "ana@example.org",
        "ANA@Example.org",
        " ana+employeur@example.org ",
        "ana.autre@example.net",
        "ana.pas.encore+x@example.net",
        "ana@identite.example",
    ],
)
def test_nobody_acts_on_their_own_demand_from_any_address_of_theirs(email: str) -> None:
    who = person()
    EmailAddress.objects.create(user=who, email="ana.autre@example.net", verified=True)
    EmailAddress.objects.create(user=who, email="Ana.Pas.Encore@example.net", verified=False)
    SocialAccount.objects.create(user=who, uid="1", extra_data={"userinfo": {"email": "ana@identite.example"}})
    with pytest.raises(RefusalError) as refused:
        asked(who, email)
    assert code(refused) == "own_address"
    assert asked(who, "employer@example.org")


@pytest.mark.parametrize(
    ("email", "is_like"),
    [
        ("ana@ailleurs.example", True),
        ("ana+rh@example.org", True),
        ("Ana.Riviere@entreprise.example", True),
        ("riviere_ana2@entreprise.example", True),
        ("rose@example.org", False),
        ("riviere@entreprise.example", False),
        ("", False),
    ],
)
def test_an_address_that_resembles_somebody_s(email: str, is_like: bool) -> None:
    who = person()
    assert resembles(email, who, mailboxes_of(who)) is is_like
