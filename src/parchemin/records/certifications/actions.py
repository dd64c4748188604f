"""Offering a certification, publishing its versions and its rulings, opening and closing it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from parchemin.catalogue import digest
from parchemin.catalogue.problems import RefusedError
from parchemin.core.errors import Misuse
from parchemin.records.certifications.folders import ALLOWED, tried
from parchemin.records.certifications.models import Certification, PublishedRuling, PublishedVersion
from parchemin.records.certifications.queries import published_files
from parchemin.records.certifications.trying import frozen
from parchemin.records.journal.actions import append
from parchemin.records.people.models import Organisation, Person


@transaction.atomic
def publish_version(
    *, scheme: str, name: str, files: Mapping[str, str], awarding_body: Organisation, by: Person | None, at: datetime
) -> PublishedVersion:
    """The version published under ``scheme@name`` with these files, checked beside all the others, then frozen.

    The certification is offered by ``awarding_body``, closed to newcomers if it was not known before.
    RefusedError with every problem found by the linter; Misuse ``already_published`` or ``file_name``.
    """
    strange = [one for one in files if one not in ALLOWED and not (one.startswith("cases/") and one.endswith(".yaml"))]
    if strange:
        raise Misuse("file_name", name=strange[0])
    if PublishedVersion.objects.filter(certification__scheme=scheme, name=name).exists():
        raise Misuse("already_published", scheme=scheme, version=name)
    kept = frozen(files)
    under = {f"{scheme}/{name}/{file}": text for file, text in kept.items()}
    with tried({**published_files(), **under}) as catalogue:
        problems = catalogue.check(scheme)
        if problems:
            raise RefusedError(problems)
        version = catalogue.named(scheme, name)
        loaded = catalogue.resolve(scheme, on=max(version.from_, at.date()), version=version)
    certification, is_new = Certification.objects.get_or_create(
        scheme=scheme, defaults={"title": loaded.scheme.title, "awarding_body": awarding_body}
    )
    if not is_new:
        Certification.objects.filter(pk=certification.pk).update(title=loaded.scheme.title)
    published = PublishedVersion.objects.create(
        certification=certification,
        name=name,
        files=kept,
        digest=loaded.scheme.ref.digest,
        published_at=at,
        published_by=by,
    )
    append(
        kind="certification.published",
        at=at,
        actor=by.pk if by else None,
        subject=certification.pk,
        details={"scheme": scheme, "version": name, "digest": published.digest, "gaps": len(loaded.gaps)},
    )
    return published


@transaction.atomic
def publish_ruling(
    *, version: PublishedVersion, name: str, text: str, by: Person | None, at: datetime
) -> PublishedRuling:
    """The ruling added to that version; RefusedError with every problem, Misuse ``already_published``."""
    scheme = version.certification.scheme
    if PublishedRuling.objects.filter(version=version, name=name).exists():
        raise Misuse("already_published", scheme=scheme, version=version.name, ruling=name)
    with tried({**published_files(), f"{scheme}/{version.name}/rulings/{name}.yaml": text}) as catalogue:
        problems = catalogue.check(scheme)
        if problems:
            raise RefusedError(problems)
    ruling = PublishedRuling.objects.create(version=version, name=name, text=text, published_at=at, published_by=by)
    append(
        kind="certification.ruled",
        at=at,
        actor=by.pk if by else None,
        subject=version.certification_id,
        details={"scheme": scheme, "version": version.name, "ruling": name, "digest": digest.of_bytes(text.encode())},
    )
    return ruling


@transaction.atomic
def set_open(*, certification: Certification, is_open: bool, by: Person | None, at: datetime) -> None:
    """Candidacies are taken from now on, or no more."""
    Certification.objects.filter(pk=certification.pk).update(is_open=is_open)
    certification.is_open = is_open
    append(
        kind="certification.opened" if is_open else "certification.closed",
        at=at,
        actor=by.pk if by else None,
        subject=certification.pk,
    )


@transaction.atomic
def set_contact(*, certification: Certification, contact: str, by: Person, at: datetime) -> None:
    """Candidates are told to write to that address from now on; to nobody in particular when it is empty."""
    Certification.objects.filter(pk=certification.pk).update(contact=contact.strip())
    certification.contact = contact.strip()
    append(kind="certification.contact", at=at, actor=by.pk, subject=certification.pk)
