"""A version that follows the only one of the CQP, published in the tests alone: what it says is fictitious."""

from collections.abc import Mapping

from parchemin.records.certifications.actions import publish_ruling, publish_version
from parchemin.records.certifications.folders import files_of
from parchemin.records.certifications.models import PublishedVersion
from tests.web.cast import AT, CQP, Cast, files_for

FORMER, NEXT = "undated", "2026-04-01"
SAME = f'[{{version: {FORMER}, held: [C1, C2, C3, C4, C5, C6], gives: same, source: "guide, l. 1-184"}}]'


def files(equivalences: str = "", transition: str = "", *changes: tuple[str, str], **named: str) -> dict[str, str]:
    """The files of that version: those of the former one with what it says of it, and these words changed."""
    found = files_of(files_for(CQP)[0])
    said = found["scheme.yaml"].replace(f'version: "{FORMER}"', f'version: "{NEXT}"')
    said += f"equivalences: {equivalences}\n" if equivalences else ""
    said += f'transition: {{rule: {transition}, source: "guide, l. 1-184"}}\n' if transition else ""
    found = {name: text for name, text in found.items() if not name.startswith("cases/")} | {"scheme.yaml": said}
    for old, new in changes:
        name = next(name for name, text in found.items() if old in text)
        found[name] = found[name].replace(old, new)
    return {name: text for name, text in found.items() if name != "frozen.sha256"} | named


def published(cast: Cast, files: Mapping[str, str], *changes: tuple[str, str]) -> PublishedVersion:
    """That version published beside the former one, with the same fictitious ruling but for these words."""
    cast.certification(CQP)
    made = publish_version(scheme=CQP, name=NEXT, files=files, awarding_body=cast.organisation, by=None, at=AT)
    text = files_for(CQP)[1].read_text(encoding="utf-8")
    for old, new in (f'version: "{FORMER}"', f'version: "{NEXT}"'), *changes:
        assert old in text
        text = text.replace(old, new)
    publish_ruling(version=made, name="reglement-fictif", text=text, by=None, at=AT)
    return made
