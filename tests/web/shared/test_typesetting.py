"""French typography on screens: spaces that do not break, apostrophes, dates, delays, sizes."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from parchemin.core.durations import Duration
from parchemin.web.shared import typesetting

TODAY = date(2026, 11, 21)


def drawn(source: str, **values: object) -> str:
    return str(engines["django"].from_string(source).render(values))


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Pourquoi ?", "Pourquoi\u202f?"),
        ("l'essai : « bon »", "l’essai\u202f: «\u202fbon\u202f»"),
        ("21 pages, 3 mois et 12 jours", "21\u00a0pages, 3\u00a0mois et 12\u00a0jours"),
        ("le 3 mars 2026", "le 3\u00a0mars\u00a02026"),
        ("le 1er octobre 2025", "le 1er\u00a0octobre\u00a02025"),
        ("en 2026 mars", "en 2026 mars"),
        ("art. L6412-1, l. 76", "art.\u00a0L6412-1, l.\u00a076"),
        ("3 partout", "3 partout"),
        ("<b>a & b</b>", "&lt;b&gt;a &amp; b&lt;/b&gt;"),
        ("'seul'", "&#x27;seul&#x27;"),
    ],
)
def test_a_text_is_set_as_french_and_escaped(typed: str, set_: str) -> None:
    assert drawn("{{ text|french }}", text=typed) == set_


def test_markup_is_left_as_it_is_but_for_its_words() -> None:
    link = mark_safe("<a href=\"?a=l'b ;\" title='x'>l'essai ?</a>")
    assert drawn("{{ text|french }}", text=link) == "<a href=\"?a=l'b ;\" title='x'>l’essai\u202f?</a>"


def test_nothing_is_said_of_nothing() -> None:
    for name in ("french", "day", "instant", "days_left", "days_since", "duration", "filesize"):
        assert drawn(f"{{{{ nothing|{name} }}}}", nothing=None) == ""
    assert drawn("{% due nothing %}", nothing=None) == ""


def test_days_in_words() -> None:
    assert drawn("{{ on|day }}", on=date(2026, 12, 1)) == "1er\u00a0décembre\u00a02026"
    assert drawn("{{ on|day }}", on=date(2026, 3, 3)) == "3\u00a0mars\u00a02026"
    with translation.override("en"):
        assert drawn("{{ on|day }}", on=date(2026, 12, 1)) == "1\u00a0December\u00a02026"


def test_an_instant_is_told_in_the_time_zone_of_the_server() -> None:
    late = datetime(2026, 11, 30, 23, 32, tzinfo=UTC)
    assert drawn("{{ at|instant }}", at=late) == "1er\u00a0décembre\u00a02026 à 00:32"


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2026, 12, 20), "reste 29\u00a0jours", "days"),
        (date(2026, 12, 3), "reste 12\u00a0jours", "days soon"),
        (date(2026, 11, 22), "reste 1\u00a0jour", "days soon"),
        (date(2026, 11, 21), "aujourd’hui", "days late"),
        (date(2026, 11, 20), "en retard de 1\u00a0jour", "days late"),
        (date(2026, 11, 18), "en retard de 3\u00a0jours", "days late"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "reste 1\u00a0jour", "days soon"),
    ],
)
def test_days_left(due: date, words: str, tone: str) -> None:
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        shown = drawn("{{ due|days_left }}", due=due)
    assert f'class="{tone}"' in shown
    assert f">{words}</time>" in shown
    assert f'datetime="{typesetting.local_day(due).isoformat()}"' in shown


def test_a_due_date_comes_with_its_days_left() -> None:
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        shown = drawn("{% due on %}", on=date(2026, 12, 3))
    assert "3\u00a0décembre\u00a02026" in shown
    assert "reste 12\u00a0jours" in shown


def test_days_since() -> None:
    assert typesetting.since(date(2026, 11, 9), TODAY) == "depuis 12 jours"
    assert typesetting.since(TODAY, TODAY) == "aujourd’hui"


def test_durations() -> None:
    assert drawn("{{ span|duration }}", span=Duration(1, 6)) == "1\u00a0an 6\u00a0mois"
    assert drawn("{{ span|duration }}", span="P15D") == "15\u00a0jours"
    with translation.override("en"):
        assert typesetting.lasting("P2Y") == "2 years"


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0\u00a0o"),
        (999, "999\u00a0o"),
        (1024, "1\u00a0ko"),
        (1536, "1,5\u00a0ko"),
        (25 * 1024 * 1024, "25\u00a0Mo"),
        (1024 * 1024 - 1, "1\u00a0Mo"),
        (3 * 1024**3, "3\u00a0Go"),
        (5000 * 1024**3, "5000\u00a0Go"),
    ],
)
def test_sizes(octets: int, words: str) -> None:
    assert drawn("{{ octets|filesize }}", octets=octets) == words


def test_persons() -> None:
    assert drawn("{{ nobody|person }}", nobody=None) == "Parchemin"
    assert drawn("{{ gone|person }}", gone=SimpleNamespace(erased_at=TODAY)) == "Personne effacée"
    assert drawn("{{ one|person }}", one="<Odile>") == "&lt;Odile&gt;"


def test_sentences_of_templates_are_set_by_their_tag() -> None:
    assert drawn('{% translate "Motif :" %}') == "Motif\u202f:"
    shown = drawn("{% blocktranslate with name=name %}C'est {{ name }} : 3 jours{% endblocktranslate %}", name="<O'D>")
    assert shown == "C’est &lt;O’D&gt;\u202f: 3\u00a0jours"
    assert drawn('{% translate "Motif :" as said %}[{{ said }}]') == "[Motif :]"
    with translation.override("en"):
        assert drawn('{% translate "Motif :" %}') == "Reason:"
