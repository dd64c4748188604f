"""An awarding body: its wordings, colours and pictures are checked when it is made, and the error says what to do."""

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from parchemin.edges.parchments import ParchmentRefusedError, parchment_pdf
from parchemin.edges.parchments.colours import contrast_on_white, tint
from parchemin.edges.parchments.pictures import LOGO_SIDES, MOST_BYTES, rewritten
from parchemin.edges.parchments.wording import LINES, check_line, worded_line
from tests.edges.letters.cast import read, squeezed
from tests.edges.parchments.cast import AT, block_certificate, certificate, house, logo, png, statement

NOISE = Image.effect_noise((1400, 900), 90)
DEEP = Image.frombytes("I;16", (700, 450), NOISE.tobytes()[: 2 * 700 * 450])
WITH_SECRETS = PngImagePlugin.PngInfo()
WITH_SECRETS.add_text("Author", "Secrétariat, poste 12")


def refused(**changes: Any) -> ParchmentRefusedError:
    """What is said of a body with these changes."""
    with pytest.raises(ParchmentRefusedError) as caught:
        house(**changes)
    return caught.value


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ({"legal_name": "  "}, "empty", "nom légal"),
        ({"primary": "blue"}, "bad_colour", "#1F4E79"),
        ({"accent": "#12345"}, "bad_colour", "secondaire"),
        ({"accent": "#12345g"}, "bad_colour", "secondaire"),
        ({"primary": "#FFFFFF"}, "low_contrast", "1,0"),
        ({"accent": "#777777"}, "low_contrast", "4,4"),
        ({"wording": {"certificate_headline": "x"}}, "unknown_line", "certificate_heading"),
        ({"wording": {"certificate_grant": "À {holder} et {salary}"}}, "unknown_placeholder", "salary"),
        ({"wording": {"certificate_grant": "Bloc {block}"}}, "unknown_placeholder", "jury_date"),
        ({"wording": {"block_grant": "{holder.__class__}"}}, "bad_placeholder", "block_grant"),
        ({"wording": {"block_grant": "{holder!r}"}}, "bad_placeholder", "block_grant"),
        ({"wording": {"block_grant": "{holder:>90000}"}}, "bad_placeholder", "block_grant"),
        ({"wording": {"block_grant": "{0}"}}, "bad_placeholder", "block_grant"),
        ({"wording": {"block_grant": "{}"}}, "bad_placeholder", "block_grant"),
        ({"wording": {"block_grant": "{holder"}}, "bad_placeholder", "accolade"),
        ({"wording": {"block_grant": "x" * 221}}, "line_too_long", "221"),
        ({"logo": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "picture_svg", "PNG"),
        ({"logo": b"  <?xml version='1.0'?><svg/>"}, "picture_svg", "PNG"),
        ({"logo": b"GIF89a"}, "picture_format", "logo"),
        ({"logo": b""}, "picture_format", "logo"),
        ({"logo": logo()[:3000]}, "picture_broken", "logo"),
        ({"logo": png(Image.new("RGB", (40, 40), "white"))}, "picture_blank", "logo"),
        ({"logo": png(Image.new("RGBA", (40, 40), (255, 0, 0, 0)))}, "picture_blank", "logo"),
        ({"logo": png(Image.new("1", (8000, 6000)))}, "picture_too_large", "40 millions"),
        ({"signatory": replace(house().signatory, image=b"x")}, "picture_format", "signature"),
    ],
)  # fmt: skip
def test_a_body_is_refused_with_what_to_change(changes: dict[str, Any], code: str, told: str) -> None:
    error = refused(**changes)
    assert error.problem.code == code
    assert told in error.problem.sentence
    assert str(error) == error.problem.sentence


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#FFFFFF", 1.0), ("#767676", 4.54), ("#1f4e79", 8.66)]
)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.02)


def test_a_tint_goes_to_white() -> None:
    assert [tint("#1F4E79", share) for share in (0, 0.5, 1)] == ["#1f4e79", "#8fa6bc", "#ffffff"]


@pytest.mark.parametrize("line", LINES)
def test_the_standard_words_pass_their_own_check(line: str) -> None:
    check_line(line, LINES[line][0])


@given(st.text(max_size=60))
def test_any_words_are_either_accepted_and_filled_or_refused(words: str) -> None:
    values = dict.fromkeys(LINES["block_grant"][1], "§")
    try:
        check_line("block_grant", words)
    except ParchmentRefusedError as error:
        assert error.problem.code in ("bad_placeholder", "unknown_placeholder")
    else:
        assert isinstance(worded_line("block_grant", {"block_grant": words}, values), str)


def test_the_words_of_the_body_are_printed_filled() -> None:
    wording = {
        "certificate_heading": "Certificat de qualification",
        "certificate_grant": "{body} délivre le titre {code} à",
        "certificate_closing": "décision du {jury_date}, {{sic}}, à {place}",
        "block_grant": "Bloc {block_code} acquis par",
    }
    found = squeezed(read(parchment_pdf(certificate(house=house(wording=wording)), AT)).text)
    for words in (
        "Certificat de qualification",
        "Institut fictif des certifications délivre le titre RNCP99999 à",
        "décision du 18 mars 2026, {sic}, à Lyon",
    ):
        assert squeezed(words) in found
    assert squeezed("Le présent parchemin est délivré à") not in found
    other = squeezed(read(parchment_pdf(block_certificate(house=house(wording=wording)), AT)).text)
    assert squeezed("Bloc BC02 acquis par") in other


@pytest.mark.parametrize("make", [certificate, statement])
def test_a_line_that_asks_for_what_there_is_not_is_left_out(make: Any) -> None:
    found = read(parchment_pdf(make(jury_on=None), AT)).text
    assert "jury réuni" not in found and "None" not in found and "{" not in found


def test_what_a_holder_is_called_is_not_read_as_a_wording() -> None:
    wording = {"certificate_grant": "Délivré à {holder}"}
    holder = replace(certificate().holder, name="{number}")
    found = read(parchment_pdf(certificate(house=house(wording=wording), holder=holder), AT)).text
    assert "Délivré à Nour Élodie {number}" in found


@pytest.mark.parametrize(
    "picture",
    [
        logo(),
        png(NOISE),
        png(NOISE.convert("RGB"), "JPEG", quality=95),
        png(Image.merge("RGB", (NOISE, NOISE.rotate(90), NOISE.rotate(180))).convert("CMYK"), "JPEG"),
        png(NOISE.convert("P")),
        png(NOISE.convert("LA")),
        png(DEEP),
    ],
)
def test_a_picture_is_written_anew_and_bounded(picture: bytes) -> None:
    made = rewritten(picture, LOGO_SIDES, "logo")
    assert len(made) <= MOST_BYTES
    with Image.open(io.BytesIO(made)) as image:
        assert image.format == "JPEG"
        assert image.width <= LOGO_SIDES[0] and image.height <= LOGO_SIDES[1]
        assert image.width > 100
    assert parchment_pdf(certificate(house=house(logo=picture)), AT).startswith(b"%PDF-1.7")


def test_a_picture_keeps_nothing_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Paul"
    exif[0x0112] = 6
    turned = Image.effect_noise((300, 100), 60).convert("RGB")
    made = rewritten(png(turned, "JPEG", exif=exif), LOGO_SIDES, "logo")
    assert b"Appareil" not in made and b"Exif" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (100, 300)
    assert b"Secr" not in rewritten(png(turned, pnginfo=WITH_SECRETS), LOGO_SIDES, "logo")


def test_a_deep_picture_keeps_its_shades() -> None:
    shades = Image.frombytes("I;16", (300, 100), (b"\x00\x80" * 100 + b"\xff\xff" * 200) * 100)
    with Image.open(io.BytesIO(rewritten(png(shades), LOGO_SIDES, "logo"))) as image:
        assert [image.getpixel((x, 50)) for x in (50, 250)] == [128, 255]


def test_a_picture_without_colour_is_kept_in_grey_on_white() -> None:
    see_through = Image.new("RGBA", (200, 80), (0, 0, 0, 0))
    see_through.paste((0, 0, 0, 255), (20, 20, 60, 60))
    with Image.open(io.BytesIO(rewritten(png(see_through), LOGO_SIDES, "logo"))) as image:
        assert image.mode == "L"
        corner, inside = image.getpixel((2, 2)), image.getpixel((40, 40))
        assert isinstance(corner, int) and isinstance(inside, int)
        assert corner > 240 and inside < 15
