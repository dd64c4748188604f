"""Small documents of every kind, honest or hostile, made by code."""

import io
import struct
import wave
import zipfile
from collections.abc import Mapping
from functools import cache
from hashlib import md5

import typst
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OOXML = "application/vnd.openxmlformats-officedocument"
Parts = Mapping[str, str | bytes]


@cache
def pdf(*pages: str) -> bytes:
    """A PDF with one page for each text."""
    source = "#set page(width: 10cm, height: 10cm)\n#set text(hyphenate: false)\n" + "\n#pagebreak()\n".join(pages)
    return bytes(typst.compile(source.encode()))


def raw_pdf(*objects: str | bytes, trailer: str = "/Root 1 0 R", tail: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of references."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        body = content.encode() if isinstance(content, str) else content
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d %b>>\n" % (size, table, size, trailer.encode())
    return out + b"startxref\n%d\n%%%%EOF\n" % out.rindex(b"xref\n0") + tail


def stream(content: bytes, more: str = "") -> bytes:
    """A stream object."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (more.encode(), len(content), content)


TEXT = b"BT /F1 12 Tf 10 100 Td (Un texte assez long pour une page entiere) Tj ET"


def acting_pdf(catalog: str, *more: str | bytes, text: bytes = TEXT, trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of one page of text whose catalog bears something more; ``more`` are its objects, from 6 on."""
    return raw_pdf(
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(text),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
        trailer=trailer,
    )


def scan_pdf(pages: int = 1, *, text: bytes = b"") -> bytes:
    """A PDF whose pages are one picture each, with a stamp of text or none."""
    kids = " ".join(f"{6 + n} 0 R" for n in range(pages))
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 3 0 R"
        "/Resources<</XObject<</I 4 0 R>>/Font<</F1 5 0 R>>>>>>"
    )
    return raw_pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        stream(b"q 300 0 0 300 0 0 cm /I Do Q " + text),
        stream(
            bytes(range(4)), "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * pages,
    )


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked_pdf(*, opens: bool) -> bytes:
    """A PDF that asks for a password, or that opens but may be neither printed nor copied (ISO 32000-1, 7.6.3)."""
    owner, rights, name = b"o" * 32, -64, b"i" * 16
    key = md5(PAD + owner + struct.pack("<i", rights) + name, usedforsecurity=False).digest()[:5]
    user = _rc4(key, PAD) if opens else b"u" * 32
    trailer = f"/Root 1 0 R/Encrypt 6 0 R/ID[<{name.hex()}><{name.hex()}>]"
    lock = f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{user.hex()}>/P {rights}>>"
    page_key = md5(key + struct.pack("<I", 4)[:3] + b"\0\0", usedforsecurity=False).digest()[:10]
    return acting_pdf("", lock, text=_rc4(page_key, TEXT), trailer=trailer)


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def packed(parts: Parts) -> bytes:
    """A zip archive of these parts, in this order, the part called mimetype stored as it is."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, way)
    return held.getvalue()


def office(main: str, content_type: str, xml: str, more: Parts | None = None, types: str = "") -> bytes:
    """An Office document whose main part is ``main``."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{content_type}"/>{types}</Types>'
        ),
        "_rels/.rels": relations(f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="{main}"/>'),
        main: xml,
    }
    return packed({**parts, **(more or {})})


def relations(inner: str) -> str:
    """A part of relations."""
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def docx(body: str = "<w:p><w:r><w:t>Bonjour</w:t></w:r></w:p>", more: Parts | None = None, **options: str) -> bytes:
    """A Word document with this body."""
    ending = options.get("ending", "document.main+xml")
    xml = options.get("prolog", "") + f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    content_type = options.get("content_type", f"{OOXML}.wordprocessingml.{ending}")
    return office("word/document.xml", content_type, xml, more, options.get("types", ""))


def paragraph(text: str) -> str:
    """A paragraph of Word."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def xlsx(more: Parts | None = None) -> bytes:
    """A workbook."""
    return office(
        "xl/workbook.xml", f"{OOXML}.spreadsheetml.sheet.main+xml", '<workbook><sheet name="a"/></workbook>', more
    )


def pptx(slides: int) -> bytes:
    """A presentation."""
    xml = f"<presentation><sldIdLst>{'<sldId/>' * slides}</sldIdLst></presentation>"
    return office("ppt/presentation.xml", f"{OOXML}.presentationml.presentation.main+xml", xml)


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odf(kind: str, body: str, more: Parts | None = None, *, pages: int | None = None) -> bytes:
    """An OpenDocument file of that kind: text, spreadsheet or presentation."""
    names = f'xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0" xmlns:d="{ODF}:drawing:1.0" xmlns:m="{ODF}:meta:1.0"'
    parts: dict[str, str | bytes] = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<o:document-content {names}><o:body>{body}</o:body></o:document-content>",
    }
    if pages is not None:
        parts["meta.xml"] = f'<o:document-meta {names}><m:document-statistic t:page-count="{pages}"/></o:document-meta>'
    return packed({**parts, **(more or {})})


def picture(form: str = "PNG", *, size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    """A picture with more than one colour."""
    image = Image.new("RGB", size, (250, 250, 250))
    image.putpixel((0, 0), (200, 30, 30))
    held = io.BytesIO()
    image.save(held, form, **options)
    return held.getvalue()


def wav(seconds: float, rate: int = 800) -> bytes:
    """A silent WAV sound."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(b"\x80" * round(seconds * rate))
    return held.getvalue()


def mp3(frames: int, *, tag: bytes = b"") -> bytes:
    """Silent frames of 1152 samples at 44.1 kHz, by turns at 128 and at 64 kbit/s: 26.1 ms each."""
    fast = b"\xff\xfb\x90\x00" + bytes(417 - 4)
    slow = b"\xff\xfb\x50\x00" + bytes(208 - 4)
    return tag + b"".join(fast if n % 2 else slow for n in range(frames))


def box(name: bytes, content: bytes) -> bytes:
    """A box of an MP4 file."""
    return struct.pack(">L4s", 8 + len(content), name) + content


def mp4(seconds: int, *, handler: bytes = b"vide", brand: bytes = b"isom") -> bytes:
    """An MP4 file without samples."""
    header = box(b"mvhd", struct.pack(">LLLLL", 0, 0, 0, 600, seconds * 600) + bytes(80))
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
    return box(b"ftyp", brand + bytes(4) + b"isom") + box(b"moov", header + track) + box(b"mdat", bytes(32))
