"""Every refusal and every warning: its code, and that both its sentences say what to do."""

import re
import string
import zipfile
from io import BytesIO

import pytest

from parchemin.edges.documents import Kind, Limits, UploadProblem
from parchemin.edges.documents.problems import SENTENCES, WARNINGS
from tests.edges.documents import files
from tests.edges.documents.looking import codes, looked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXE = b"MZ\x90\x00" + bytes(200)
BOMB = b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
JPEG_TAIL = files.picture("JPEG") + files.packed({"a.txt": "caché"})


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "x.pdf", "empty"),
        (EXE, "x.pdf", "program"),
        (b"\x7fELF" + bytes(90), "x.docx", "program"),
        (b"#!/bin/sh\nrm -r x\n", "x.txt", "program"),
        (b"<!DOCTYPE html><html><body>Bonjour</body></html>", "x.pdf", "web_page"),
        (b"\xef\xbb\xbf \n<SCRIPT>alert(1)</SCRIPT>", "x.txt", "web_page"),
        ("<html>".encode("utf-16"), "x.txt", "web_page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "x.txt", "web_page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "x.doc", "web_page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "x.svg", "svg"),
        (b"<?xml version='1.0'?>\n<!-- a --><svg/>", "x.png", "svg"),
        (b"<?xml version='1.0'?><livret/>", "x.txt", "markup"),
        (files.packed({"a.pdf": files.pdf("a")}), "x.zip", "archive"),
        (files.packed({"a.txt": "a"}), "x.docx", "archive"),
        (files.packed({"META-INF/MANIFEST.MF": "a", "A.class": "a"}), "x.jar", "program"),
        (b"PK\x05\x06" + bytes(18), "x.docx", "archive"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "x.pdf", "archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "x.pdf", "archive"),
        (b"\x1f\x8b\x08" + bytes(50), "x.pdf", "archive"),
        (OLE, "x.doc", "legacy_office"),
        (OLE, "x.docx", "legacy_office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", "encrypted"),
        (b"{\\rtf1 Bonjour}", "x.doc", "rich_text"),
        (b"GIF89a" + bytes(50), "x.jpg", "image_format"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "x.png", "image_format"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "x.jpg", "image_format"),
        (b"OggS" + bytes(50), "x.mp3", "media_format"),
        (b"\x00\x00\x00\x14ftypqt  " + bytes(50), "x.mp4", "media_format"),
        (bytes(range(256)) * 4, "x.pdf", "unrecognised"),
        (b"abc\x00def", "x.txt", "unrecognised"),
        (files.docx(content_type=f"{files.OOXML}.wordprocessingml.template.main+xml"), "x.docx", "template"),
        (files.odf("text-template", "<t:p>a</t:p>"), "x.odt", "template"),
        (files.odf("graphics", "<t:p>a</t:p>"), "x.odt", "unrecognised"),
        (files.docx(content_type="application/x-odd"), "x.docx", "unrecognised"),
        (files.pdf("a") + files.packed({"a.txt": "caché"}), "x.pdf", "polyglot"),
        (b"%PDF-1.4\n%<script>alert(1)</script>\n" + files.pdf("a")[9:], "x.pdf", "polyglot"),
        (JPEG_TAIL, "x.jpg", "polyglot"),
        (files.docx() + b"plus", "x.docx", "polyglot"),
        (files.packed({"a": b"%PDF-1.4 " + bytes(9)}), "x.docx", "archive"),
        (files.pdf("a")[:-600], "x.pdf", "truncated"),
        (files.docx()[:-30], "x.docx", "truncated"),
        (files.wav(3)[:-50], "x.wav", "truncated"),
        (files.mp4(3)[:-10], "x.mp4", "truncated"),
        (b"%PDF-1.7\nrien\n%%EOF", "x.pdf", "broken"),
        (files.picture()[:-30], "x.png", "broken"),
        (files.picture("JPEG")[:-200], "x.jpg", "broken"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(90), "x.mp3", "broken"),
        (files.docx("<w:p>"), "x.docx", "broken"),
        (files.locked_pdf(opens=False), "x.pdf", "encrypted"),
        (files.docx(prolog=BOMB.decode()), "x.docx", "hostile_xml"),
        (files.docx(prolog=OUTSIDE), "x.docx", "hostile_xml"),
        (files.odf("text", "<t:p>a</t:p>", {"meta.xml": OUTSIDE + "<a>&a;</a>"}), "x.odt", "hostile_xml"),
        (files.docx(more={"word/vbaProject.bin": b"a"}), "x.docx", "macros"),
        (files.docx(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "x.docm", "macros"),
        (
            files.docx(types='<Default Extension="x" ContentType="application/vnd.ms-office.vbaProject"/>'),
            "x.docx",
            "macros",
        ),
        (files.xlsx({"xl/macrosheets/sheet1.xml": "<a/>"}), "x.xlsx", "macros"),
        (files.odf("text", "<t:p>a</t:p>", {"Basic/Standard/Module1.xml": "<a/>"}), "x.odt", "macros"),
        (files.odf("text", "<t:p>a</t:p>", {"Scripts/python/a.py": "a"}), "x.odt", "macros"),
        (files.docx(more={"word/embeddings/oleObject1.bin": OLE}), "x.docx", "embedded_files"),
        (files.docx(more={"word/media/image1.png": EXE}), "x.docx", "embedded_files"),
        (files.docx(more={"word/media/a.zip": files.packed({"a": "a"})}), "x.docx", "embedded_files"),
        (files.docx("<w:p><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r></w:p>"), "x.docx", "remote_content"),
        (files.xlsx({"xl/externalLinks/externalLink1.xml": "<a><ddeLink/></a>"}), "x.xlsx", "remote_content"),
        (files.docx(""), "x.docx", "blank_document"),
        (b" \n\t\n", "x.txt", "blank_document"),
        (files.pdf("", ""), "x.pdf", "blank_document"),
    ],
)
def test_refused(content: bytes, name: str, expected: str) -> None:
    found = looked(content, name)
    assert expected in [problem.code for problem in found.problems]
    assert found.is_refused
    assert all(len(sentence) > 40 for sentence in (*found.sentences("fr"), *found.sentences("en")))


@pytest.mark.parametrize("target", ["http://exemple.fr/a.dotm", r"\\exemple\partage\a.dotm", "file://exemple/a.dotm"])
def test_a_template_fetched_from_elsewhere_is_refused(target: str) -> None:
    assert codes(_with_template(target), "x.docx") == ["remote_content"]


@pytest.mark.parametrize("target", ["file:///C:\\Users\\a\\Normal.dotm", "Normal.dotm"])
def test_a_template_of_the_writer_is_not(target: str) -> None:
    assert codes(_with_template(target), "x.docx") == []


def _with_template(target: str) -> bytes:
    relation = (
        f'<Relationship Id="r" Type="{files.RELATION}/attachedTemplate" Target="{target}" TargetMode="External"/>'
    )
    link = f'<Relationship Id="h" Type="{files.RELATION}/hyperlink" Target="http://exemple.fr" TargetMode="External"/>'
    return files.docx(more={"word/_rels/settings.xml.rels": files.relations(relation + link)})


@pytest.mark.parametrize("inner", [files.xlsx(), files.docx()])
def test_the_workbook_of_a_chart_is_no_attachment(inner: bytes) -> None:
    assert codes(files.docx(more={"word/embeddings/Microsoft_Excel_Sheet1.xlsx": inner}), "x.docx") == []


def test_a_packed_drawing_is_no_attachment() -> None:
    drawing = b"\x1f\x8b\x08" + bytes(90)
    assert codes(files.docx(more={"word/media/image1.emz": drawing}), "x.docx") == []
    assert codes(files.docx(more={"word/media/image1.emf": drawing}), "x.docx") == ["embedded_files"]
    assert codes(files.docx(more={"word/media/image1.emz": EXE}), "x.docx") == ["embedded_files"]


def test_what_hides_in_the_workbook_of_a_chart_is_found() -> None:
    for inner, expected in (
        (files.xlsx({"xl/vbaProject.bin": b"a"}), "macros"),
        (files.xlsx({"xl/embeddings/b.xlsx": files.xlsx()}), "embedded_files"),
        (files.xlsx({"../b": "b"}), "bad_path"),
    ):
        assert codes(files.docx(more={"word/embeddings/a.xlsx": inner}), "x.docx") == [expected]


@pytest.mark.parametrize(
    "path", ["../a.xml", "/a.xml", "word/../../a.xml", "C:/a.xml", "word\\a.xml", "word//a.xml", "a\tb"]
)
def test_paths_inside_are_refused(path: str) -> None:
    assert codes(files.docx(more={path: "a"}), "x.docx") == ["bad_path"]


def test_a_link_inside_is_refused() -> None:
    held = BytesIO(files.docx())
    with zipfile.ZipFile(held, "a") as archive:
        link = zipfile.ZipInfo("word/a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert codes(held.getvalue(), "x.docx") == ["bad_path"]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (
            "<w:fldChar w:fldCharType='begin'/><w:instrText>DDEA</w:instrText><w:instrText>UTO cmd</w:instrText>",
            ["remote_content"],
        ),
        ("<w:fldSimple w:instr=' DDE cmd '/>", ["remote_content"]),
        ("<w:instrText>HYPERLINK </w:instrText><w:instrText>DDE</w:instrText>", []),
        ("<w:fldSimple w:instr='HYPERLINK &quot;http://exemple.fr/DDE&quot;'/>", []),
    ],
)
def test_a_field_that_starts_a_program_is_refused(runs: str, expected: list[str]) -> None:
    assert codes(files.docx(f"<w:p><w:r><w:t>a</w:t>{runs}</w:r></w:p>"), "x.docx") == expected


def test_a_protected_opendocument_is_refused() -> None:
    manifest = "<m><file-entry><encryption-data/></file-entry></m>"
    found = looked(files.odf("text", "<t:p>a</t:p>", {"META-INF/manifest.xml": manifest}), "x.odt")
    assert ([problem.code for problem in found.problems], found.is_readable) == (["encrypted"], False)


def test_the_empty_lists_of_macros_of_libreoffice_are_none() -> None:
    lists = {"Basic/script-lc.xml": "<a/>", "Basic/Standard/script-lb.xml": "<a/>"}
    assert codes(files.odf("text", "<t:p>a</t:p>", lists), "x.odt") == []


ACTION = "<</S/JavaScript/JS(app.alert\\(1\\))>>"


@pytest.mark.parametrize(
    ("catalog", "more", "expected"),
    [
        (f"/OpenAction{ACTION}", [], "active_content"),
        ("/OpenAction 6 0 R", [ACTION], "active_content"),
        ("/OpenAction<</S 6 0 R/JS(a)>>", ["/JavaScript"], "active_content"),
        ("/OpenAction<</S/Java#53cript/JS(a)>>", [], "active_content"),
        (f"/Names<</JavaScript<</Names[(a){ACTION}]>>>>", [], "active_content"),
        (f"/AA<</WC{ACTION}>>", [], "active_content"),
        ("/OpenAction<</S/Launch/F(cmd.exe)>>", [], "active_content"),
        ("/AcroForm<</Fields[]/XFA(a)>>", [], "active_content"),
        (
            "/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>",
            ["<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", files.stream(EXE, "/Type/EmbeddedFile")],
            "embedded_files",
        ),
        ("/A 6 0 R", ["<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", files.stream(EXE)], "embedded_files"),
        ("/A 6 0 R", ["<</Type/Annot/Subtype/FileAttachment/Rect[0 0 1 1]>>"], "embedded_files"),
    ],
)
def test_active_pdf(catalog: str, more: list[str | bytes], expected: str) -> None:
    found = looked(files.acting_pdf(catalog, *more), "x.pdf")
    assert [problem.code for problem in found.problems] == [expected]
    assert (found.pages, found.is_refused) == (1, True)
    assert ("(a.exe)" in found.sentences("fr")[0]) == ("EmbeddedFiles" in catalog), "attachments are named"


def test_an_action_packed_with_other_objects_is_found() -> None:
    import zlib

    inner = b"6 0 " + ACTION.encode()
    packed = files.stream(zlib.compress(inner), "/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    made = files.acting_pdf("/OpenAction 6 0 R", "null", packed)
    rows = [(0, 0, 255)]
    rows += [(1, made.index(b"\n%d 0 obj" % number) + 1, 0) for number in range(1, 6)]
    rows += [(2, 7, 0), (1, made.index(b"\n7 0 obj") + 1, 0), (1, made.index(b"xref\n0"), 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([more]) for kind, place, more in rows)
    cut = made[: made.index(b"xref\n0")]
    references = b"8 0 obj\n" + files.stream(table, "/Type/XRef/Size 9/W[1 4 1]/Root 1 0 R") + b"\nendobj\n"
    whole = cut + references + b"startxref\n%d\n%%%%EOF\n" % len(cut)
    assert b"JavaScript" not in whole
    assert codes(whole, "x.pdf") == ["active_content"]


@pytest.mark.parametrize(
    "made",
    [
        files.acting_pdf("/OpenAction[3 0 R/Fit]"),
        files.acting_pdf("/A 6 0 R", "<</Title(HTML/JavaScript et /Launch)>>"),
        files.acting_pdf("", files.stream(b"/EmbeddedFile /JavaScript (")),
        files.acting_pdf("/A<</S/URI/URI(https://exemple.fr)>>"),
        files.pdf("Cours de HTML/JavaScript /Launch /EmbeddedFile"),
    ],
)
def test_words_and_links_are_no_actions(made: bytes) -> None:
    assert codes(made, "x.pdf") == []


def test_a_scan_is_accepted_but_cannot_be_counted() -> None:
    for text in (b"", b"BT /F1 9 Tf (Scan 12) Tj ET"):
        found = looked(files.scan_pdf(3, text=text), "x.pdf")
        assert [problem.code for problem in found.problems] == ["no_text"]
        assert (found.pages, found.characters, found.is_readable, found.is_refused) == (3, None, False, False)


def test_a_scanned_page_among_others_makes_the_count_a_minimum() -> None:
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 7 0 R/Resources<</XObject<</I 8 0 R>>>>>>"
    image = files.stream(
        b"1234", "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    made = files.acting_pdf("", page, files.stream(b"q 300 0 0 300 0 0 cm /I Do Q"), image)
    made = made.replace(b"/Count 1/Kids[3 0 R]", b"/Count 2/Kids[3 0 R 6 0 R]")
    found = looked(made, "x.pdf")
    assert [(problem.code, problem.values) for problem in found.problems] == [("partly_scanned", {"pages": "2"})]
    assert (found.pages, found.characters, found.characters_are_partial, found.is_readable) == (2, 41, True, True)


def test_blank_pages_are_named() -> None:
    found = looked(files.pdf("a", "", "b", ""), "x.pdf")
    assert [(problem.code, problem.values) for problem in found.problems] == [("blank_pages", {"pages": "2, 4"})]
    assert (found.pages, found.is_refused) == (4, False)


def test_a_pdf_that_forbids_printing_is_accepted_with_a_warning() -> None:
    found = looked(files.locked_pdf(opens=True), "x.pdf")
    assert ([problem.code for problem in found.problems], found.characters) == (["restricted"], 41)


def test_a_text_whose_letters_are_unknown_is_not_counted() -> None:
    unknown = '#text(font: "Libertinus Serif")[\ue000\ue001\ue002 \ue003\ue004\ue005]'
    found = looked(files.pdf(unknown), "x.pdf")
    assert ([problem.code for problem in found.problems], found.characters) == (["garbled_text"], None)


def test_a_picture_of_one_colour_shows_nothing() -> None:
    from PIL import Image

    held = BytesIO()
    Image.new("RGB", (9, 9), (255, 255, 255)).save(held, "PNG")
    assert codes(held.getvalue(), "x.png") == ["blank_image"]


def test_word_pictures_without_text_cannot_be_counted() -> None:
    found = looked(files.docx("<w:p/>", {"word/media/image1.png": files.picture()}), "x.docx")
    assert ([problem.code for problem in found.problems], found.characters) == (["no_text"], None)


def test_only_the_kinds_wanted_are_accepted() -> None:
    limits = Limits(kinds=frozenset({Kind.JPEG, Kind.PNG}))
    found = looked(files.pdf("a"), "x.pdf", limits)
    assert [problem.code for problem in found.problems] == ["kind_not_accepted"]
    assert "une image JPEG, une image PNG" in found.sentences("fr")[0]
    assert codes(files.picture(), "x.png", limits) == []


def test_refusals_are_told_before_warnings() -> None:
    found = looked(files.scan_pdf(), "x.odt")
    assert found.sentences("en")[0].startswith("The file name ends in")
    assert len(found.sentences("en")) == 2


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_is_whole_in_both_languages(code: str) -> None:
    wanted = {field for text in SENTENCES[code].values() for _, field, _, _ in string.Formatter().parse(text) if field}
    problem = UploadProblem(code, dict.fromkeys(wanted, 1_234))
    french, english = problem.sentence("fr"), problem.sentence("en")
    assert french.endswith(".") and english.endswith(".")
    assert not re.search(r"\w'\w| [:;?!»]|« ", french)
    assert problem.is_refusal == (code not in WARNINGS)
    assert problem.as_dict("fr") == {"code": code, "is_refusal": problem.is_refusal, "message": french}
