"""A person, and the civil identity the national skills passport will need; never the social security number."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from parchemin.records.people.names import FoldedField


class Persons(BaseUserManager["Person"]):
    """How persons are made and found; an e-mail address is one person, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """The person saved, with a hashed password, or none that works."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of that e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody known here, with one account at most, whatever the number of roles."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("Adresse e-mail"), max_length=254, unique=True)
    given_name = models.CharField(_("Prénom"), max_length=60, blank=True)
    family_name = models.CharField(_("Nom"), max_length=60, blank=True)
    given_key = FoldedField(of="given_name", max_length=120, db_index=True)
    family_key = FoldedField(of="family_name", max_length=120, db_index=True)
    language = models.CharField(
        _("Langue"), max_length=2, default="fr", choices=[("fr", "Français"), ("en", "English")]
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Persons()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_unique"),
            models.CheckConstraint(condition=~Q(email=""), name="person_email_given"),
            models.CheckConstraint(condition=Q(language__in=["fr", "en"]), name="person_language_known"),
        ]
        indexes = [models.Index(fields=["family_key", "given_key"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Saved, with the keys of the names that are."""
        if update_fields is not None:
            asked = set(update_fields)
            update_fields = asked | {f"{name}_key" for name in ("given", "family") if f"{name}_name" in asked}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def name(self) -> str:
        """How the person is called on screens: given name then family name, or the address when none was given."""
        return f"{self.given_name} {self.family_name}".strip() or self.email

    @property
    def initials(self) -> str:
        """One or two letters."""
        return (self.given_name[:1] + self.family_name[:1]).upper() or self.email[:1].upper()


class CivilIdentity(models.Model):
    """Birth name, first names, sex, birth date and place, as the skills passport asks (arrêté du 21 mai 2021).

    The place is a commune of the official geographic code, or a country for those born abroad.
    """

    class Sex(models.TextChoices):
        """As civil status writes it."""

        FEMALE = "F", _("Féminin")
        MALE = "M", _("Masculin")

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="identity")
    birth_name = models.CharField(_("Nom de naissance"), max_length=60)
    used_name = models.CharField(_("Nom d’usage"), max_length=60, blank=True)
    first_names = models.JSONField(_("Prénoms"))
    sex = models.CharField(_("Sexe à l’état civil"), max_length=1, choices=Sex)
    born_on = models.DateField(_("Date de naissance"))
    birth_commune = models.CharField(_("Commune de naissance"), max_length=5, blank=True)
    birth_country = models.CharField(_("Pays de naissance"), max_length=5, blank=True)
    birth_city = models.CharField(_("Ville de naissance à l’étranger"), max_length=60, blank=True)
    address = models.CharField(_("Adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("Code postal"), max_length=10, blank=True)
    town = models.CharField(_("Ville"), max_length=80, blank=True)
    phone = models.CharField(_("Téléphone"), max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(birth_name=""), name="identity_birth_name_given"),
            models.CheckConstraint(condition=Q(sex__in=["F", "M"]), name="identity_sex_known"),
            models.CheckConstraint(
                condition=Q(birth_commune="") ^ Q(birth_country=""), name="identity_commune_or_country"
            ),
            models.CheckConstraint(condition=Q(born_on__gte="1900-01-01"), name="identity_birth_plausible"),
        ]

    def __str__(self) -> str:
        return self.birth_name

    @property
    def is_checked(self) -> bool:
        """Whether somebody compared it with an identity document."""
        return isinstance(self.checked_at, datetime)
