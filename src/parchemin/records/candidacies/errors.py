"""What an action raises when it cannot take effect: another went first, or the file is no longer there for it."""

from django.utils.translation import gettext as _

from parchemin.records.candidacies.models import Candidacy


class StaleError(Exception):
    """Somebody else acted on the file since it was shown; nothing was changed."""

    def __init__(self, candidacy: Candidacy) -> None:
        self.candidacy = candidacy
        super().__init__(candidacy.number)

    @property
    def sentence(self) -> str:
        """What happened and what to do, in the reader's language."""
        return _("Quelqu’un d’autre vient de modifier ce dossier : ouvrez-le pour voir ce qui a changé.")


class UnfitError(Exception):
    """The file is not in a state where this can be done; ``code`` says why and ``values`` completes the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)
