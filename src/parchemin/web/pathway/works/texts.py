"""The texts of a work for a page: each under what it bears on, counted as uploads are, against the document's limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from parchemin.core.scheme import Bounds
from parchemin.edges.documents import counted
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Passage, Work
from parchemin.records.pathways.written import Part, Written
from parchemin.web.shared.limits import limits_of, thousands


@dataclass(frozen=True, slots=True)
class Text:
    """A text under what it bears on; an empty code bears on none."""

    part: Part
    words: str

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"text-{self.part.code}"

    @property
    def is_written(self) -> bool:
        """Whether it says something."""
        return bool(self.words.strip())

    @property
    def count(self) -> str:
        """Its characters, in words of the page."""
        return thousands(counted(self.words))


@dataclass(frozen=True)
class Texts:
    """The texts of one work, in order; the one that bears on no competence comes first."""

    written: Written
    work: Work | None
    words: Mapping[str, str]

    @cached_property
    def all(self) -> tuple[Text, ...]:
        """Every text, those not written yet included."""
        whole = _("Texte") if not self.written.parts else _("Présentation")
        return tuple(Text(part, self.words.get(part.code, "")) for part in (Part("", whole), *self.written.parts))

    @property
    def parts(self) -> tuple[Text, ...]:
        """Those that bear on a competence or a criterion."""
        return self.all[1:]

    @property
    def revision(self) -> int:
        """The revision they were read at."""
        return self.work.revision if self.work else 0

    @cached_property
    def characters(self) -> int:
        """The characters of all of them, as those of an upload are counted."""
        return sum(counted(one.words) for one in self.all)

    @property
    def count(self) -> str:
        """The same, in words of the page."""
        return thousands(self.characters)

    @property
    def is_written(self) -> bool:
        """Whether one of them says something."""
        return any(one.is_written for one in self.all)

    @property
    def missing(self) -> tuple[Text, ...]:
        """The competences or criteria that have no text."""
        return tuple(one for one in self.parts if not one.is_written)

    @property
    def covered(self) -> int:
        """How many have one."""
        return len(self.parts) - len(self.missing)

    @property
    def most(self) -> int | None:
        """The greatest number of characters, if there is one."""
        bounds = self.written.kind.characters
        return bounds.max if isinstance(bounds, Bounds) else None

    @property
    def most_words(self) -> str:
        """The same, in words of the page."""
        return thousands(self.most) if self.most is not None else ""

    @property
    def gap(self) -> int:
        """By how many characters they are too long."""
        return max(0, self.characters - self.most) if self.most is not None else 0

    @property
    def gap_words(self) -> str:
        """The same, in words of the page."""
        return thousands(self.gap)

    @property
    def limits(self) -> list[str]:
        """The limits of the document, with what the source says of the way to count."""
        kind = self.written.kind
        found = limits_of(kind)
        for bounds in (kind.pages, kind.characters):
            if isinstance(bounds, Bounds) and isinstance(bounds.counting, str):
                found.append(_("ce qui compte : %(said)s") % {"said": bounds.counting})
        return found


def texts_of(row: Candidacy, written: Written) -> Texts:
    """The texts kept of one work."""
    work = Work.objects.filter(candidacy=row, document=written.id).first()
    kept = Passage.objects.filter(work=work) if work else Passage.objects.none()
    return Texts(written, work, {one.code: one.words for one in kept})


def all_texts(row: Candidacy, works: tuple[Written, ...]) -> list[Texts]:
    """The texts kept of each work; two queries."""
    kept = {one.document: one for one in row.works.prefetch_related("passages")}
    return [
        Texts(one, work, {passage.code: passage.words for passage in work.passages.all()} if work else {})
        for one in works
        for work in [kept.get(one.id)]
    ]


def too_long(texts: Texts) -> str:
    """The exact count against the limit in characters, when it is not kept."""
    if not texts.gap:
        return ""
    told = {"count": texts.count, "gap": texts.gap_words, "most": texts.most_words}
    return _("%(count)s caractères : %(gap)s de trop, la limite est de %(most)s, espaces compris.") % told
