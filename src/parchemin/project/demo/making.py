"""The demonstration made in a home folder: the cast, the lives walked, and a queue around today."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from parchemin.catalogue.lives import Life, Lived, live
from parchemin.catalogue.lookup import Catalogue
from parchemin.core.errors import Misuse
from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.recommending import sign_recommendations
from parchemin.project.demo.assessing import Panel
from parchemin.project.demo.awarding import house
from parchemin.project.demo.cast import Cast, identify, load
from parchemin.project.demo.convening import Calling
from parchemin.project.demo.deliberating import Bench
from parchemin.project.demo.following import follow_all, publish_all
from parchemin.project.demo.middle import pursue
from parchemin.project.demo.queue import fill, rules
from parchemin.project.demo.recommending import recommend_one
from parchemin.project.demo.sending import send_all
from parchemin.project.demo.sessions import convene
from parchemin.project.demo.walking import Walk
from parchemin.project.proving import prove
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.people.models import Person
from parchemin.web.shared.certificates import verified_at


def make(at: datetime, on: date) -> Cast:
    """The cast, in a home that holds nobody yet; Misuse ``inhabited`` otherwise."""
    if Person.objects.exists():
        raise Misuse("inhabited")
    with transaction.atomic():
        cast = load(at, on)
        rules(cast)
        house(cast, at)
        recommend_one(cast, at, on)
    return cast


def walked(cast: Cast, life: Life, catalogue: Catalogue) -> Iterator[Lived]:
    """Each day of a life, done in the records first; where the records decide otherwise, the day is a surprise."""
    given, _, family = life.file.who.partition(" ")
    person = cast.person(life.path.stem, given, family or given)
    scheme = life.file.scheme
    secretary, days = cast.secretaries[scheme], tuple(live(life, catalogue))
    bench = Bench(Calling(Panel(cast, cast.bodies[scheme], scheme, life.path.stem), secretary, days))
    walk = Walk(person, secretary, cast.managers[scheme], cast.certifications[scheme], cast.people["formatrice"], bench)
    for index, lived in enumerate(days):
        if index == 0:
            identify(person, walk.first(lived))
        with transaction.atomic():
            departures = tuple(walk.day(index))
        yield lived._replace(surprises=(*lived.surprises, *departures))


def filled(cast: Cast, on: date) -> int:
    """The queue around that day, files on their way to the jury, and files before one; how many there are."""
    with transaction.atomic():
        return sum(1 for queue in (fill, pursue, convene) for _ in queue(cast, on))


def proven(at: datetime) -> str:
    """Certificates are signed and said by the register, recommendations are signed.

    The address where anybody verifies the last whole certificate, empty where none was issued.
    """
    prove(at)
    sign_recommendations(here(), at)
    last = Certificate.objects.filter(kind=Kind.WHOLE).order_by("issued_at", "number").last()
    return verified_at(last) if last else ""


class Followed(NamedTuple):
    """What came after awards: files sent to the skills passport, holders asked, years whose figures are published."""

    sent: int
    asked: int
    published: int


def followed(cast: Cast, on: date) -> Followed:
    """What was awarded is sent and answered, holders say what they became, figures are published."""
    with transaction.atomic():
        return Followed(len(list(send_all(cast, on))), follow_all(on), len(publish_all(cast, on)))


def logins(cast: Cast) -> Sequence[tuple[str, str]]:
    """Whom one may sign in as: the role in words, and the address."""
    return cast.logins
