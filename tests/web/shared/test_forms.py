"""How forms are drawn: labels, hints, errors tied to their fields, what is obligatory, and a summary on top."""

import re
from datetime import date

import pytest
from django import forms

from parchemin.web.shared.forms import Cards, DayField, LongText, Radios, RevisionField, Ticks


class Trial(forms.Form):
    name = forms.CharField(label="Nom d'usage", help_text="Tel qu'écrit sur la pièce ?", max_length=20)
    born_on = DayField(label="Date de naissance")
    kind = forms.ChoiceField(label="Nature", widget=Radios, choices=[("a", "Emploi"), ("b", "Bénévolat")])
    route = forms.ChoiceField(label="Voie", widget=Cards(hints={"vae": "Un an d'activité."}), choices=[("vae", "VAE")])
    tags = forms.MultipleChoiceField(label="Liens", widget=Ticks, required=False, choices=[("x", "<b>Lien</b>")])
    tasks = LongText(label="Activités", required=False, max_length=10)
    is_sure = forms.BooleanField(label="J’ai relu")
    revision = RevisionField()


def typed(**values: object) -> dict[str, object]:
    fit = {
        "name": "Fictive",
        "born_on": "1990-02-03",
        "kind": "a",
        "route": "vae",
        "is_sure": "on",
        "revision": "1",
        "tasks": "",
    }
    return fit | values


def drawn(form: forms.Form) -> str:
    return str(form)


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


def test_each_field_has_its_label_and_its_hint_is_read_with_it() -> None:
    html = drawn(Trial())
    assert '<label for="id_name">Nom d’usage' in html
    assert 'id="id_name_helptext">Tel qu’écrit sur la pièce\u202f?</div>' in html
    assert re.search(r'<input type="text" name="name"[^>]*aria-describedby="id_name_helptext"', html)
    assert "<legend>Nature" in html
    assert "error-summary" not in html


def test_no_identifier_is_used_twice_and_every_reference_leads_somewhere() -> None:
    for form in (Trial(), Trial({})):
        html = drawn(form)
        assert len(ids(html)) == len(set(ids(html)))
        pointed = {one for found in re.findall(r'aria-describedby="([^"]+)"', html) for one in found.split()}
        pointed |= set(re.findall(r'<a href="#([^"]+)"', html)) | set(re.findall(r'\bfor="([^"]+)"', html))
        assert pointed <= set(ids(html))


def test_what_is_obligatory_is_said() -> None:
    html = drawn(Trial())
    assert html.count('<span class="required-mark">obligatoire</span>') == 5
    assert '<label for="id_tasks">Activités</label>' in html


def test_errors_are_on_top_with_links_and_beside_their_field() -> None:
    html = drawn(Trial(typed(name="", born_on="31/02/1990", kind="z")))
    summary = html[: html.index("</ul>")]
    assert 'class="error-summary" role="alert" tabindex="-1"' in summary
    for name in ("name", "born_on", "kind"):
        assert f'href="#id_{name}"' in summary
        assert f'id="id_{name}_error"' in html
    assert 'aria-invalid="true"' in html
    assert "par exemple 27/03/2026" in html
    assert 'href="#id_route"' not in summary


def test_what_was_typed_comes_back() -> None:
    html = drawn(Trial(typed(name="x" * 30, tasks="bien trop long ici", route="vae")))
    assert "x" * 30 in html
    assert "bien trop long ici" in html
    assert re.search(r'value="vae"[^>]*checked', html)


def test_an_error_of_a_hidden_field_is_not_silent() -> None:
    form = Trial(typed(revision=""))
    assert not form.is_valid()
    assert "La page est incomplète\u202f: rechargez-la." in drawn(form)


def test_choices_are_escaped_and_cards_say_their_hint() -> None:
    html = drawn(Trial())
    assert "&lt;b&gt;Lien&lt;/b&gt;" in html
    assert '<span class="choice-hint">Un an d’activité.</span>' in html


@pytest.mark.parametrize("text", ["1990-02-03", "03/02/1990", "03-02-1990", "03.02.1990"])
def test_a_day_is_read_as_the_french_write_it(text: str) -> None:
    form = Trial(typed(born_on=text))
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(1990, 2, 3)


@pytest.mark.parametrize("text", ["1990", "02/30/1990", "hier", "\x00", "3 février"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    form = Trial(typed(born_on=text))
    assert not form.is_valid()
    assert "27/03/2026" in form.errors["born_on"][0]


@pytest.mark.parametrize("text", ["-1", "9999999999999", "x", ""])
def test_a_revision_is_a_small_number(text: str) -> None:
    assert not Trial(typed(revision=text)).is_valid()
