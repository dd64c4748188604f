"""Pictures to be kept are written anew, with their pixels and nothing else."""

import io

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from parchemin.edges.documents import Limits, UploadRefusedError, reencoded_image
from tests.edges.documents import files

GPS, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = orientation, "Zoé Fictive"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 30.0)})
    return exif


def _rewritten(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(reencoded_image(io.BytesIO(content))))
    image.load()
    return image


def test_a_photograph_loses_its_place_its_author_and_its_comment() -> None:
    made = files.picture("JPEG", exif=_exif(), comment=b"secret", icc_profile=_profile(), xmp=b"<x>secret</x>")
    assert b"Fictive" in made and b"secret" in made
    written = reencoded_image(io.BytesIO(made))
    image = Image.open(io.BytesIO(written))
    assert image.format == "JPEG" and not image.getexif() and "icc_profile" not in image.info
    assert not any(word in written for word in (b"Fictive", b"secret", b"Exif", b"ICC_PROFILE", b"http"))


def test_a_drawing_loses_its_texts_and_keeps_its_pixels() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Zoé Fictive")
    texts.add_itxt("XML:com.adobe.xmp", "<x>secret</x>")
    made = files.picture(pnginfo=texts, exif=_exif(), dpi=(300, 300))
    written = reencoded_image(io.BytesIO(made))
    before, after = Image.open(io.BytesIO(made)), Image.open(io.BytesIO(written))
    assert after.format == "PNG" and after.tobytes() == before.tobytes()
    assert not any(word in written for word in (b"Fictive", b"secret", b"eXIf", b"tEXt", b"iTXt", b"pHYs"))


def test_a_photograph_is_set_upright() -> None:
    assert _rewritten(files.picture("JPEG", size=(8, 6), exif=_exif(orientation=6))).size == (6, 8)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_keeps_what_it_shows(mode: str) -> None:
    held = io.BytesIO()
    made = Image.new("RGBA", (4, 4), (10, 200, 30, 128))
    image = Image.new("I;16", (4, 4), 40_000) if mode == "I;16" else made.convert(mode)
    image.save(held, "PNG", **({"transparency": 0} if mode == "P" else {}))
    after = _rewritten(held.getvalue())
    before = Image.open(io.BytesIO(held.getvalue()))
    if mode == "I;16":
        assert after.mode == before.mode and after.tobytes() == before.tobytes()
    else:
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_mode_of_jpeg_is_shown_by_browsers(mode: str) -> None:
    held = io.BytesIO()
    Image.new("RGB", (16, 16), (120, 130, 140)).convert(mode).save(held, "JPEG")
    after = _rewritten(held.getvalue())
    assert after.mode == ("L" if mode == "L" else "RGB")
    assert all(abs(a - b) < 16 for a, b in zip(after.convert("RGB").getpixel((5, 5)), (120, 130, 140), strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (files.pdf("a"), "kind_not_accepted"),
        (files.docx(), "kind_not_accepted"),
        (b"abc", "kind_not_accepted"),
        (b"<svg/>", "svg"),
        (b"GIF89a" + bytes(99), "image_format"),
        (files.picture()[:-30], "broken"),
        (files.picture(size=(100, 101)), "too_many_pixels"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UploadRefusedError) as refused:
        reencoded_image(io.BytesIO(content), limits=Limits(max_pixels=10_000))
    assert refused.value.problem.code == code


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
