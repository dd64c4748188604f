"""What certifications say is recognised in a page in English, and nothing else is called French."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.utils.translation import override

from parchemin.records.certifications import said

KNOWN = (
    "Contrat d'apprentissage",
    "Évaluation",
    "Jury",
    "Dossier de preuves",
    "Dossier de preuves : la synthèse",
    "« Savoir & transmettre »",
)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """These titles are the only ones known."""
    monkeypatch.setattr(said, "_said", {})
    monkeypatch.setattr(said, "_all", frozenset())
    said.remember_titles(KNOWN)
    with override("en"):
        yield


def shown(template: str, **given: object) -> str:
    return Template(template).render(Context(given))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Contrat d'apprentissage", '<span lang="fr">Contrat d’apprentissage</span>'),
        ("B1 · Évaluation, 2", 'B1 · <span lang="fr">Évaluation</span>, 2'),
        ("Dossier de preuves : la synthèse", '<span lang="fr">Dossier de preuves\u202f: la synthèse</span>'),
        ("Dossier de preuves", '<span lang="fr">Dossier de preuves</span>'),
        ("Pré-Évaluations", "Pré-Évaluations"),
        ("Jury", "Jury"),
        ("« Savoir & transmettre »", '«\u202f<span lang="fr">Savoir &amp; transmettre\u202f»</span>'),
        ("<b>Évaluation</b>", '&lt;b&gt;<span lang="fr">Évaluation</span>&lt;/b&gt;'),
    ],
)
def test_a_sentence_that_is_known_is_said_to_be_french(value: str, expected: str) -> None:
    assert shown("{{ value|french }}", value=value) == expected


def test_it_is_found_in_a_sentence_of_the_page() -> None:
    template = "{% blocktranslate %}Dossier : {{ title }}{% endblocktranslate %}"
    assert '<span lang="fr">Contrat d’apprentissage</span>' in shown(template, title=KNOWN[0])


def test_what_is_marked_is_not_marked_again() -> None:
    assert shown("{{ value|french|french }}", value="Évaluation").count("<span") == 1


def test_nothing_is_marked_on_a_french_page_nor_in_a_message() -> None:
    assert "<span" not in shown("{% autoescape off %}{{ v|french }}{% endautoescape %}", v="Évaluation")
    assert "<span" not in shown(
        "{% autoescape off %}{% blocktranslate %}À {{ v }}{% endblocktranslate %}{% endautoescape %}", v="Évaluation"
    )
    with override("fr"):
        assert "<span" not in shown("{{ v|french }}", v="Évaluation")


def test_the_title_of_a_page_has_no_markup() -> None:
    page = shown('{% extends "base.html" %}{% block title %}{{ v|french }}{% endblock %}', v="Évaluation")
    assert "<title>Évaluation · Parchemin</title>" in page
