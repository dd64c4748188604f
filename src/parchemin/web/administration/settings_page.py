"""How this installation is set, in plain words: what is there, never the value of a secret."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import shown
from parchemin.web.shared.typesetting import weight

LEAST_KEY = 50


@dataclass(frozen=True, slots=True)
class Setting:
    """What is set, what it means for those who use the service, and the variable that changes it."""

    title: str
    value: str
    means: str = ""
    variable: str = ""
    is_wrong: bool = False


@needs(Action.MANAGE_SETTINGS)
@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """The settings by subject, and what they mean for those who use the service."""
    sections = [
        (_("L’adresse du service"), _address()),
        (_("Le courriel"), _mail()),
        (_("Les pièces déposées"), _storage()),
        (_("Les comptes et les clés"), _keys()),
        (_("Là où tout est enregistré"), _database()),
    ]
    return shown(request, "settings.html", "settings", {"sections": sections})


def _address() -> list[Setting]:
    proxies = settings.TRUSTED_PROXIES
    return [
        Setting(
            _("Adresse publique"),
            settings.ADDRESS,
            _("Elle figure dans les courriels et les liens : elle doit être celle que chacun tape."),
            "PARCHEMIN_ADDRESS",
        ),
        Setting(
            _("Échanges chiffrés"),
            _("oui") if settings.IS_SECURE else _("non : pour un essai seulement"),
            _("Sans chiffrement, ce qui est envoyé peut être lu en chemin. L’adresse doit commencer par https."),
            "PARCHEMIN_ADDRESS",
            is_wrong=not settings.IS_SECURE,
        ),
        Setting(
            _("Noms auxquels le service répond"),
            ", ".join(settings.ALLOWED_HOSTS),
            _("Une page demandée sous un autre nom est refusée."),
            "PARCHEMIN_HOSTS",
        ),
        Setting(
            _("Serveur placé devant"),
            str(proxies) if proxies else _("aucun"),
            _("Si un autre serveur reçoit d’abord les visiteurs, il faut le dire : sinon, tous se confondent."),
            "PARCHEMIN_PROXIES",
        ),
        Setting(
            _("Fuseau horaire"),
            settings.TIME_ZONE,
            _("Les délais se comptent en jours de ce fuseau."),
            "PARCHEMIN_TIME_ZONE",
        ),
        Setting(
            _("Pages pour les développeurs"),
            _("montrées : à couper avant de servir") if settings.DEBUG else _("cachées"),
            _("Elles montrent le fonctionnement interne à qui provoque une erreur."),
            "PARCHEMIN_DEBUG",
            is_wrong=settings.DEBUG,
        ),
    ]


def _mail() -> list[Setting]:
    if not settings.MAIL_URL:
        told = _("non : les messages restent dans la page Messages et n’arrivent à personne")
        why = _("Lettres, relances et invitations partent par un serveur de courriel.")
        return [Setting(_("Les messages partent"), told, why, "PARCHEMIN_SMTP", is_wrong=True)]
    is_safe = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    return [
        Setting(
            _("Les messages partent"),
            _("oui, par %(server)s") % {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"},
            variable="PARCHEMIN_SMTP",
        ),
        Setting(
            _("Envoi chiffré"),
            _("oui") if is_safe else _("non"),
            _("Entre ce service et le serveur de courriel."),
            "PARCHEMIN_SMTP",
            is_wrong=not is_safe,
        ),
        Setting(
            _("Expéditeur"), settings.DEFAULT_FROM_EMAIL, _("De qui les messages semblent venir."), "PARCHEMIN_FROM"
        ),
    ]


def _storage() -> list[Setting]:
    bucket = settings.STORAGES["default"].get("OPTIONS", {}).get("bucket_name")
    free = shutil.disk_usage(settings.HOME).free
    where = _("chez un hébergeur de fichiers (S3), compartiment %(name)s") % {"name": bucket}
    return [
        Setting(
            _("Où elles sont gardées"),
            where if bucket else _("dans un dossier du serveur"),
            _("Une sauvegarde du service doit les comprendre."),
            "PARCHEMIN_S3_BUCKET" if bucket else "PARCHEMIN_HOME",
        ),
        Setting(
            _("Document le plus lourd accepté"),
            weight(settings.UPLOAD_LIMIT),
            variable="PARCHEMIN_UPLOAD_MEGABYTES",
        ),
        Setting(
            _("Son ou film le plus lourd accepté"),
            weight(settings.MEDIA_LIMIT),
            variable="PARCHEMIN_MEDIA_MEGABYTES",
        ),
        Setting(
            _("Versions d’une même pièce"),
            str(settings.VERSIONS_LIMIT),
            _("Au-delà, une nouvelle version est refusée : celles qui sont là restent."),
            "PARCHEMIN_VERSIONS",
        ),
        Setting(
            _("Tous les fichiers d’un dossier"),
            weight(settings.ROOM_LIMIT),
            _("Pièces et preuves ensemble, toutes versions comprises."),
            "PARCHEMIN_FILE_MEGABYTES",
        ),
        Setting(_("Place libre sur le serveur"), weight(free)),
    ]


def _keys() -> list[Setting]:
    told: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    providers = told.get("openid_connect", {}).get("APPS", [])
    names = ", ".join(str(one.get("name", one.get("provider_id", ""))) for one in providers)
    is_long = len(settings.SECRET_KEY) >= LEAST_KEY
    return [
        Setting(
            _("Chacun peut ouvrir un compte"),
            _("oui") if settings.SIGN_UP_IS_OPEN else _("non : sur invitation"),
            _("Un candidat ouvre le sien avant de candidater."),
            "PARCHEMIN_SIGN_UP",
        ),
        Setting(
            _("Se connecter par un autre service"),
            names or _("aucun"),
            _("Par exemple le compte de son établissement."),
            "PARCHEMIN_OIDC",
        ),
        Setting(
            _("Clé des connexions"),
            _present(is_long),
            _("Elle signe les sessions et les liens envoyés : la changer déconnecte tout le monde."),
            "PARCHEMIN_SECRET_KEY",
            is_wrong=not is_long,
        ),
        Setting(
            _("Clé de ce qui est chiffré"),
            _present(bool(settings.FIELD_KEY)),
            _("Sans elle, les besoins d’aménagement ne se lisent plus : gardez-en une copie ailleurs."),
            "PARCHEMIN_FIELD_KEY",
            is_wrong=not settings.FIELD_KEY,
        ),
    ]


def _database() -> list[Setting]:
    told = settings.DATABASES["default"]
    is_file = connection.vendor == "sqlite"
    place = Path(str(told["NAME"])).name if is_file else str(told["NAME"])
    return [
        Setting(
            _("Base de données"),
            f"{connection.display_name}, {place}",
            _("Dossiers, comptes et journal y sont : c’est elle d’abord qu’il faut sauvegarder."),
            "DATABASE_URL",
        ),
        Setting(_("Machine"), _("cette machine") if is_file else str(told.get("HOST") or _("cette machine"))),
    ]


def _present(is_there: bool) -> str:
    return _("présente") if is_there else _("absente ou trop courte")
