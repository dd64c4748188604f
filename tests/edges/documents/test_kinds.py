"""Every kind that is accepted, and what is counted in it."""

import hashlib
import io
from pathlib import Path

import pytest

from parchemin.edges.documents import FORMATS, Inspection, Kind, how_counted, inspect
from tests.edges.documents import files
from tests.edges.documents.looking import codes, looked
from tests.samples import ROOT

SHARED = ROOT.parent / "shared"
PARAGRAPH = '<t:p xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'

HONEST = {
    Kind.PDF: files.pdf("Un texte"),
    Kind.DOCX: files.docx(),
    Kind.ODT: files.odf("text", "<t:p>Bonjour</t:p>"),
    Kind.XLSX: files.xlsx(),
    Kind.ODS: files.odf("spreadsheet", "<t:p>1</t:p>"),
    Kind.PPTX: files.pptx(3),
    Kind.ODP: files.odf("presentation", "<d:page/><d:page/>"),
    Kind.TEXT: "Été à Noël\n".encode(),
    Kind.JPEG: files.picture("JPEG"),
    Kind.PNG: files.picture(),
    Kind.MP3: files.mp3(80, tag=b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)),
    Kind.M4A: files.mp4(90, handler=b"soun"),
    Kind.WAV: files.wav(61.2),
    Kind.MP4: files.mp4(90),
}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_accepted_under_each_of_its_extensions(kind: Kind) -> None:
    content = HONEST[kind]
    for extension in FORMATS[kind].extensions:
        found = looked(content, f"Mon dossier.{extension.upper()}")
        assert (found.kind, found.problems, found.is_refused) == (kind, (), False)
        assert found.name == f"Mon dossier.{extension}"
        assert found.media_type == FORMATS[kind].media_type
        assert (found.size, found.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_refused_under_another_extension(kind: Kind) -> None:
    other = "odp" if kind is Kind.PDF else "pdf"
    found = looked(HONEST[kind], f"x.{other}")
    assert [problem.code for problem in found.problems] == ["mismatch"]
    assert f".{other}" in found.sentences("fr")[0] and FORMATS[kind].en in found.sentences("en")[0]
    assert found.name == f"x.{other}.{FORMATS[kind].extensions[0]}"


def test_a_missing_extension_is_added() -> None:
    assert looked(files.pdf("a"), "dossier v1.2").name == "dossier v1.2.pdf"


@pytest.mark.parametrize(
    ("kind", "pages", "is_declared", "characters", "minutes", "is_readable"),
    [
        (Kind.PDF, 1, False, 8, None, True),
        (Kind.DOCX, None, False, 7, None, True),
        (Kind.ODT, None, False, 7, None, True),
        (Kind.XLSX, None, False, None, None, True),
        (Kind.ODS, None, False, None, None, True),
        (Kind.PPTX, 3, False, None, None, True),
        (Kind.ODP, 2, False, None, None, True),
        (Kind.TEXT, None, False, 10, None, True),
        (Kind.JPEG, 1, False, None, None, None),
        (Kind.PNG, 1, False, None, None, None),
        (Kind.MP3, None, False, None, 1, None),
        (Kind.M4A, None, False, None, 2, None),
        (Kind.WAV, None, False, None, 2, None),
        (Kind.MP4, None, False, None, 2, None),
    ],
)
def test_what_is_counted(
    kind: Kind,
    pages: int | None,
    is_declared: bool,
    characters: int | None,
    minutes: int | None,
    is_readable: bool | None,
) -> None:
    found = looked(HONEST[kind], f"x.{FORMATS[kind].extensions[0]}")
    assert (found.pages, found.pages_are_declared) == (pages, is_declared)
    assert (found.characters, found.minutes, found.is_readable) == (characters, minutes, is_readable)
    assert (how_counted(kind, "fr") is None) == (characters is None) == (how_counted(kind, "en") is None)


def test_a_pdf_counts_its_pages_and_a_line_end_as_one_space() -> None:
    words = " ".join(["mot"] * 60)
    found = looked(files.pdf(words, "Œuvre à l’effort", words), "x.pdf")
    assert (found.pages, found.characters) == (3, 2 * (60 * 4 - 1) + 16)


def test_a_word_cut_at_the_end_of_a_line_counts_whole() -> None:
    source = '#set text(hyphenate: true, lang: "fr")\n#block(width: 2cm)[anticonstitutionnellement]'
    assert looked(files.pdf(source), "x.pdf").characters == 25


def test_word_text_is_counted_as_writers_see_it() -> None:
    body = (
        files.paragraph("Deux  blancs ")
        + "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t> rogné </w:t><w:tab/><w:br/></w:r></w:p>"
        + "<w:p><w:del><w:r><w:delText>supprimé</w:delText></w:r></w:del>"
        + "<w:moveFrom><w:r><w:t>parti</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>venu</w:t></w:r></w:moveTo></w:p>"
        + '<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:t>un</w:t></mc:Choice>'
        + "<mc:Fallback><w:t>un</w:t></mc:Fallback></mc:AlternateContent><w:instrText>PAGE</w:instrText></w:r></w:p>"
        + files.paragraph("e\u0301te\u0301")
    )
    notes = f'<w:footnotes xmlns:w="{files.W}"><w:footnote>{files.paragraph("note")}</w:footnote></w:footnotes>'
    types = (
        f'<Override PartName="/word/footnotes.xml" ContentType="{files.OOXML}.wordprocessingml.footnotes+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{files.OOXML}.wordprocessingml.header+xml"/>'
    )
    header = f'<w:hdr xmlns:w="{files.W}">{files.paragraph("en-tête")}</w:hdr>'
    made = files.docx(body, {"word/footnotes.xml": notes, "word/header1.xml": header}, types=types)
    assert looked(made, "x.docx").characters == 13 + 5 + 1 + 4 + 2 + 3 + 4


def test_the_pages_of_a_word_document_are_only_declared() -> None:
    app = "<Properties><Pages>12</Pages><Words>3</Words></Properties>"
    found = looked(files.docx(more={"docProps/app.xml": app}), "x.docx")
    assert (found.pages, found.pages_are_declared) == (12, True)


@pytest.mark.parametrize("pages", ["", "0", "-3", "douze", "9999999"])
def test_a_declared_number_of_pages_that_is_none_is_left_out(pages: str) -> None:
    found = looked(files.docx(more={"docProps/app.xml": f"<P><Pages>{pages}</Pages></P>"}), "x.docx")
    assert (found.pages, found.pages_are_declared, found.is_refused) == (None, False, False)


def test_opendocument_text_folds_blanks_and_skips_comments() -> None:
    body = (
        "<t:p>  Deux \n mots<t:s t:c='3'/><t:tab/>fin<o:annotation><t:p>commentaire</t:p></o:annotation></t:p>"
        "<t:tracked-changes><t:p>supprimé</t:p></t:tracked-changes>"
        "<t:h>Titre<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>note</t:p></t:note-body></t:note></t:h>"
    )
    found = looked(files.odf("text", body, pages=7), "x.odt")
    assert (found.characters, found.pages, found.pages_are_declared) == (9 + 4 + 3 + 5 + 4, 7, True)


@pytest.mark.parametrize(
    ("content", "characters", "expected"),
    [
        ("abc\r\ndéf\n".encode(), 6, []),
        (b"\xef\xbb\xbfabc", 3, []),
        ("né".encode("utf-16"), 2, []),
        ("né à Évry".encode("cp1252"), 9, ["not_utf8"]),
        ("e\u0301".encode(), 1, []),
    ],
)
def test_plain_text_in_its_encodings(content: bytes, characters: int, expected: list[str]) -> None:
    found = looked(content, "x.txt")
    assert (found.characters, [problem.code for problem in found.problems]) == (characters, expected)


@pytest.mark.parametrize(("seconds", "minutes"), [(0.2, 0), (1, 1), (60, 1), (60.6, 2), (1200.4, 20)])
def test_a_minute_that_has_begun_counts(seconds: float, minutes: int) -> None:
    assert looked(files.wav(seconds), "x.wav").minutes == minutes


def test_a_sound_of_variable_rate_is_measured_frame_by_frame() -> None:
    assert looked(files.mp3(2297), "x.mp3").seconds == 60


def test_a_stream_is_put_back_where_it_stood() -> None:
    stream = io.BytesIO(b"entete" + files.pdf("Un texte"))
    stream.seek(6)
    assert inspect(stream, "x.pdf").problems == ()
    assert stream.tell() == 6


def test_a_stream_that_cannot_go_back_is_read_all_the_same() -> None:
    class Flow(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError("a flow has no place")

    assert inspect(Flow(files.pdf("Un texte")), "x.pdf").pages == 1


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference documents are not beside the project")
@pytest.mark.parametrize(
    ("path", "kind", "pages"),
    [
        ("standards/cdc/dictionnaire-donnees-NC5-V22-2023-05.pdf", Kind.PDF, 3),
        ("standards/case/opensalt/samples/spreadsheet_import_sample.xlsx", Kind.XLSX, None),
        ("standards/cdc/glossaire-accrochage-2021-07.txt", Kind.TEXT, None),
    ],
)
def test_real_documents(path: str, kind: Kind, pages: int | None) -> None:
    file = SHARED / path
    with file.open("rb") as stream:
        found: Inspection = inspect(stream, Path(path).name)
    assert (found.kind, found.pages, found.is_refused) == (kind, pages, False)
    assert kind is Kind.XLSX or (found.characters or 0) > 10_000
    assert codes(file.read_bytes()[:-5000], Path(path).name) != [] or kind is Kind.TEXT
