"""Minutes on paper: a tagged PDF of what their text says, with the signatures gathered so far."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parchemin.core.decision import Decision, Effect, Outcome
from parchemin.core.plain import decision_from_plain
from parchemin.edges.letters import Part as PaperPart
from parchemin.edges.letters import Record, Table, record_pdf
from parchemin.typography import french
from parchemin.web.jury.minutes.reached import Line, Read, heading
from parchemin.web.shared.typesetting import instant


def pdf_of(read_: Read) -> bytes:
    """The minutes as a PDF/UA-1 and PDF/A-3a; the same text and signatures give the same bytes."""
    minutes = read_.minutes
    at = minutes.closed_at or max((one.signed_at for one in read_.signatures.values()), default=minutes.drawn_at)
    return record_pdf(_set(record_of(read_)), at)


def record_of(read_: Read) -> Record:
    """What is printed."""
    minutes = read_.minutes
    parts = [
        PaperPart(title=_("Membres du jury"), table=_members(read_)),
        *([PaperPart(title=_("Incidents"), paragraphs=tuple(read_.incidents))] if read_.incidents else []),
        PaperPart(title=_("Décisions")),
        *(_candidate(rank, line) for rank, line in enumerate(read_.lines, 1)),
        PaperPart(title=_("Signatures"), paragraphs=_closing(read_), table=_signatures(read_)),
    ]
    title = _("Procès-verbal rectificatif %(number)s") if minutes.corrects_id else _("Procès-verbal %(number)s")
    return Record(
        language="en" if (get_language() or "fr").startswith("en") else "fr",
        title=title % {"number": minutes.number},
        author=read_.told["session"]["body"],
        mark=_mark(read_),
        facts=tuple(heading(read_)),
        parts=tuple(parts),
        footer=_("%(number)s — empreinte %(digest)s")
        % {"number": minutes.number, "digest": " ".join(_grouped(minutes.digest))},
    )


def _set(record: Record) -> Record:
    """The same with the spaces and apostrophes of French, as on the page."""
    return replace(record, facts=_set_facts(record.facts), parts=tuple(_set_part(one) for one in record.parts))


def _set_part(part: PaperPart) -> PaperPart:
    table = part.table and replace(part.table, rows=tuple(tuple(map(french, row)) for row in part.table.rows))
    paragraphs = tuple(map(french, part.paragraphs))
    return replace(part, title=french(part.title), facts=_set_facts(part.facts), paragraphs=paragraphs, table=table)


def _set_facts(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, french(value)) for label, value in facts)


def _mark(read_: Read) -> str:
    if read_.minutes.dropped_at:
        return _("ABANDONNÉ — ce procès-verbal n’a pas d’effet")
    return "" if read_.minutes.closed_at else _("PROJET — sans effet avant la signature et la clôture")


def _members(read_: Read) -> Table:
    rows = [
        (one.called, one.place or "—", ", ".join([one.presence or "—", *([_("préside")] if one.is_chair else [])]))
        for one in read_.members
    ]
    return Table(head=(_("Nom"), _("Siège ou collège"), _("Présence")), rows=tuple(rows), widths=(3, 4, 2))


def _candidate(rank: int, line: Line) -> PaperPart:
    facts = [
        (_("Décision"), line.verdict),
        (_("Motif"), line.reason),
        (_("Voie"), line.route),
        (_("Ont siégé"), ", ".join(line.sat)),
        *((_("S’est retiré"), f"{name} : {why}") for name, why in line.recused),
        (_("Reste, outre les parties"), " ; ".join(line.lacking)),
        (_("Voix"), line.votes),
        (_("Le jury atteste"), " ; ".join(line.attested)),
        (_("Règles du jury"), _ruled(line.jury)),
        (_("Règles de la délivrance"), _ruled(line.award)),
        (_("Incidents"), " ; ".join(line.incidents)),
        (_("Aménagement"), _("accordé") if line.is_accommodated else ""),
        (_("Délibération"), _("reprise d’une précédente") if line.is_again else ""),
    ]
    decided = {True: _("acquis"), False: _("non acquis")}
    rows = tuple((one.title, one.proposed, decided[one.is_granted], one.reason) for one in line.parts)
    head = (_("Partie"), _("D’après les résultats"), _("Décision"), _("Motif"))
    return PaperPart(
        title=f"{rank}. {line.called} — {line.number}",
        level=3,
        facts=tuple((label, value) for label, value in facts if value),
        table=Table(head=head, rows=rows, widths=(4, 4, 2, 4)) if rows else None,
    )


def _ruled(plain: object) -> str:
    """The verdict of the rules, then each that is not met or not known, with its source."""
    if not isinstance(plain, dict):
        return ""
    decision: Decision = decision_from_plain(plain)
    said = {
        Outcome.MET: _("respectées"),
        Outcome.NOT_MET: _("non respectées"),
        Outcome.UNKNOWN: _("non établies"),
    }
    against = [one for one in decision.findings if one.counts_as is not Outcome.MET]
    labels = {Effect.WARNING: _("avertissement :"), Effect.INFORMATION: _("information :")}
    told = [
        " ".join(
            filter(
                None,
                ("–", labels.get(one.effect), one.says, one.seen, f"({decision.scheme}#{one.rule} ; {one.source})"),
            )
        )
        for one in against
    ]
    return "\n".join([f"{said[decision.outcome]} ({decision.scheme})", *told])


def _signatures(read_: Read) -> Table:
    rows = [
        (
            one.called,
            instant(one.signature.signed_at) if one.signature else _("n’a pas signé"),
            one.signed,
        )
        for one in read_.members
        if one.is_due or one.signature
    ]
    return Table(head=(_("Nom"), _("Signé le"), _("Identité")), rows=tuple(rows), widths=(3, 3, 3))


def _closing(read_: Read) -> tuple[str, ...]:
    minutes = read_.minutes
    if minutes.closed_at is None or minutes.closed_by is None:
        return ()
    told = _("Clos par %(who)s le %(when)s.") % {
        "who": minutes.closed_by.name,
        "when": instant(timezone.localtime(minutes.closed_at)),
    }
    return (told, minutes.closing_reason) if minutes.closing_reason else (told,)


def _grouped(digest: str) -> list[str]:
    return [digest[place : place + 8] for place in range(0, len(digest), 8)]
