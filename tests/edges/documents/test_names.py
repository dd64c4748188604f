"""File names are made safe to show and to keep, whatever they come as."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.documents import FORMATS, Kind, safe_name

NASTY = st.text(
    st.one_of(
        st.characters(), st.sampled_from("/\\.-: \u202e\u2066\ufeff\u0301\x00\x1b%'\"<>|"), st.sampled_from("pdfCONaux")
    ),
    max_size=300,
)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("../../x.pdf", Kind.PDF, "x.pdf"),
        ("C:\\Users\\Zoé\\Mon dossier.PDF", Kind.PDF, "Mon dossier.pdf"),
        ("/etc/passwd", Kind.TEXT, "passwd.txt"),
        ("", Kind.PDF, "document.pdf"),
        (".pdf", Kind.PDF, "pdf.pdf"),
        ("...", None, "document"),
        ("..", Kind.PNG, "document.png"),
        ("dossier/", Kind.PDF, "document.pdf"),
        ("rapport\u202efdp.exe", Kind.PDF, "rapportfdp.exe.pdf"),
        ("a\x00b\nc.pdf", Kind.PDF, "ab c.pdf"),
        ("e\u0301te\u0301.pdf", Kind.PDF, "été.pdf"),
        ("L’été\u00a0: « bilan ».pdf", Kind.PDF, "L’été - « bilan ».pdf"),
        ("CON.pdf", Kind.PDF, "_CON.pdf"),
        ("nul.tout.pdf", Kind.PDF, "_nul.tout.pdf"),
        ("-rf.pdf", Kind.PDF, "rf.pdf"),
        ("photo.jpeg", Kind.JPEG, "photo.jpeg"),
        ("photo.png", Kind.JPEG, "photo.png.jpg"),
        ("a.pdf.", Kind.PDF, "a.pdf"),
        ("é" * 300 + ".pdf", Kind.PDF, "é" * 96 + ".pdf"),
        ("x.exe", None, "x.exe"),
    ],
)
def test_names(name: str, kind: Kind | None, expected: str) -> None:
    assert safe_name(name, kind) == expected


@given(NASTY, st.sampled_from([*Kind, None]))
def test_any_name_becomes_safe(name: str, kind: Kind | None) -> None:
    safe = safe_name(name, kind)
    assert 0 < len(safe) <= 100 and len(safe.encode()) <= 200
    assert not set(safe) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(character).startswith("C") for character in safe)
    assert safe == unicodedata.normalize("NFC", safe) == safe.strip()
    assert not safe.startswith((".", "-")) and not safe.endswith(".")
    assert safe.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    if kind:
        assert safe.endswith(tuple(f".{extension}" for extension in FORMATS[kind].extensions))
    assert safe_name(safe, kind) == safe
