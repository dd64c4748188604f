"""What the background does of recommendations: each is signed, and whoever is recommended is told of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Replace
from django.urls import reverse
from django.utils import timezone

from parchemin.edges import letters as edge
from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.recommending import BATCH, sign_recommendations
from parchemin.edges.letters.letter import Language
from parchemin.project.durable import durable_task
from parchemin.project.models import Effect
from parchemin.project.once import once
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.permissions import PERMISSIONS
from parchemin.records.recommendations.models import Recommendation
from parchemin.records.recommendations.queries import SIGN, unsigned
from parchemin.web.shared.posting import message_id

MADE, WITHDRAWN = "recommended", "recommendation_withdrawn"
KEPT = timedelta(days=180)
"""How long what was not told is still worth telling: as long as a task that failed is kept."""
MOST = 200


class _Reader(NamedTuple):
    """Somebody to tell, by e-mail."""

    key: str
    email: str
    language: Language


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def prove_recommendations() -> int:
    """Every recommendation is signed; how many were this time."""
    count = made = sign_recommendations(here(), timezone.now())
    while made == BATCH:
        made = sign_recommendations(here(), timezone.now())
        count += made
    return count


@durable_task(attempts=8, first=timedelta(seconds=10), longest=timedelta(hours=6))
def post_recommendation(id: str, kind: str, to: str) -> bool:
    """That person, or the body recommended itself, is told of it, or that it was withdrawn.

    Once, no transaction held while a mail server answers; never that it was made, once it was withdrawn.
    """
    related = ("endorser", "endorsed", "version__certification", "withdrawal__by", "made_by")
    row = Recommendation.objects.select_related(*related).get(pk=id)
    reader = _reader(row, to)
    if reader is None or (kind == MADE and getattr(row, "withdrawal", None) is not None):
        return False
    message = _message(row, kind, reader, timezone.localdate())
    if "smtp" in settings.EMAIL_BACKEND:
        message.send()
        return True
    return once(f"{kind}:{row.pk.hex}:{reader.key}", message.send)


def enqueue_recommendations() -> int:
    """A task for what waits to be signed, and one for each reader of each letter that has none yet; how many.

    What could not be signed is tried again within the hour.
    """
    now = timezone.now()
    since = now - KEPT
    newest = unsigned().filter(made_at__gte=since).last()
    asked = f"recommending:{newest.pk.hex}:{now:%Y%m%d%H}" if newest else ""
    found = int(once(asked, lambda: prove_recommendations.enqueue())) if newest else 0
    return found + sum(_posted(kind, rows) for kind, rows in _to_tell(since))


def _to_tell(since: datetime) -> Iterator[tuple[str, QuerySet[Recommendation]]]:
    yield MADE, Recommendation.objects.filter(made_at__gte=since, withdrawal__isnull=True)
    yield WITHDRAWN, Recommendation.objects.filter(withdrawal__at__gte=since)


def _posted(kind: str, rows: QuerySet[Recommendation]) -> int:
    bare = Replace(Cast("pk", TextField()), Value("-"), Value(""), output_field=TextField())
    rows = rows.alias(effect=Concat(Value(f"{kind}:"), bare, output_field=TextField())).order_by("made_at")
    fresh = rows.exclude(Exists(Effect.objects.filter(key=OuterRef("effect"))))
    return sum(_asked(row, kind) for row in fresh.select_related("version__certification")[:MOST])


def _asked(row: Recommendation, kind: str) -> int:
    """A task for each of its readers, so that one who cannot be written to has no other written to twice; how many."""
    readers: list[str] = []

    def ask() -> None:
        readers.extend(_readers(row, timezone.localdate()))
        for to in readers:
            post_recommendation.enqueue(str(row.pk), kind, to)

    once(f"{kind}:{row.pk.hex}", ask)
    return len(readers)


def _readers(row: Recommendation, on: date) -> list[str]:
    """Who signs for what is recommended: for the whole body, or for that certification; without anybody, the body."""
    holds = Q(grants__until_on__isnull=True) | Q(grants__until_on__gte=on)
    people = Person.objects.filter(
        holds,
        grants__role__in=PERMISSIONS[SIGN],
        grants__organisation=row.endorsed_id,
        grants__scheme__in={"", row.version.certification.scheme if row.version else ""},
        grants__centre=None,
        grants__revoked_at__isnull=True,
        grants__from_on__lte=on,
        erased_at__isnull=True,
        is_active=True,
    )
    found = people.exclude(email="").distinct().order_by("pk").values_list("pk", flat=True)
    return [one.hex for one in found] or [row.endorsed_id.hex]


def _reader(row: Recommendation, to: str) -> _Reader | None:
    """That reader, a person in their language; None once erased, or for a body that has no address."""
    if to == row.endorsed_id.hex:
        return _Reader(to, row.endorsed.email, "fr") if row.endorsed.email else None
    person = Person.objects.filter(pk=to, erased_at__isnull=True).exclude(email="").first()
    return _Reader(to, person.email, "en" if person.language == "en" else "fr") if person else None


def _message(row: Recommendation, kind: str, reader: _Reader, on: date) -> EmailMessage:
    letter = _letter(row, kind, reader.language, on)
    subject = " ".join(edge.subject(letter).split())[:250]
    answers = [row.endorser.email] if row.endorser.email else []
    headers = {"Message-ID": message_id(kind, row.pk.hex, reader.key)}
    return EmailMessage(subject, edge.text(letter), to=[reader.email], reply_to=answers, headers=headers)


def _letter(row: Recommendation, kind: str, language: Language, on: date) -> edge.Letter:
    withdrawal = getattr(row, "withdrawal", None)
    values = {
        "endorser": row.endorser_name,
        "subject": row.subject_name,
        "words": row.words,
        "from_on": row.from_on,
        "until_on": row.until_on,
        "reasons": withdrawal.reason if withdrawal else None,
        "link": settings.ADDRESS + reverse("recommendation:one", args=[row.pk]),
    }
    words = edge.standard(edge.Kind(kind), language=language, values=values)
    by = withdrawal.by if withdrawal else row.made_by
    return edge.Letter(
        kind=edge.Kind(kind),
        reference=row.pk.hex[:8].upper(),
        dated_on=on,
        place=row.endorser.town,
        sender=edge.Sender(name=row.endorser_name, address=_address(row.endorser), email=row.endorser.email),
        recipient=edge.Recipient(name=row.endorsed.name, address=_address(row.endorsed)),
        certification=row.version.certification.title if row.version else "",
        candidacy="",
        signature=edge.Signature(name=by.name, quality=row.endorser_name),
        language=language,
        **words._asdict(),
    )


def _address(organisation: Organisation) -> tuple[str, ...]:
    lines = (organisation.address, f"{organisation.postcode} {organisation.town}".strip())
    return tuple(line for line in lines if line)
