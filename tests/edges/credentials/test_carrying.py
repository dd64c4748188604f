"""Credentials inside pictures and PDF files: what goes in comes out, and hostile files are refused."""

import io
import json
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from parchemin.edges.credentials.carrying import baked, carried
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.svg import NAMESPACE
from parchemin.edges.credentials.tokens import sign_token
from tests.edges.credentials.awards import HOSTILE
from tests.edges.credentials.cast import BADGE_SAMPLES, KEY, badge, sample, with_samples

SVG = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<title>Éléments « cœur »</title><path d="M0 0"/></svg>'
).encode()
TEXTS = {
    "json": json.dumps(badge(name=HOSTILE + "]]>"), ensure_ascii=False),
    "token": sign_token(badge(name=HOSTILE), KEY),
}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj"


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(content, "PNG")
    return content.getvalue()


def pdf(*files: tuple[str, bytes]) -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    for name, content in files:
        document.new_attachment(name).set_data(content)
    written = io.BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(content: bytes, kind: bytes = b"iTXt") -> bytes:
    return png()[:-12] + chunk(kind, content) + png()[-12:]


def refusal(content: bytes) -> str:
    with pytest.raises(CredentialError) as caught:
        carried(content)
    return caught.value.code


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_what_is_baked_in_is_read_back(picture: bytes, text: str) -> None:
    made = baked(picture, text)
    found = carried(made)
    assert found == text or json.loads(found) == json.loads(text)
    again = baked(made, TEXTS["token"])
    assert carried(again) == TEXTS["token"]


def test_a_baked_png_is_the_same_picture_with_the_text_where_readers_look_for_it() -> None:
    with Image.open(io.BytesIO(baked(png(), TEXTS["json"]))) as made:
        made.load()
        assert made.text["openbadgecredential"] == TEXTS["json"]  # type: ignore[attr-defined]
        assert (made.size, made.getpixel((0, 0))) == ((3, 2), (255, 0, 0))


def test_a_baked_svg_is_the_same_picture_with_one_element_more() -> None:
    made = ElementTree.fromstring(baked(baked(SVG, TEXTS["token"]), TEXTS["json"]))
    elements = made.findall(f"{{{NAMESPACE}}}credential")
    assert [json.loads(element.text or "") for element in elements] == [badge(name=HOSTILE + "]]>")]
    assert made.find("{http://www.w3.org/2000/svg}title").text == "Éléments « cœur »"  # type: ignore[union-attr]
    token = ElementTree.fromstring(baked(SVG, TEXTS["token"])).find(f"{{{NAMESPACE}}}credential")
    assert token is not None and token.get("verify") == TEXTS["token"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("form", ["{}", " \n{}\n", "\ufeff{}"])
def test_a_credential_is_read_as_it_is(text: str, form: str) -> None:
    assert carried(form.format(text).encode()) == text


def test_a_credential_that_speaks_of_pdf_is_no_pdf() -> None:
    assert carried(b'{"name": "%PDF-1.7"}') == '{"name": "%PDF-1.7"}'


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_credential_attached_to_a_pdf_is_read(text: str) -> None:
    made = pdf(("notes.txt", b"bonjour"), ("preuve.json", text.encode()), ("image.bin", b"\xff\x00"))
    assert carried(made) == text


@with_samples
@pytest.mark.parametrize("name", ["simple-json.svg", "simple-jwt.png", "simple-jwt_v1.png", "simple-jwt_v1.svg"])
def test_the_official_pictures_hold_what_they_hold(name: str) -> None:
    found = carried((BADGE_SAMPLES / name).read_bytes())
    if name == "simple-json.svg":
        assert json.loads(found)["id"] == sample(BADGE_SAMPLES / "simple.json")["id"]
    else:
        assert found.startswith("eyJ") and found.count(".") == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (png(), "nothing_inside"),
        (SVG, "nothing_inside"),
        (pdf(), "nothing_inside"),
        (pdf(("notes.txt", b"bonjour")), "nothing_inside"),
        (pdf(("a.json", b"{}"), ("b.json", b'{"a": 1}')), "several_inside"),
        (with_chunk(b"openbadgecredential\x00\x00\x00\x00\x00{}") + b"suite", ""),
        (with_chunk(b"openbadgecredential\x00\x01\x00\x00\x00" + zlib.compress(b"{}")), ""),
        (with_chunk(b"openbadgecredential\x00\x01\x00\x00\x00" + zlib.compress(bytes(9_000_000))), "too_large"),
        (with_chunk(b"openbadgecredential\x00\x01\x00\x00\x00x"), "bad_png"),
        (with_chunk(b"openbadgecredential\x00\x00\x00"), "bad_png"),
        (with_chunk(b"openbadgecredential"), "bad_png"),
        (with_chunk(b"openbadgecredential\x00\x00\x00\x00\x00\xff"), "bad_png"),
        (with_chunk(b"openbadgecredential\x00{}", b"tEXt"), "nothing_inside"),
        (with_chunk(b"openbadges\x00\x00\x00\x00\x00{}"), "nothing_inside"),
        (png()[:-12], "bad_png"),
        (png()[:-4] + b"0000", "bad_png"),
        (png()[:20] + b"\xff\xff\xff\xff" + png()[24:], "bad_png"),
        (png()[:-12] + chunk(b"teSt", b"") * 20_000 + png()[-12:], "bad_png"),
        (b"<svg", "bad_svg"),
        (b"<html></html>", "nothing_inside"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "bad_svg"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "bad_svg"),
        (PDF, "bad_pdf"),
        (b"\xff\xfe", "nothing_inside"),
        (b"x" * 20_000_001, "too_large"),
        (b"{" + b" " * 4_000_001, "too_large"),
    ],
)  # fmt: skip
def test_each_file_has_its_answer(content: bytes, code: str) -> None:
    if code:
        assert refusal(content) == code
    else:
        assert carried(content) == "{}"


@pytest.mark.parametrize(
    ("picture", "code"),
    [(b"\xff\xd8\xff", "unbaked_picture"), (b"<html/>", "bad_svg"), (b"<svg", "bad_svg"), (png()[:30], "bad_png")],
)
def test_only_whole_png_and_svg_pictures_are_baked(picture: bytes, code: str) -> None:
    with pytest.raises(CredentialError) as caught:
        baked(picture, "{}")
    assert caught.value.code == code


@pytest.mark.parametrize("picture", [png(), SVG], ids=["png", "svg"])
def test_nothing_huge_is_baked(picture: bytes) -> None:
    with pytest.raises(CredentialError) as caught:
        baked(picture, "{" + "x" * 4_000_001)
    assert caught.value.code == "too_large"


@settings(max_examples=50)
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")), max_size=3))
def test_any_json_is_carried(value: dict[str, str]) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        assert carried(baked(png(), text)) == text
    assert json.loads(carried(baked(SVG, json.dumps(value)))) == value


@given(st.binary(max_size=200))
def test_any_bytes_after_a_signature_are_refused_or_read(content: bytes) -> None:
    for start in (b"\x89PNG\r\n\x1a\n", b"<svg ", b"%PDF-1.7"):
        assert refusal(start + content) in ("bad_png", "bad_svg", "bad_pdf", "nothing_inside")


def test_a_path_is_not_a_credential(tmp_path: Path) -> None:
    assert refusal(str(tmp_path).encode()) == "nothing_inside"
