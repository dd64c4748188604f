"""Reads JPEG and PNG pictures, and writes them anew without what they say of who took them, where and with what."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from parchemin.edges.documents.archives import has_archive_at_end
from parchemin.edges.documents.kinds import Kind
from parchemin.edges.documents.problems import UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, Reading

ACCEPTED = {"JPEG": Kind.JPEG, "MPO": Kind.JPEG, "PNG": Kind.PNG}
FLAT_MODES = {"1", "L", "LA", "RGB", "RGBA", "I", "I;16"}
QUALITY = 90
PLAIN_MODES = ("L", "RGB")
FLAWS = (OSError, ValueError, SyntaxError, KeyError, IndexError, EOFError, OverflowError, TypeError, ZeroDivisionError)
"""What Pillow raises on damaged pictures."""


def read_image(stream: BinaryIO, limits: Limits) -> Reading:
    """A picture is one page without characters; it is decoded whole, so that a damaged one is known at once.

    Raises UploadRefusedError.
    """
    content = stream.read()
    if b"%PDF-" in content[:1024]:
        raise UploadRefusedError(problem("polyglot", other="PDF"))
    if has_archive_at_end(content):
        raise UploadRefusedError(problem("polyglot", other="ZIP"))
    with _decoded(content, limits) as image:
        is_blank = _is_plain(image)
        kind = ACCEPTED[image.format or ""]
    problems = (problem("blank_image"),) if is_blank else ()
    return Reading(kind=kind, pages=1, is_readable=False if is_blank else None, problems=problems)


def rewritten(stream: BinaryIO, limits: Limits) -> bytes:
    """The same picture upright, in sRGB, in its own format, with its pixels and nothing else.

    Raises UploadRefusedError when it is no picture that is accepted.
    """
    with _decoded(stream.read(), limits) as image:
        is_png = image.format == "PNG"
        ImageOps.exif_transpose(image, in_place=True)
        upright = _in_srgb(image)
        if upright.mode not in FLAT_MODES:
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        if not is_png and upright.mode not in PLAIN_MODES:
            upright = upright.convert("RGB")
        upright.info = {}
        written = io.BytesIO()
        if is_png:
            upright.save(written, "PNG", optimize=True)
        else:
            upright.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()


@contextmanager
def _decoded(content: bytes, limits: Limits) -> Iterator[Image.Image]:
    Image.MAX_IMAGE_PIXELS = None  # the limit below is stricter, and is checked before any pixel is decoded
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
    except FLAWS as error:
        raise UploadRefusedError(problem("broken")) from error
    width, height = image.size
    if width * height > limits.max_pixels:
        limit = limits.max_pixels // 1_000_000
        raise UploadRefusedError(problem("too_many_pixels", width=width, height=height, limit_mp=limit))
    try:
        image.load()
    except FLAWS as error:
        raise UploadRefusedError(problem("broken")) from error
    with image:
        yield image


def _is_plain(image: Image.Image) -> bool:
    """Whether it has one colour and one transparency only."""
    return all(low == high for low, high in (image.getchannel(band).getextrema() for band in image.getbands()))


def _in_srgb(image: Image.Image) -> Image.Image:
    """The colours its profile means; those it has when the profile is damaged or is not for it."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *FLAWS):
        return image
    return converted or image
