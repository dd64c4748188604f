"""How many certificates are printed a second, with their signed credential inside.

Run with the project's own Python: ``.venv/bin/python benchmarks/parchments.py``. One process, one core: the figure to
compare is the processor spent on each, which does not depend on who else uses the machine. ``--weasyprint PYTHON``
gives the Python of another environment where WeasyPrint is installed, to lay out the same words beside it:
``python3 -m venv /elsewhere && /elsewhere/bin/pip install weasyprint``. It is not a dependency of the project.
"""

import argparse
import io
import json
import math
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from PIL import Image, ImageDraw

from parchemin.core.scheme import Register
from parchemin.edges.parchments import (
    Block,
    BlockCertificate,
    Certificate,
    Certification,
    Holder,
    House,
    Level,
    Nsf,
    Parchment,
    Result,
    ResultLine,
    Signatory,
    StatementOfResults,
    parchment_pdf,
)

AT = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
NAMES = ("Belhadj", "Éon de Beaumont", "Ngô", "Le Goff", "Żółć", "O'Brien")
CERTIFICATION = Certification(
    title="Technicien fictif du réemploi et de l'atelier",
    register=Register.RNCP,
    code="RNCP99999",
    decision="Décision du 12 décembre 2025",
    published_on=date(2025, 12, 15),
    level=Level(national=4, eqf=4),
    nsf=(Nsf(code="223", label="Métallurgie"),),
)
OTHER = r"""
import statistics, sys, time
from weasyprint import HTML
page = sys.stdin.read()
spent = []
for place in range(int(sys.argv[1])):
    began = time.process_time()
    HTML(string=page.replace("PLACE", f"{place:06}")).write_pdf(pdf_variant="pdf/a-3b", pdf_tags=True)
    spent.append(time.process_time() - began)
print(statistics.median(spent[2:]) * 1000, min(spent) * 1000)
"""


class Spent(NamedTuple):
    """Milliseconds for each: of processor (median and best), and of waiting (median); and bytes."""

    median: float
    best: float
    waited: float
    size: int


def house(*, with_pictures: bool) -> House:
    """A body, with its mark and a scanned signature or without."""
    signatory = Signatory(name="Claire Aubert", title="La présidente", image=scan() if with_pictures else None)
    return House(
        legal_name="Institut fictif des certifications",
        trade_name="Les Métiers du Ponant",
        logo=logo() if with_pictures else None,
        signatory=signatory,
        place="Lyon",
    )


def logo() -> bytes:
    """A mark on a clear ground."""
    image = Image.new("RGBA", (1200, 500), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 40, 460, 460), fill=(31, 78, 121, 255))
    pen.rectangle((540, 150, 1160, 330), fill=(138, 90, 0, 255))
    return _png(image)


def scan() -> bytes:
    """A signature scanned in grey."""
    image = Image.new("L", (1400, 600), 255)
    points = [(100 + at * 1.2, 300 + 160 * math.sin(at / 37) * math.cos(at / 140)) for at in range(1000)]
    ImageDraw.Draw(image).line(points, fill=20, width=9)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def certificate(place: int, body: House) -> Certificate:
    """The certificate of that rank: another holder, number and address each time."""
    number = f"7K3M9Q{place:06}"
    return Certificate(
        house=body,
        certification=CERTIFICATION,
        holder=Holder(
            first_names="Nour Élodie",
            name=f"{NAMES[place % len(NAMES)]} {chr(65 + place % 26)}",
            born_on=date(1990, 3, 1 + place % 28),
            born_at="Saint-Étienne (Loire)",
        ),
        number=number,
        address=f"https://verification.exemple.fr/c/{number}",
        issued_on=date(2026, 3, 20),
        jury_on=date(2026, 3, 18),
    )


def block_certificate(place: int, body: House) -> BlockCertificate:
    """The same person's certificate of one block."""
    whole = certificate(place, body)
    kept = {name: getattr(whole, name) for name in ("house", "certification", "holder", "number", "address")}
    block = Block(code="BC02", title="Concevoir et animer des séquences de formation en situation de travail")
    return BlockCertificate(**kept, issued_on=whole.issued_on, jury_on=whole.jury_on, block=block)


def statement(place: int, body: House) -> StatementOfResults:
    """The same person's results on twelve parts."""
    whole = certificate(place, body)
    kept = {name: getattr(whole, name) for name in ("house", "certification", "holder", "number", "address")}
    line = ResultLine(code="BC01", title="Accueillir et accompagner", result=Result.ACQUIRED, on=whole.jury_on)
    lines = tuple(replace(line, code=f"BC{rank:02}") for rank in range(12))
    return StatementOfResults(**kept, issued_on=whole.issued_on, lines=lines)


def credential(place: int) -> bytes:
    """A signed credential of about five kilobytes, another each time."""
    claim = {"id": f"urn:uuid:{place:032x}", "criteria": "Concevoir et évaluer. " * 220, "proofValue": f"z{place:086}"}
    return json.dumps(claim, ensure_ascii=False).encode()


def measured(make: Callable[[int], Parchment], count: int) -> Spent:
    """What each of ``count`` documents takes, the first ten left out; what is given is made beforehand."""
    orders = [(make(place), credential(place)) for place in range(count + 10)]
    spent, waited, size = [], [], 0
    for parchment, attached in orders:
        clock, began = time.perf_counter(), time.process_time()
        size = len(parchment_pdf(parchment, AT, attached))
        spent.append(1000 * (time.process_time() - began))
        waited.append(1000 * (time.perf_counter() - clock))
    kept = spent[10:]
    return Spent(statistics.median(kept), min(kept), statistics.median(waited[10:]), size)


def beside(python: str, count: int) -> str:
    """What WeasyPrint takes for a plainer page of the same words, one page of HTML for each certificate."""
    page = """<html lang="fr"><head><title>Certificat PLACE</title><style>
    @page { size: A4 landscape; margin: 28mm; border: 1pt solid #1F4E79 }
    body { font-family: serif; text-align: center }
    </style></head><body><h1>Technicien fictif du réemploi et de l’atelier</h1><p>Niveau 4 du cadre national des
    certifications professionnelles</p><p>Le présent parchemin est délivré à</p><h2>Nour Élodie Belhadj PLACE</h2>
    <p>née le 1er mars 1990 à Saint-Étienne (Loire)</p><p>Fait à Lyon, le 20 mars 2026</p><p>Claire Aubert</p>
    </body></html>"""
    command = [python, "-c", OTHER, str(count)]
    return subprocess.run(command, input=page, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Prints a line for each kind; the layout is asked for one thread before it starts any."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--weasyprint", metavar="PYTHON")
    chosen = options.parse_args()
    full, plain = house(with_pictures=True), house(with_pictures=False)
    kinds: dict[str, Callable[[int], Parchment]] = {
        "certificate": lambda place: certificate(place, full),
        "certificate, no pictures": lambda place: certificate(place, plain),
        "block certificate": lambda place: block_certificate(place, full),
        "statement of results": lambda place: statement(place, full),
    }
    print(f"{'':26}{'processor':>11}{'best':>9}{'a second':>10}{'waited':>9}{'size':>9}")
    for name, make in kinds.items():
        it = measured(make, chosen.count)
        rate = 1000 / it.median
        print(f"{name:26}{it.median:8.2f} ms{it.best:6.2f} ms{rate:10.0f}{it.waited:6.1f} ms{it.size / 1024:6.0f} kB")
    if chosen.weasyprint:
        print("WeasyPrint, plain page, ms of processor (median, best):", beside(chosen.weasyprint, 30))


if __name__ == "__main__":
    main()
