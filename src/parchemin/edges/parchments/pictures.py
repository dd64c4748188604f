"""Logos and scanned signatures, read from what was sent and written anew: JPEG, bounded, nothing but pixels."""

import io
import re
from base64 import b64encode
from functools import lru_cache

from PIL import Image, ImageChops, ImageOps

from parchemin.edges.parchments.problems import ParchmentRefusedError

MOST_PIXELS = 40_000_000
LOGO_SIDES = (900, 450)
SIGNATURE_SIDES = (700, 300)
"""Greatest width and height once on paper, in pixels: 300 dots per inch or more at the size they are printed."""
MOST_BYTES = 32 * 1024
QUALITIES = (92, 84, 74)
"""Qualities of JPEG to try, the best first, before the picture is made smaller."""
MARKUP = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!|svg)", re.IGNORECASE)
FLAWS = (OSError, ValueError, SyntaxError, KeyError, IndexError, EOFError, OverflowError, TypeError, ZeroDivisionError)
"""What Pillow raises on damaged pictures."""


@lru_cache(maxsize=16)
def rewritten(picture: bytes, sides: tuple[int, int], where: str) -> bytes:
    """The picture upright on white as a JPEG of at most ``sides`` pixels, without a word of who made it.

    Raises ParchmentRefusedError for what is no PNG or JPEG picture, is damaged, too large or of one colour.
    """
    if MARKUP.match(picture[:256]):
        raise ParchmentRefusedError("picture_svg", where=where)
    image = _decoded(picture, where)
    image.thumbnail(sides, Image.Resampling.LANCZOS, reducing_gap=3)
    while True:
        for quality in QUALITIES:
            if len(written := _jpeg(image, quality)) <= MOST_BYTES:
                return written
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)), Image.Resampling.LANCZOS)


@lru_cache(maxsize=32)
def as_svg(picture: bytes) -> str:
    """A JPEG picture inside an SVG one: what reaches the layout is text, and its bytes go to paper as they are."""
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as image:
        width, height = image.size
    inside = b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{inside}"/></svg>'
    )


def _decoded(picture: bytes, where: str) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # the limit below is stricter, and is checked before any pixel is decoded
    try:
        image = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG"))
    except FLAWS as error:
        raise ParchmentRefusedError("picture_format", where=where) from error
    with image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            limit = MOST_PIXELS // 1_000_000
            raise ParchmentRefusedError("picture_too_large", where=where, width=width, height=height, limit_mp=limit)
        try:
            flat = _on_white(ImageOps.exif_transpose(image))
        except FLAWS as error:
            raise ParchmentRefusedError("picture_broken", where=where) from error
    flat.info = {}
    if all(low == high for low, high in (flat.getchannel(band).getextrema() for band in flat.getbands())):
        raise ParchmentRefusedError("picture_blank", where=where)
    return flat


def _on_white(image: Image.Image) -> Image.Image:
    """The picture on white, in grey when it has no colour; 16 bits of grey become 8."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    sheet = Image.new("RGBA", image.size, "white")
    sheet.alpha_composite(image.convert("RGBA"))
    flat = sheet.convert("RGB")
    red, green, blue = flat.split()
    is_grey = not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())
    return red if is_grey else flat


def _jpeg(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, subsampling=0)
    return written.getvalue()
