"""What people send to break things: files that lie, words that are not text, ids of others, forged requests."""

import io
import zipfile
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Draft, Message
from parchemin.records.people.models import Person
from tests.edges.documents import files
from tests.records.candidacies.files import decided
from tests.web import cast as casting
from tests.web.cast import AT, CQP, FEST, ON, PASSWORD, TITLE, Cast
from tests.web.secretariat import desk

SignedIn = Callable[[Person], Client]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def that_day(db: None) -> Iterator[None]:
    """Two weeks after the files of the cast were handed in; what other tests tried slows nothing here."""
    cache.clear()
    with time_machine.travel(desk.NOW, tick=True):
        yield


@pytest.fixture
def draft(cast: Cast) -> Candidacy:
    """A draft of the candidate's."""
    return casting.opened(cast.candidate, cast.certification())


@pytest.fixture
def browser(cast: Cast, signed_in: SignedIn) -> Client:
    """The candidate's; an error of the server is answered, not raised."""
    client = signed_in(cast.candidate)
    client.raise_request_exception = False
    return client


def bomb() -> bytes:
    """A document of a few kilobytes that unpacks to two hundred megabytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (200 * 1024 * 1024))
    return held.getvalue()


LIES: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a program named PDF": lambda: ("cv.pdf", b"MZ\x90\0" + b"\0" * 500),
    "a page named PDF": lambda: ("cv.pdf", HTML),
    "a page that starts as a PDF": lambda: ("cv.pdf", b"%PDF-1.4\n" + HTML),
    "a drawing with a script": lambda: ("dessin.svg", SVG),
    "a drawing named PNG": lambda: ("dessin.png", SVG),
    "a page": lambda: ("page.html", HTML),
    "a macro": lambda: ("cv.docm", files.docx(more={"word/vbaProject.bin": b"x"})),
    "an archive": lambda: ("tout.zip", files.packed({"a.txt": b"a"})),
    "an archive that explodes": lambda: ("cv.docx", bomb()),
    "nothing": lambda: ("vide.pdf", b""),
    "an image of a million pixels a side": lambda: ("x.png", _huge_png()),
}


def _huge_png() -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1_000_000, 1_000_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("lie", LIES)
def test_a_file_that_lies_or_harms_is_told_and_not_kept(browser: Client, draft: Candidacy, lie: str) -> None:
    name, content = LIES[lie]()
    address = reverse("candidate:document", args=[draft.pk, "admissibility_file"])
    revision = Candidacy.objects.get(pk=draft.pk).revision
    answer = browser.post(address, {"file": SimpleUploadedFile(name, content), "revision": revision})
    assert answer.status_code == 422
    assert not DocumentVersion.objects.exists()
    assert b"<h1" in answer.content
    assert b"<script>alert" not in answer.content


NAMES = [
    "../../etc/passwd.pdf",
    "..\\..\\boot.pdf",
    "/etc/x.pdf",
    "a\u202efdp.exe.pdf",
    'x"; y=.pdf',
    "x\r\nSet-Cookie: a=b.pdf",
    "é" * 400 + ".pdf",
    "CON.pdf",
    "<img src=x onerror=alert(1)>.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name(browser: Client, draft: Candidacy, name: str) -> None:
    address = reverse("candidate:document", args=[draft.pk, "admissibility_file"])
    revision = Candidacy.objects.get(pk=draft.pk).revision
    file = SimpleUploadedFile("x.pdf", files.pdf("Bonjour"), "application/pdf")
    object.__setattr__(file, "_name", name)  # past what the test client would clean
    answer = browser.post(address, {"file": file, "revision": revision}, follow=True)
    assert answer.status_code < 500
    for version in DocumentVersion.objects.all():
        assert version.content.name == f"candidacies/{draft.pk}/{version.pk}"
        assert not set('/\\\r\n"<>\u202e\0') & set(version.name)
        assert len(version.name) <= 160
        sent = browser.get(reverse("candidate:download", args=[draft.pk, version.pk]))
        assert sent.headers["Content-Disposition"].startswith("attachment")
        assert "Set-Cookie" not in sent.headers
        sent.getvalue()  # read to its end it is closed
    assert b"<img src=x onerror" not in answer.content


WORDS = {
    "null": "a\0b",
    "surrogate": "a\ud800b",
    "right to left": "\u202eabc",
    "controls": "\x07\x1b[31m",
    "a script": "<script>alert(1)</script>",
    "a template": "{{ request.user }}{% debug %}",
    "a formula": "=HYPERLINK(1)",
    "long": "x" * 300_000,
    "emoji": "👩🏽‍🎓" * 20,
}


def encoded(fields: dict[str, str]) -> bytes:
    """As a browser that lies would send them."""
    from urllib.parse import quote_from_bytes

    return "&".join(
        f"{name}={quote_from_bytes(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields.items()
    ).encode()


@pytest.mark.parametrize("kind", WORDS)
def test_words_that_are_not_text_never_end_in_an_error(
    browser: Client, cast: Cast, draft: Candidacy, kind: str
) -> None:
    casting.worked(draft)
    words = WORDS[kind]
    revision = str(Candidacy.objects.get(pk=draft.pk).revision)
    places = {
        "messages": {"body": words},
        "accommodation": {"need": words},
        "identity": {"birth_name": words, "first_names": words, "born_on": words, "address": words},
        "add_experience": {"position": words, "employer": words, "from_on": words, "tasks": words, "kind": words},
        "change_route": {"route": words, "reason": words},
        "withdraw": {"reason": words, "is_sure": words},
        "deposit": {"is_read": words},
        "proofs": {"proof_title": words},
    }
    for name, fields in places.items():
        body = encoded({**fields, "revision": words if name == "withdraw" else revision})
        answer = browser.generic(
            "POST", reverse(f"candidate:{name}", args=[draft.pk]), body, "application/x-www-form-urlencoded"
        )
        assert answer.status_code < 500, (name, kind)
        assert b"<script>alert(1)" not in answer.content, name
        shown = browser.get(reverse(f"candidate:{name}", args=[draft.pk]))
        assert shown.status_code < 500, (name, kind)
        assert b"<script>alert(1)" not in shown.content, name


@pytest.mark.parametrize("kind", WORDS)
def test_searching_for_anything_never_ends_in_an_error(cast: Cast, signed_in: SignedIn, kind: str) -> None:
    desk.received(cast)
    client = signed_in(cast.secretary)
    client.raise_request_exception = False
    for name in ("files", "queue", "statistics", "accreditations"):
        for field in ("q", "text", "status", "scheme", "sort", "page", "holder", "due_before", "from_on", "until_on"):
            address = reverse(f"secretariat:{name}")
            query = encoded({field: WORDS[kind][:2000]}).decode()
            assert client.generic("GET", address, QUERY_STRING=query).status_code < 500, (name, field, kind)
    assert client.get(reverse("candidate:places"), {"q": WORDS[kind][:500].replace("\ud800", "")}).status_code < 500


@pytest.mark.parametrize("kind", [kind for kind in WORDS if kind != "long"])
def test_a_draft_keeps_whatever_is_typed(browser: Client, draft: Candidacy, kind: str) -> None:
    body = encoded({"body": WORDS[kind]})
    address = reverse("candidate:draft", args=["message", draft.pk])
    assert browser.generic("POST", address, body, "application/x-www-form-urlencoded").status_code == 204
    shown = browser.get(reverse("candidate:messages", args=[draft.pk]))
    assert shown.status_code == 200
    assert b"<script>alert(1)" not in shown.content


def test_a_null_character_in_an_address_is_a_bad_request(client: Client) -> None:
    for address in ("/certifications/?q=a%00b", "/certifications/a%00b/", "/regles/x/a%00b/", "/acte/a%00b/"):
        assert client.get(address).status_code == 400, address


def test_a_huge_post_is_refused_before_it_is_read(browser: Client, draft: Candidacy) -> None:
    body = "body=" + "x" * (2 * 1024 * 1024)
    answer = browser.post(
        reverse("candidate:messages", args=[draft.pk]), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (400, 413)
    many = "&".join(f"a{number}=1" for number in range(5000))
    answer = browser.post(
        reverse("candidate:messages", args=[draft.pk]), many, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (400, 413)
    assert not Message.objects.exists()
    answer = browser.post(reverse("candidate:draft", args=["message", draft.pk]), {"body": "x" * 300_000})
    assert answer.status_code == 413
    assert not Draft.objects.exists()


def test_what_is_too_heavy_leads_back_to_its_form(browser: Client, draft: Candidacy) -> None:
    form = reverse("candidate:messages", args=[draft.pk])
    told = {"referer": f"http://testserver{form}", "accept-language": "en"}
    heavy = browser.post(form, {"body": "x" * 2 * 1024 * 1024}, headers=told)
    assert heavy.status_code == 413
    page = heavy.content.decode()
    assert "What you sent is too heavy" in page and f'<a class="btn primary" href="{form}">Back to the form</a>' in page
    cut = browser.get(f"{form}?q=%00").content.decode()
    assert ">400<" in cut and "Back to the form" not in cut


def test_names_put_no_line_in_a_mail(cast: Cast, browser: Client, draft: Candidacy) -> None:
    experience = casting.worked(draft)
    Person.objects.filter(pk=cast.candidate.pk).update(given_name="Odile\r\nBcc: tous@example.org")
    browser.post(
        reverse("candidate:ask_attestation", args=[draft.pk, experience.pk]),
        {"email": "rose@example.org\r\nBcc: a@example.org", "bearer": "Rose\r\nBcc: b@example.org", "quality": "x"},
    )
    browser.post(
        reverse("candidate:ask_attestation", args=[draft.pk, experience.pk]),
        {"email": "rose@example.org", "bearer": "Rose\r\nBcc: b@example.org", "quality": "x\r\nBcc: c@example.org"},
    )
    for message in mail.outbox:
        sent = message.message()
        assert sent["Bcc"] is None
        assert message.recipients() == ["rose@example.org"]
        assert "\n" not in message.subject


@pytest.mark.parametrize(
    "target",
    [
        "https://mal.example/",
        "//mal.example",
        "/\\mal.example",
        "javascript:alert(1)",
        "https:mal.example",
        "\thttps://mal.example",
    ],
)
def test_nobody_is_sent_to_another_site(cast: Cast, target: str) -> None:
    client = Client()
    answer = client.post(
        reverse("account_login") + "?next=" + target,
        {"login": cast.candidate.email, "password": PASSWORD, "next": target},
    )
    assert answer.status_code == 302
    assert "mal.example" not in answer.headers["Location"]
    assert not answer.headers["Location"].startswith("javascript")
    for name in ("set_language", "shared:theme"):
        answer = client.post(reverse(name), {"next": target, "language": "en", "theme": "dark"})
        assert "mal.example" not in answer.headers.get("Location", ""), name
    answer = client.post(reverse("shared:theme"), {"theme": "dark"}, headers={"referer": "https://mal.example/"})
    assert "mal.example" not in answer.headers.get("Location", "")


def test_another_host_is_refused_and_enters_no_mail(cast: Cast, browser: Client, draft: Candidacy) -> None:
    experience = casting.worked(draft)
    assert Client().get(reverse("account_login"), headers={"host": "mal.example"}).status_code == 400
    answer = browser.get(reverse("account_login"), headers={"x-forwarded-host": "mal.example"})
    assert b"mal.example" not in answer.content
    browser.post(
        reverse("candidate:ask_attestation", args=[draft.pk, experience.pk]),
        {"email": "rose@example.org", "bearer": "Rose", "quality": "x"},
        headers={"x-forwarded-host": "mal.example"},
    )
    assert len(mail.outbox) == 1
    assert project.ADDRESS in str(mail.outbox[0].body)
    assert "mal.example" not in str(mail.outbox[0].body)


def test_a_forged_post_does_nothing(cast: Cast, draft: Candidacy) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, fields in (
        ("withdraw", {"is_sure": "on"}),
        ("messages", {"body": "x"}),
        ("statements", {"is_accepted": "on"}),
    ):
        answer = client.post(reverse(f"candidate:{name}", args=[draft.pk]), {**fields, "revision": draft.revision})
        assert answer.status_code == 403, name
    for name in ("account_logout", "set_language", "shared:theme", "access:end_devices"):
        assert client.post(reverse(name)).status_code == 403, name
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not Message.objects.exists()


def test_a_session_fixed_beforehand_is_not_the_one_that_is_signed_in(cast: Cast) -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "en"})
    client.session["planted"] = "x"
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[project.SESSION_COOKIE_NAME] = session.session_key or ""
    before = session.session_key
    client.post(reverse("account_login"), {"login": cast.candidate.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(cast.candidate.pk)
    assert client.session.session_key != before
    thief = Client()
    thief.cookies[project.SESSION_COOKIE_NAME] = before or ""
    assert thief.get(reverse("candidate:home")).status_code == 302


def test_guessing_is_slowed_even_with_the_right_password_last(cast: Cast) -> None:
    assert EmailAddress.objects.filter(user=cast.candidate, verified=True).exists()
    client = Client()
    for _ in range(6):
        client.post(reverse("account_login"), {"login": cast.candidate.email, "password": "faux"})
    client.post(reverse("account_login"), {"login": cast.candidate.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.fixture
def both(cast: Cast) -> tuple[dict[str, object], dict[str, object]]:
    """The ids of everything in a file of the candidate's, and of everything in a file of somebody else's."""
    return _everything(cast, cast.candidate), _everything(cast, cast.other_candidate)


def _everything(cast: Cast, who: Person) -> dict[str, object]:
    row = casting.opened(who, cast.certification(CQP))
    experience = casting.worked(row)
    version = desk.dropped(row, "admissibility_file")
    need = talking.ask_accommodation(candidacy=row, need="x", by=who, at=AT)
    other = casting.deposited(casting.opened(who, cast.certification(TITLE)))
    from parchemin.records.candidacies.actions import depositing

    depositing.accept_application(candidacy=other, by=cast.secretary, at=AT, on=ON)
    decided(cast, other, is_favourable=False)
    record = other.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="x", by=who, at=AT, on=ON)
    return {
        "file": row.pk,
        "refused": other.pk,
        "experience": experience.pk,
        "document": version.document_id,
        "version": version.pk,
        "accommodation": need.pk,
        "record": record.pk,
        "letter": other.letters.latest("reference").pk,
        "appeal": appeal.pk,
    }


INSIDE = [
    ("candidate:experience", "file", "experience"),
    ("candidate:remove_experience", "file", "experience"),
    ("candidate:ask_attestation", "file", "experience"),
    ("candidate:proof", "file", "document"),
    ("candidate:remove_document", "file", "document"),
    ("candidate:download", "file", "version"),
    ("candidate:sign", "file", "version"),
    ("candidate:withdraw_need", "file", "accommodation"),
    ("candidate:decision", "refused", "record"),
    ("candidate:appeal", "refused", "record"),
    ("candidate:letter", "refused", "letter"),
    ("secretariat:verify_experience", "refused", "experience"),
    ("secretariat:document", "refused", "version"),
    ("secretariat:letter", "refused", "letter"),
    ("secretariat:letter_pdf", "refused", "letter"),
    ("secretariat:repeat_letter", "refused", "letter"),
    ("secretariat:appeal", "refused", "appeal"),
    ("secretariat:accommodation", "file", "accommodation"),
]


@pytest.mark.parametrize(("name", "outer", "inner"), INSIDE, ids=[name for name, *_ in INSIDE])
def test_an_id_of_another_file_is_found_through_none(
    cast: Cast,
    signed_in: SignedIn,
    both: tuple[dict[str, object], dict[str, object]],
    name: str,
    outer: str,
    inner: str,
) -> None:
    """One's own file, and something of somebody else's inside it: not found, whoever asks and however."""
    mine, others = both
    client = signed_in(cast.candidate if name.startswith("candidate") else cast.secretary)
    unknown = uuid4() if not isinstance(others[inner], int) else 10**9
    for id in (others[inner], unknown):
        address = reverse(name, args=[mine[outer], id])
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, name
        assert 404 in (client.get(address).status_code, client.post(address).status_code), name


def test_what_is_published_for_one_certification_names_no_other(cast: Cast, signed_in: SignedIn) -> None:
    """A secretary of one certification only sees the files of that one."""
    from parchemin.records.people.actions.granting import grant_role
    from parchemin.records.people.models import Role

    row = desk.received(cast)
    only = casting.person("zoe", "Zoé", "Seule")
    grant_role(person=only, role=Role.SECRETARY, at=AT, from_on=ON, organisation=cast.organisation, scheme=FEST)
    client = signed_in(only)
    assert client.get(reverse("secretariat:file", args=[row.pk])).status_code == 404
    assert row.number not in client.get(reverse("secretariat:files")).content.decode()
    assert row.number not in client.get(reverse("secretariat:export", args=["csv"])).getvalue().decode()
