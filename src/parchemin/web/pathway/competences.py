"""What competences are called, and the group each is shown in."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from parchemin.core.framework import Competence
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed


def titles_of(scheme: Scheme) -> Mapping[str, str]:
    """What each competence is called, by its code."""
    return {one.id: title_of(one) for one in listed(scheme.framework.competences)}


def title_of(one: Competence) -> str:
    """The title of a competence, or that the source gives none."""
    return _("Intitulé non donné par la source") if isinstance(one.title, Unknown) else one.title


def group_of(scheme: Scheme, one: Competence) -> str:
    """The block of a competence, its activity where there are no blocks, or nothing finer."""
    return next(_groups(scheme, one), _("Compétences"))


def _groups(scheme: Scheme, one: Competence) -> Iterator[str]:
    block = scheme.blocks.get(one.block) if isinstance(one.block, str) else None
    if block:
        yield f"{block.id} · {block.title}" if isinstance(block.title, str) else block.id
    for activity in listed(scheme.framework.activities):
        if activity.id == one.activity:
            yield f"{activity.id} · {activity.title}" if isinstance(activity.title, str) else activity.id
