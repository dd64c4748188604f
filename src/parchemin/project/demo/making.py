"""The demonstration made in a home folder: the cast, the lives walked, and a queue around today."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from parchemin.catalogue.lives import Life, Lived, live
from parchemin.catalogue.lookup import Catalogue
from parchemin.core.errors import Misuse
from parchemin.project.demo.assessing import Panel
from parchemin.project.demo.cast import Cast, identify, load
from parchemin.project.demo.middle import pursue
from parchemin.project.demo.queue import fill, rules
from parchemin.project.demo.walking import Walk
from parchemin.records.people.models import Person


def make(at: datetime, on: date) -> Cast:
    """The cast, in a home that holds nobody yet; Misuse ``inhabited`` otherwise."""
    if Person.objects.exists():
        raise Misuse("inhabited")
    cast = load(at, on)
    rules(cast)
    return cast


def walked(cast: Cast, life: Life, catalogue: Catalogue) -> Iterator[Lived]:
    """Each day of a life, done in the records first; where the records decide otherwise, the day is a surprise."""
    given, _, family = life.file.who.partition(" ")
    person = cast.person(life.path.stem, given, family or given)
    scheme = life.file.scheme
    panel = Panel(cast, cast.bodies[scheme], scheme, life.path.stem)
    walk = Walk(person, cast.secretaries[scheme], cast.certifications[scheme], cast.people["formatrice"], panel)
    for index, lived in enumerate(live(life, catalogue)):
        if index == 0:
            identify(person, walk.first(lived))
        departures = tuple(walk.day(lived))
        yield lived._replace(surprises=(*lived.surprises, *departures))


def filled(cast: Cast, on: date) -> int:
    """The queue around that day, and files on their way to the jury; how many there are."""
    return sum(1 for _ in fill(cast, on)) + sum(1 for _ in pursue(cast, on))


def logins(cast: Cast) -> Sequence[tuple[str, str]]:
    """Whom one may sign in as: the role in words, and the address."""
    return cast.logins
