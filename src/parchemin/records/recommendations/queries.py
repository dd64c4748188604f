"""Recommendations as pages ask for them: those of a body, those everybody may read, what may be recommended."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from parchemin.records.awards.models import House
from parchemin.records.certifications.models import Certification, PublishedVersion
from parchemin.records.people.models import Organisation, OrganisationKind
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.records.recommendations.models import Recommendation, Reply

SIGN = Action.ISSUE_CERTIFICATES
"""Whoever may issue the certificates of a body speaks in its name, and answers what is said of it."""
SCHEME = "version__certification__scheme"
MOST_READ = 10
"""Read on one page: past some, nobody reads them, and what the page is there to say would be lost under them."""


def endorsers_for(standing: Standing) -> QuerySet[Organisation]:
    """The bodies in whose name this person may recommend: those for all of which they sign."""
    return Organisation.objects.filter(standing.scope_filter(SIGN, organisation_field="pk")).order_by("name", "pk")


def given_by(standing: Standing) -> QuerySet[Recommendation]:
    """Those of the bodies in whose name this person may recommend, the last first."""
    return _whole(Recommendation.objects.filter(_given(standing)))


def received_by(standing: Standing) -> QuerySet[Recommendation]:
    """Those that this person answers, the last first: of a body they sign for, or of a certification of theirs."""
    return _whole(Recommendation.objects.filter(_received(standing)))


def seen_by(standing: Standing) -> QuerySet[Recommendation]:
    """Both."""
    return _whole(Recommendation.objects.filter(_given(standing) | _received(standing)))


def waiting(rows: QuerySet[Recommendation], on: date) -> QuerySet[Recommendation]:
    """Those that were not answered and still may be."""
    rows = rows.filter(withdrawal__isnull=True, replies__isnull=True)
    return rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


def readable(on: date) -> QuerySet[Recommendation]:
    """Those that everybody may read that day: accepted, signed, and that stand."""
    last = Reply.objects.filter(recommendation=OuterRef("pk")).order_by("-pk").values("act")[:1]
    rows = Recommendation.objects.annotate(last_act=Subquery(last)).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        last_act=Reply.Act.ACCEPTED,
        from_on__lte=on,
        withdrawal__isnull=True,
        proof__isnull=False,
    )
    return rows.order_by("from_on", "made_at", "pk")


def readable_of(scheme: str, version: str, on: date) -> QuerySet[Recommendation]:
    """Those on the page of a version: of it, then of the body that answers for the certification; at most MOST_READ.

    None that a body that answers for the certification or issues it would say of its own, by way of another.
    """
    body = Certification.objects.filter(scheme=scheme).values("awarding_body")
    return _of(scheme, version, Q(endorsed__in=body), _at_home(scheme), on)


def readable_with(scheme: str, issuer: UUID, on: date) -> QuerySet[Recommendation]:
    """Those beside a certificate of that ``id@version``: of it, then of the body that issued the certificate.

    At most MOST_READ, and none that a body would say of its own, as ``readable_of``.
    """
    id, _, version = scheme.partition("@")
    return _of(id, version, Q(endorsed=issuer), _at_home(id) | Q(endorser=issuer), on)


def versions_to_recommend(endorser: Organisation) -> QuerySet[PublishedVersion]:
    """The published versions that another body answers for, by title, the newest first."""
    rows = PublishedVersion.objects.exclude(certification__awarding_body=endorser)
    rows = rows.exclude(Exists(House.objects.filter(certification=OuterRef("certification"), issuer=endorser)))
    related = rows.select_related("certification__awarding_body").defer("files")
    return related.order_by("certification__title", "-published_at", "-pk")


def bodies_to_recommend(endorser: Organisation) -> QuerySet[Organisation]:
    """The other bodies that answer for a published certification, or issue its certificates."""
    awarding = Certification.objects.filter(awarding_body=OuterRef("pk"), versions__isnull=False)
    issuing = House.objects.filter(issuer=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(awarding) | Exists(issuing)).exclude(pk=endorser.pk)
    return rows.order_by("name", "pk")


def unsigned() -> QuerySet[Recommendation]:
    """Those that have no signature yet, the first made first."""
    rows = Recommendation.objects.filter(proof__isnull=True)
    return rows.select_related("endorser", "version__certification").order_by("made_at", "pk")


def withdrawn_places(endorser: Organisation) -> list[int]:
    """The places of those that this body took back."""
    rows = Recommendation.objects.filter(endorser=endorser, withdrawal__isnull=False)
    return list(rows.order_by("place").values_list("place", flat=True))


def _given(standing: Standing) -> Q:
    return standing.scope_filter(SIGN, organisation_field="endorser")


def _received(standing: Standing) -> Q:
    return standing.scope_filter(SIGN, organisation_field="endorsed", scheme_field=SCHEME)


def _of(scheme: str, version: str, bodies: Q, own: Q, on: date) -> QuerySet[Recommendation]:
    itself = Q(version__certification__scheme=scheme, version__name=version)
    rows = readable(on).filter(itself | (Q(version__isnull=True) & bodies)).exclude(own)
    order = (F("version").asc(nulls_last=True), "from_on", "made_at", "pk")
    return rows.select_related("endorsed").order_by(*order)[:MOST_READ]


def _at_home(scheme: str) -> Q:
    """Said by a body that answers for that certification or issues it today, or by one of its centres."""
    answers = Certification.objects.filter(scheme=scheme).values("awarding_body")
    issues = House.objects.filter(certification__scheme=scheme).values("issuer")
    itself = Q(endorser__in=answers) | Q(endorser__in=issues)
    above = Q(endorser__parent__in=answers) | Q(endorser__parent__in=issues)
    return itself | (Q(endorser__kind=OrganisationKind.CENTRE) & above)


def _whole(rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    related = ("endorser", "endorsed", "version__certification", "withdrawal", "proof")
    replies = Prefetch("replies", Reply.objects.order_by("pk"))
    return rows.select_related(*related).defer("version__files", "proof__text").prefetch_related(replies)
