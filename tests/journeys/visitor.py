"""What people do on the site, in the words of the pages."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page

from parchemin.records.people.models import Person
from tests.web.looking import WIDE, both_widths, complains, faults_of
from tests.web.pdf import pdf_of

COOKIE = "parchemin_session"


class Visitor:
    """Somebody in front of a browser; ``faults`` is everything that went wrong on the pages they saw."""

    def __init__(self, browser: Browser, address: str, person: Person | None) -> None:
        self.address, self.person, self.faults = address, person, list[str]()
        self.context = browser.new_context(viewport=WIDE, locale="fr-FR", base_url=address)
        if person:
            client = Client()
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            cookie = {"name": COOKIE, "value": client.cookies[COOKIE].value, "url": address}
            self.context.add_cookies([cookie])  # type: ignore[list-item]
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def leave(self) -> None:
        """Close the browser's window."""
        self.context.close()

    def go(self, path: str) -> "Visitor":
        """Open an address of the site, and look at the page."""
        self.page.goto(path)
        return self.look()

    def look(self) -> "Visitor":
        """The page is fit for everybody, at both widths: no axe violation, nothing wider than the screen.

        Pages are the same on every database: they are looked at on one.
        """
        if connection.vendor != "sqlite":
            return self
        where = self.page.url.removeprefix(self.address)
        for size in both_widths(self.page):
            self.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # bars that stick cover nothing there
            self.faults += [f"{where} at {size['width']}: {fault}" for fault in faults_of(self.page)]
        return self

    def click(self, name: str, *, exact: bool = False) -> "Visitor":
        """Press the button or follow the link of that name in the page, and look at what comes."""
        main = self.page.get_by_role("main")
        pattern = name if exact else re.compile(re.escape(name))
        target = main.get_by_role("button", name=pattern).or_(main.get_by_role("link", name=pattern)).first
        with self.page.expect_navigation():
            target.click()
        return self.look()

    def follow(self, path: str) -> "Visitor":
        """Follow the first link to that address, and look at what comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").locator(f"a[href='{path}']").first.click()
        return self.look()

    def fill(self, **fields: Any) -> "Visitor":
        """Type in the fields of these names; True ticks, a text chooses or types, a date is given as one."""
        for name, value in fields.items():
            field = self.page.get_by_role("main").locator(f"[name='{name}']")
            kind = field.first.get_attribute("type")
            if value is True:
                field.first.check()
            elif kind in ("radio", "checkbox"):
                self.page.locator(f"[name='{name}'][value='{value}']").check()
            elif field.first.evaluate("one => one.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(value.isoformat() if isinstance(value, date) else str(value))
        return self

    def sees(self, *words: str) -> "Visitor":
        """These words are on the page, in that order."""
        told = self.words
        place = 0
        for one in words:
            place = told.find(one, place)
            assert place >= 0, f"{one!r} is not where it should be in:\n{told}"
        return self

    @property
    def words(self) -> str:
        """The text of the page on one line, what is folded included, with plain spaces and apostrophes."""
        self.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        text = self.page.get_by_role("main").inner_text()
        return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'").split())

    # What a candidate does.

    def applies(self, title: str, route: str, began_on: date | None = None) -> "Visitor":
        """Choose a certification and a route, and open a file."""
        self.go("/certifications/").click(title).click(route).click("Choisir cette voie")
        if began_on:
            self.fill(began_on=began_on)
        return self.click("Ouvrir mon dossier")

    @property
    def file(self) -> str:
        """The address of the file the page is about."""
        found = re.search(r"/dossiers/[0-9a-f-]{36}/", self.page.url)
        assert found, self.page.url
        return found[0]

    def gives_identity(self) -> "Visitor":
        """Fill in the civil identity: born in Nantes."""
        back = self.file
        self.go(f"{back}etat-civil/").fill(
            birth_name="Fictive", first_name="Odile", sex="F", born_on=date(1984, 3, 9), born_in="france", place="44109"
        )
        self.fill(address="2 rue Inventée", postcode="44000", town="Nantes")
        return self.click("Enregistrer").go(back)

    def worked(self, from_on: date, until_on: date | None, **fields: Any) -> "Visitor":
        """Tell a full-time activity."""
        back = self.file
        self.go(f"{back}experience/ajouter/").fill(position="Assistante de formation", from_on=from_on)
        self.fill(**({"until_on": until_on} if until_on else {"is_running": True}), **fields)
        return self.click("Enregistrer").go(back)

    def accepts_the_regulation(self) -> "Visitor":
        """Accept the regulation of the version the file is under."""
        back = self.file
        self.go(f"{back}declarations/").fill(is_accepted=True)
        return self.click("Enregistrer").go(back)

    def declares(self, code: str) -> "Visitor":
        """Answer yes to what is asked."""
        back = self.file
        self.go(f"{back}declarations/").fill(**{code: "yes"})
        return self.click("Enregistrer").go(back)

    def drops(self, kind: str, folder: Path, *, pages: int = 3, is_signed: bool = False) -> "Visitor":
        """Drop a PDF of that many pages, and sign it."""
        path = folder / f"{kind}.pdf"
        path.write_bytes(pdf_of(pages))
        self.page.goto(f"{self.file}pieces/{kind}/")
        self.page.locator("input[type=file]").set_input_files(path)
        self.click("Envoyer")
        return self.click("Signer") if is_signed else self

    def deposits(self) -> "Visitor":
        """Hand in the application after reading it again."""
        return self.go(f"{self.file}deposer/").fill(is_read=True).click("Déposer ma candidature")

    # What a secretariat does.

    def opens(self, number: str) -> "Visitor":
        """Open the file of that number from the list."""
        self.page.goto(f"/secretariat/dossiers/?text={number}")
        with self.page.expect_navigation():
            self.page.locator("tbody a").first.click()
        return self.look()

    def decides(self, answer: str, reason: str = "") -> "Visitor":
        """Decide on the file that is shown."""
        self.click("Recevable…" if answer == "favourable" else "Non recevable…", exact=True)
        self.fill(answer=answer, **({"reason": reason} if reason else {}))
        return self

    def _console(self, message: Any) -> None:
        if complains(message):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")
