"""The limit to compare with: a page of Django that only knows who asks, of a size that is asked for.

Sessions and accounts are those of the project, in the same database; nothing else of it takes part.
"""

import os
from functools import cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parchemin.project.settings")

import django
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

TEMPLATE = (
    "<!doctype html><title>Page</title><h1>{{ user.given_name }}</h1>"
    "<table>{% for row in rows %}<tr><td>{{ row }}</td></tr>{% endfor %}</table><p>{{ filler }}</p>"
)
ROWS = 50
"""Lines of the table, as a page of a list has."""


@cache
def filler(size: int) -> str:
    """Words up to that many characters."""
    return "Lorem ipsum. " * (max(size, 0) // 13)


@login_required
def page(request: HttpRequest, size: int) -> HttpResponse:
    """About ``size`` characters, by a template, for whoever is signed in."""
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(template.render({"user": request.user, "rows": range(ROWS), "filler": filler(size)}, request))


urlpatterns = [path("bare/<int:size>/", page)]
django.setup(set_prefix=False)  # as the project is; what follows is read when the handler is made
settings.ROOT_URLCONF = "benchmarks.bare"
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
application = WSGIHandler()
