"""From a certificate to the skills passport: sent, refused for an identity, put right, accepted; then withdrawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from parchemin.core.decision import Stage
from parchemin.core.plain import decision_to_plain
from parchemin.project.transmitting import notice_all
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import DecisionRecord
from parchemin.records.juries.models import Hearing
from parchemin.records.transmissions.models import Batch, Line
from tests.edges.cpf.cast import wrong
from tests.guards import lifted
from tests.journeys.visitor import Visitor
from tests.records.awards.bench import decided, housed
from tests.records.juries.bench import DAY
from tests.records.transmissions.bench import IDENTITY, NUMBERS, answer, names
from tests.web.award.bench import published
from tests.web.cast import MASTER, Cast

Visit = Callable[..., Visitor]


def readable(hearing: Hearing) -> None:
    """The pages of the file show a decision of the rules, where the bench keeps none."""
    told = decision_to_plain(Judged(hearing.candidacy, DAY).decided(Stage.JURY))
    with lifted(connection):
        DecisionRecord.objects.filter(candidacy=hearing.candidacy).update(decision=told)


def downloaded(manager: Visitor) -> bytes:
    """The file as it goes to the portal."""
    with manager.page.expect_download() as waited:
        manager.page.get_by_role("main").get_by_role("link", name="Télécharger le fichier").click()
    content: bytes = waited.value.path().read_bytes()
    return content


def answered(manager: Visitor, content: bytes, folder: Path) -> Visitor:
    """The receipt is dropped on the page of the file."""
    receipt = folder / "accuse.xml"
    receipt.write_bytes(content)
    manager.page.get_by_role("main").locator("input[type=file]").set_input_files(receipt)
    return manager.click("Lire l’accusé")


@pytest.mark.django_db(transaction=True)
def test_sent_refused_put_right_accepted_then_withdrawn(cast: Cast, visit: Visit, tmp_path: Path) -> None:
    housed(cast, MASTER)
    hearing = decided(cast, MASTER, "student", "full", ())
    readable(hearing)
    published(hearing.session)
    file = hearing.candidacy_id
    manager, candidate, secretary = visit(cast.manager), visit(cast.candidate), visit(cast.secretary)

    manager.go(f"/certificats/sessions/{hearing.session_id}/").click("Délivrer").sees("1 certificat")
    notice_all()
    manager.go("/certificats/").click("Passeport de compétences")
    manager.sees("L'organisme n'a pas dit sous quels numéros il transmet", "Odile Fictive", "À transmettre")
    manager.click("Remplir les réglages").fill(**NUMBERS, version="1.1.5").click("Enregistrer les réglages")

    manager.click("Faire le fichier").sees("1 certification", "En attente de l'accusé")
    first = Batch.objects.get()
    assert wrong(downloaded(manager).replace(b"<cpf:action>CREATION</cpf:action>", b"")) == []
    (name,) = names(first)
    answered(manager, answer(first, refused={name: [IDENTITY]}), tmp_path)
    manager.sees("Refusé", IDENTITY, "Comparez-les à la pièce d'identité").click("Ouvrir le dossier").sees("Odile")

    home = f"/transmissions/{cast.organisation.pk}/"
    manager.go(home).sees("Refusée, à corriger").click("Faire le fichier").sees("Rien ne peut partir")

    candidate.go(f"/dossiers/{file}/etat-civil/").page.wait_for_load_state("networkidle")
    candidate.fill(birth_name="Véritable").click("Enregistrer").sees("Votre état civil est enregistré")
    secretary.go(f"/secretariat/dossiers/{file}/").sees("Pas encore comparé").click("Je l’ai comparé")

    manager.go(home).sees("Corrigée, à transmettre").click("Faire le fichier").sees("1 certification")
    second = Batch.objects.exclude(pk=first.pk).get()
    assert names(second) != [name] and "Véritable".encode() in downloaded(manager)
    answered(manager, answer(second, names(second)), tmp_path).sees("Répondu", "Accepté")

    line = Line.objects.get()
    manager.go(f"/certificats/{line.pk}/retirer/").fill(reason="Fraude fictive.", is_sure=True)
    manager.click("Retirer pour de bon").sees("Retiré")
    notice_all()
    manager.go(home).sees("1 certification transmise a été retirée", "À retirer").click("Faire le fichier de retrait")
    third = Batch.objects.get(action="withdraw")
    assert b"<cpf:action>SUPPRESSION</cpf:action>" in downloaded(manager)
    answered(manager, answer(third, names(third)), tmp_path).sees("Répondu")
    manager.go(home).sees("Odile Fictive", "Retirée")
    assert names(third) == names(second)
