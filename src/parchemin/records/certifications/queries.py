"""What is offered here, and the scheme that applies to a file on a date."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from threading import Lock
from typing import NamedTuple

from django.db.models import Count, Max

from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from parchemin.core.scheme import Scheme
from parchemin.records.certifications.folders import cache, laid_out
from parchemin.records.certifications.models import Certification, PublishedRuling, PublishedVersion
from parchemin.records.certifications.said import remember, remember_titles, words

Stamp = tuple[int | None, ...]


class Held(NamedTuple):
    """The catalogue of what was published up to some stamp."""

    stamp: Stamp
    catalogue: Catalogue


class Offer(NamedTuple):
    """A certification that takes candidacies, and its scheme for a path that begins on some day."""

    certification: Certification
    loaded: Loaded


class Wanted(NamedTuple):
    """A version of a certification, for a path begun on some day."""

    scheme: str
    version: str
    began: date | None


_held: dict[str, Held] = {}
_lock = Lock()


def catalogue() -> Catalogue:
    """The catalogue of everything published, read again only when something new is; one query."""
    stamp: Stamp = tuple(
        PublishedVersion.objects.aggregate(
            known=Count("id", distinct=True),  # the greatest number alone would miss one that committed late
            last=Max("id"),
            ruled=Count("rulings", distinct=True),
            last_ruling=Max("rulings__id"),
        ).values()
    )
    key = str(cache())
    with _lock:
        held = _held.get(key)
        if held is None or held.stamp != stamp:
            held = _held[key] = Held(stamp, Catalogue(laid_out(published_files()), shelf=cache()))
            remember_titles(Certification.objects.values_list("title", flat=True))
    return held.catalogue


def learn_titles() -> None:
    """The titles of what is published are among the known ``words``; one query the first time, none afterwards."""
    if not words():
        catalogue()


def published_files() -> dict[str, str]:
    """Every published file by path: versions, their frozen fingerprints and their rulings."""
    files: dict[str, str] = {}
    for version in PublishedVersion.objects.select_related("certification"):
        under = f"{version.certification.scheme}/{version.name}"
        files |= {f"{under}/{name}": text for name, text in version.files.items()}
    for ruling in PublishedRuling.objects.select_related("version__certification"):
        under = f"{ruling.version.certification.scheme}/{ruling.version.name}"
        files[f"{under}/rulings/{ruling.name}.yaml"] = ruling.text
    return files


def resolved(scheme: str, *, version: str, on: date, began: date | None = None) -> Loaded:
    """The scheme for a decision on ``on`` about a path begun on ``began``, with its gaps.

    RefusedError when the files no longer resolve, which publishing refuses.
    """
    known = catalogue()
    with _lock:
        loaded = known.resolve(f"{scheme}@{version}", on=on, began=began)
        known.keep()
    remember(loaded.scheme)
    return loaded


def resolved_each(wanted: Collection[Wanted], *, on: date) -> dict[Wanted, Loaded]:
    """The same for each of these; one query, however many there are."""
    known = catalogue()
    with _lock:
        found = {one: known.resolve(f"{one.scheme}@{one.version}", on=on, began=one.began) for one in wanted}
        known.keep()
    return found


def scheme_of(scheme: str, *, version: str, on: date, began: date | None = None) -> Scheme:
    """The same without its gaps."""
    return resolved(scheme, version=version, on=on, began=began).scheme


def schemes_of(versions: Iterable[tuple[str, str]], *, on: date) -> dict[tuple[str, str], Scheme]:
    """The scheme of each of these (certification, version) on that day; one query, however many there are."""
    wanted = set(versions)
    known = catalogue()
    with _lock:
        found = {one: known.resolve(f"{one[0]}@{one[1]}", on=on).scheme for one in sorted(wanted)}
        known.keep()
    for one in found.values():
        remember(one)
    return found


def version_for(scheme: str, on: date) -> str:
    """The name of the version in force for a path that begins on that day; RefusedError when there is none."""
    known = catalogue()
    with _lock:
        return known.version(scheme, on).name


def open_certifications() -> list[Certification]:
    """Those that take candidacies, by title."""
    offered = Certification.objects.filter(is_open=True, versions__isnull=False)
    return list(offered.select_related("awarding_body").distinct())


def offers(on: date, *, scheme: str | None = None) -> list[Offer]:
    """What may be applied to on that day, by title, or that one only; those without a version in force are left out.

    Two queries, however many there are.
    """
    rows = [row for row in open_certifications() if scheme in (None, row.scheme)]
    known = catalogue()
    found = []
    with _lock:
        for row in rows:
            with suppress(RefusedError):
                version = known.version(row.scheme, on)
                found.append(Offer(row, known.resolve(row.scheme, on=on, began=on, version=version)))
        known.keep()
    for offer in found:
        remember(offer.loaded.scheme)
    return found


def titles(schemes: Iterable[str]) -> dict[str, str]:
    """The titles of these certifications, by identifier; those that are not offered here are left out."""
    wanted = {scheme for scheme in schemes if scheme}
    rows = Certification.objects.filter(scheme__in=wanted) if wanted else Certification.objects.none()
    return dict(rows.values_list("scheme", "title"))
