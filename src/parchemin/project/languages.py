"""Translations: written as .po files in the package, compiled into the cache folder when they changed."""

import hashlib
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compiled_languages(cache: Path) -> str:
    """The folder that holds the compiled catalogues of the present .po files; made if it is missing."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    print_of = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    folder = cache / f"locale-{print_of}"
    for source in sources:
        target = folder / source.relative_to(LOCALE).with_suffix(".mo")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open("rb") as read:
                catalogue = read_po(read, locale=source.parts[-3])
            made = target.with_suffix(".made")
            with made.open("wb") as written:
                write_mo(written, catalogue)
            made.replace(target)
    return str(folder)
