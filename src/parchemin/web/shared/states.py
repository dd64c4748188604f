"""How the state of a file is shown: its words, its colour and its icon."""

from parchemin.records.candidacies.models import Status

LOOKS = {
    Status.DRAFT: ("", "pencil"),
    Status.RECEIVED: ("now", "inbox"),
    Status.RETURNED: ("unknown", "undo-2"),
    Status.COMPLETE: ("now", "scale"),
    Status.ADMISSIBLE: ("met", "circle-check"),
    Status.AWARDED: ("met", "stamp"),
    Status.REFUSED: ("not_met", "circle-x"),
    Status.LAPSED: ("not_met", "hourglass"),
    Status.WITHDRAWN: ("", "archive"),
}


def state(status: str) -> dict[str, str]:
    """The status of components: label, tone and icon."""
    found = Status(status)
    tone, icon = LOOKS[found]
    return {"label": str(found.label), "tone": tone, "icon": icon}
