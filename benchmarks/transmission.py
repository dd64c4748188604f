"""How fast awards are written for the skills passport, beside a bare lxml writer, then held against the schema.

Run with the project's own Python: ``.venv/bin/python benchmarks/transmission.py [holders]``. Each measure is a process
of its own, on one core. Speed is in seconds of processor, the best of three, with holders made before the clock
starts; peak memory is that of another run, with holders made as they are asked for, interpreter and libraries included.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from uuid import UUID

from lxml import etree

from parchemin.edges.cpf import (
    Access,
    Birthplace,
    Born,
    Flow,
    Holder,
    Obtained,
    Passage,
    Sex,
    read_receipt,
    split,
    technical_id,
    violations,
)

HOLDERS = 200_000
CPF = "urn:cdc:cpf:pc5:schema:1.0.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMES = ["Fictive", "Lefèvre-d’Ormesson", "N’Guyễn", "Müller & fils", "Çelik", "Saint-Exupéry"]


def header(number: int) -> Flow:
    """The header of the file of that number."""
    id = str(UUID(int=number + 1, version=4))
    return Flow(
        id=id,
        at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        emitter="00AAA000",
        certifier="00AAA000",
        contract="MCFCER000123",
    )


def passages(count: int) -> Iterator[Passage]:
    """That many awards of ten certifications, sorted."""
    for rank in range(count):
        name = NAMES[rank % len(NAMES)]
        yield Passage(
            technical_id=technical_id((rank * 2654435761).to_bytes(16, "big")),
            code=f"RNCP{40000 + rank * 10 // count}",
            obtained=Obtained.BY_ADMISSION,
            delivered_on=date(2026, 6, 1 + rank % 28),
            centre_postcode="75009",
            access=Access.VAE if rank % 3 else Access.CONTINUING,
            holder=Holder(
                birth_name=name,
                used_name=NAMES[rank % 5] if rank % 4 == 0 else None,
                first_names=("Odile", "Marie-Noëlle")[: 1 + rank % 2],
                born=Born(1960 + rank % 45, 1 + rank % 12, 1 + rank % 28),
                sex=Sex.FEMALE if rank % 2 else Sex.MALE,
                birthplace=Birthplace(insee=f"{1 + rank % 95:02}001" if rank % 9 else "99352", town="Nantes"),
            ),
        )


def ours(holders: Iterable[Passage], folder: Path) -> tuple[float, int]:
    """Seconds and bytes of our files, checked."""
    size = 0

    def write() -> None:
        nonlocal size
        files = split(map(header, range(100)), holders, version="1.1.2")
        for number, pieces in enumerate(files):
            with (folder / f"ours-{number}.xml").open("wb") as file:
                size += sum(map(file.write, pieces))

    return spent(write), size


def bare(holders: Iterable[Passage], folder: Path) -> tuple[float, int]:
    """Seconds and bytes of the same elements by lxml's incremental writer, unchecked and in one file."""
    path = folder / "bare.xml"

    def write() -> None:
        with path.open("wb") as file, etree.xmlfile(file, encoding="UTF-8") as xml:
            xml.write_declaration()
            with xml.element(f"{{{CPF}}}flux", nsmap={"cpf": CPF, "xsi": XSI}):
                for one in holders:
                    xml.write(lxml_passage(one))

    return spent(write), path.stat().st_size


def lxml_passage(one: Passage) -> etree._Element:
    """The elements of one passage, the way a program that uses lxml builds them."""
    holder = one.holder
    assert isinstance(holder, Holder)
    made = etree.Element(f"{{{CPF}}}passageCertification", nsmap={"cpf": CPF, "xsi": XSI})

    def add(parent: etree._Element, name: str, value: object) -> etree._Element:
        child = etree.SubElement(parent, f"{{{CPF}}}{name}")
        if value is None:
            child.set(f"{{{XSI}}}nil", "true")
        elif value != "":
            child.text = str(value)
        return child

    for name, value in (
        ("idTechnique", one.technical_id),
        ("obtentionCertification", one.obtained),
        ("donneeCertifiee", "true"),
        ("codePostalCentreExamen", one.centre_postcode),
        ("dateDebutValidite", one.delivered_on),
        ("dateFinValidite", one.valid_until),
        ("presenceNiveauLangueEuro", "false"),
        ("presenceNiveauNumeriqueEuro", "false"),
        ("scoring", None),
        ("mentionValidee", None),
    ):
        add(made, name, value)
    add(add(made, "modalitesInscription", ""), "modaliteAcces", one.access)
    person = add(add(made, "identificationTitulaire", ""), "titulaire", "")
    add(person, "nomNaissance", holder.birth_name)
    add(person, "nomUsage", holder.used_name)
    for rank, name in enumerate(holder.first_names, 1):
        add(person, f"prenom{rank}", name)
    add(person, "anneeNaissance", holder.born.year)
    add(person, "moisNaissance", holder.born.month)
    add(person, "jourNaissance", holder.born.day)
    add(person, "sexe", holder.sex)
    code = add(add(person, "codeCommuneNaissance", ""), "codeInseeNaissance", "")
    add(code, "codeInsee", holder.birthplace.insee)
    add(person, "libelleCommuneNaissance", holder.birthplace.town)
    if holder.birthplace.country_code:
        add(person, "codePaysNaissance", holder.birthplace.country_code)
    return made


def validated(holders: Iterable[Passage], folder: Path) -> tuple[float, int]:
    """Seconds and bytes of holding our files against the schema, as a stream."""
    size = 0

    def validate() -> None:
        nonlocal size
        for path in sorted(folder.glob("ours-*.xml")):
            with path.open("rb") as file:
                assert list(violations(file)) == []
            size += path.stat().st_size

    return spent(validate), size


def received(holders: Iterable[Passage], folder: Path) -> tuple[float, int]:
    """Seconds and bytes of reading a receipt of as many passages, one in ten refused."""
    reasons = cycle(
        ["Aucun titulaire ne correspond aux critères obligatoires", "Plusieurs titulaires ont été identifiés"]
    )
    ids = [one.technical_id for one in holders]
    refused = "".join(
        f"<passage><idTechnique>{id}</idTechnique><messageErreur>{reason}</messageErreur></passage>"
        for id, reason in zip(ids[::10], reasons, strict=False)
    )
    accepted = "".join(f"<idTechnique>{id}</idTechnique>" for rank, id in enumerate(ids) if rank % 10)
    content = f"<rapport><PassagesKO>{refused}</PassagesKO><PassagesOK>{accepted}</PassagesOK></rapport>".encode()
    made = []
    seconds = spent(lambda: made.append(read_receipt(content)))
    assert len(made[0].accepted) + len(made[0].refused) == len(ids)
    return seconds, len(content)


MEASURES: dict[str, Callable[[Iterable[Passage], Path], tuple[float, int]]] = {
    "checked and written": ours,
    "bare lxml xmlfile, unchecked": bare,
    "validated (1.1.2, stream)": validated,
    "receipt read": received,
}


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor the work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Measure each in its own processes and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else HOLDERS
    with tempfile.TemporaryDirectory() as folder:
        for name in MEASURES:
            seconds, size, _ = min(measured(count, name, folder, "speed") for _ in range(3))
            _, _, memory = measured(count, name, folder, "memory")
            print(
                f"{name:30} {count / seconds:9,.0f} holders/s, {size / 1e6:6.1f} MB, {seconds:5.1f} s, "
                f"peak memory {memory:5.0f} MB"
            )


def measured(count: int, name: str, folder: str, mode: str) -> tuple[float, int, float]:
    """Seconds, bytes, and peak memory in MB, of a process that does one thing."""
    command = [sys.executable, __file__, str(count), name, folder, mode]
    seconds, size, memory = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return seconds, size, memory


def measure(count: int, name: str, folder: Path, mode: str) -> None:
    """Do one thing and print its figures as JSON."""
    holders: Iterable[Passage] = passages(count) if mode == "memory" else list(passages(count))
    seconds, size = MEASURES[name](holders, folder)
    print(json.dumps([seconds, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


if __name__ == "__main__":
    if len(sys.argv) > 4:
        measure(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4])
    else:
        main()
