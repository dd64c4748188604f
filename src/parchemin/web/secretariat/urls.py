"""Addresses of the secretariat."""

from django.urls import path, register_converter

from parchemin.web.secretariat import (
    access,
    accreditations,
    admissibility,
    appeals,
    drafts,
    file,
    handling,
    papers,
    partners,
    queue,
    reminders,
    severally,
    statistics,
)


class Spreadsheet:
    """The two kinds of spreadsheets."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """The kind."""
        return value

    def to_url(self, value: str) -> str:
        """The kind."""
        return value


register_converter(Spreadsheet, "spreadsheet")

FILE = "dossiers/<uuid:id>/"
app_name = "secretariat"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("dossiers/", queue.files, name="files"),
    path("dossiers/liste.<spreadsheet:kind>", queue.export, name="export"),
    path("dossiers/plusieurs/", severally.several, name="several"),
    path("vues/", queue.save_view, name="save_view"),
    path("vues/<int:id>/retirer/", queue.remove_view, name="remove_view"),
    path(FILE, file.file, name="file"),
    path(FILE + "historique/", file.history, name="history"),
    path(FILE + "jury/", file.for_jury, name="for_jury"),
    path(FILE + "suivi/", file.take_charge, name="take_charge"),
    path(FILE + "messages/", file.message, name="message"),
    path(FILE + "declarations/<slug:code>/", file.verify_statement, name="verify_statement"),
    path(FILE + "activites/<int:experience>/", file.verify_experience, name="verify_experience"),
    path(FILE + "verifier/", file.verify_all, name="verify_all"),
    path(FILE + "identite/", file.verify_identity, name="verify_identity"),
    path(FILE + "brouillons/<str:name>/", drafts.draft, name="draft"),
    path(FILE + "complet/", admissibility.complete, name="complete"),
    path(FILE + "renvoyer/", admissibility.give_back, name="return"),
    path(FILE + "decider/", admissibility.decide, name="decide"),
    path(FILE + "derogation/<str:rule>/", admissibility.override, name="override"),
    path(FILE + "depot/", admissibility.answer_file, name="answer_file"),
    path(FILE + "acces/", access.access, name="access"),
    path(FILE + "acces/<int:access>/fermer/", access.close, name="close_access"),
    path(FILE + "transferer/", handling.transfer, name="transfer"),
    path(FILE + "centre/", handling.place, name="place"),
    path(FILE + "etape/", handling.step, name="step"),
    path(FILE + "caducite/", handling.lapse, name="lapse"),
    path(FILE + "retablir/", handling.restore, name="restore"),
    path(FILE + "recours/<uuid:appeal>/", appeals.answer_appeal, name="appeal"),
    path(FILE + "recours/<uuid:appeal>/pieces/<uuid:exhibit>/", appeals.exhibit, name="exhibit"),
    path(FILE + "decisions/<uuid:record>/recours/", appeals.record_appeal, name="record_appeal"),
    path(FILE + "amenagement/<uuid:accommodation>/", handling.accommodate, name="accommodation"),
    path(FILE + "pieces/<uuid:version>/", papers.document, name="document"),
    path(FILE + "lettres/<uuid:letter>/", papers.letter, name="letter"),
    path(FILE + "lettres/<uuid:letter>/pdf/", papers.letter_pdf, name="letter_pdf"),
    path(FILE + "lettres/<uuid:letter>/renvoyer/", papers.repeat, name="repeat_letter"),
    path("relances/", reminders.reminders, name="reminders"),
    path("relances/nouvelle/", reminders.new, name="new_reminder"),
    path("relances/liste.<spreadsheet:kind>", reminders.export, name="export_reminders"),
    path("relances/<int:id>/", reminders.edit, name="reminder"),
    path("relances/<int:id>/activer/", reminders.switch, name="switch_reminder"),
    path("habilitations/", accreditations.accreditations, name="accreditations"),
    path("habilitations/nouvelle/", accreditations.new, name="new_accreditation"),
    path("habilitations/liste.<spreadsheet:kind>", accreditations.export, name="export_accreditations"),
    path("habilitations/<int:id>/preuve/", accreditations.proof, name="accreditation_proof"),
    path("habilitations/<int:id>/renouveler/", accreditations.renew, name="renew_accreditation"),
    path("habilitations/<int:id>/retirer/", accreditations.withdraw, name="withdraw_accreditation"),
    path("organismes/", partners.partners, name="partners"),
    path("organismes/nouveau/", partners.new, name="new_partner"),
    path("organismes/liste.<spreadsheet:kind>", partners.export, name="export_partners"),
    path("organismes/<int:id>/renouveler/", partners.renew, name="renew_partner"),
    path("organismes/<int:id>/suspendre/", partners.suspend, name="suspend_partner"),
    path("statistiques/", statistics.statistics, name="statistics"),
    path("statistiques/liste.<spreadsheet:kind>", statistics.export, name="export_statistics"),
]
