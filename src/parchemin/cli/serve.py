"""``parchemin serve``, ``worker`` and ``check``: the whole service from one folder.

The framework is loaded when a command runs, so that the other commands start without it.
"""

import errno
import os
import socket
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from parchemin.cli.common import misuse, option
from parchemin.cli.messages import HELP, Language
from parchemin.cli.printing import Page

SETTINGS = "parchemin.project.settings"
REFUSALS = {"not_writable": "not_writable", "no_answer": "no_answer", "unreadable": "unreadable", "newer": "newer"}
"""Of what keeps a home folder from being used, the sentence."""


def add(app: typer.Typer, language: Language) -> None:
    """Add the commands to the application."""

    @app.command("serve", help=HELP["serve"][language])
    def serve(
        home: Annotated[Path | None, option("home", language, "--home")] = None,
        host: Annotated[str, option("host", language, "--host")] = "127.0.0.1",
        port: Annotated[int, option("port", language, "--port")] = 8000,
        workers: Annotated[int, option("workers", language, "--workers")] = 1,
        no_worker: Annotated[bool, option("no_worker", language, "--no-worker")] = False,
    ) -> None:
        page = Page(language, as_json=False)
        free(page, host, port)
        opened(page, home, host, port)
        raise typer.Exit(run(page, host, port, workers, with_worker=not no_worker))

    @app.command("worker", help=HELP["worker"][language])
    def worker(home: Annotated[Path | None, option("home", language, "--home")] = None) -> None:
        page = Page(language, as_json=False)
        opened(page, home, "127.0.0.1", 8000)
        from parchemin.project.server import end_with_parent
        from parchemin.project.tasks import register_jobs
        from parchemin.project.worker import Worker, named

        register_jobs()
        one = Worker(named())
        one.stop_on_signals()
        end_with_parent()
        one.run()


def opened(page: Page, home: Path | None, host: str, port: int) -> None:
    """Django loaded on that home folder, which is made ready; a misuse when it cannot be."""
    loaded(page, home, host, port)
    from parchemin.project.setup import HomeError, prepare_home

    try:
        prepare_home()
    except HomeError as error:
        refused(page, error.code, error.values)


def loaded(page: Page, home: Path | None, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Django loaded on that home folder; a misuse when the folder or a setting cannot be used."""
    if home is not None:
        os.environ["PARCHEMIN_HOME"] = str(home)
    shown = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(host, f"[{host}]" if ":" in host else host)
    os.environ.setdefault("PARCHEMIN_ADDRESS", f"http://{shown}:{port}")
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        django.setup()
    except OSError as error:
        misuse(page, "not_writable", folder=error.filename or home)
    except (EnvError, ImproperlyConfigured, ValueError) as error:
        misuse(page, "bad_setting", error=" ".join(str(error).split()))


def refused(page: Page, code: str, values: dict[str, object]) -> NoReturn:
    """A misuse: the home folder or its database cannot be used."""
    misuse(page, REFUSALS[code], **values)


def free(page: Page, host: str, port: int) -> None:
    """A misuse when nothing can be served there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                misuse(page, "port_taken", port=port)
            misuse(page, "port_refused", host=host, port=port, error=str(error))


def run(page: Page, host: str, port: int, workers: int, *, with_worker: bool) -> int:
    """Serve until told to stop; the exit code."""
    from django.conf import settings
    from django.db import connections

    from parchemin.project.server import Child, Death, supervise, web_command, worker_command
    from parchemin.project.setup import first_administrator_link
    from parchemin.project.worker import bury

    free(page, host, port)
    page.say("serving", "bold", address=settings.ADDRESS, home=settings.HOME)
    link = first_administrator_link()
    if link:
        page.say("first_link", "bold yellow")
        page.line(link)
    connections.close_all()

    def site_died(death: Death) -> None:
        page.say("site_died", "bold red", code=death.code, seconds=death.wait)

    def worker_died(death: Death) -> None:
        page.say("worker_died", "bold red", code=death.code, seconds=death.wait)
        try:
            bury(death.process)
        finally:
            connections.close_all()

    children = [Child(web_command(host, port, workers), site_died)]
    if with_worker:
        children.append(Child(worker_command(), worker_died))
    code = supervise(children)
    if code:
        page.say("gave_up", "bold red")
    return code
