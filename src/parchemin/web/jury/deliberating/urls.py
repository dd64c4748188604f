"""Addresses: ties, the session, each candidate."""

from django.urls import path

from parchemin.web.jury.deliberating import hearing, holding, live, pack, recusing, ties, voting

ONE = "<uuid:id>/candidats/<uuid:hearing>/"
urlpatterns = [
    path("<uuid:id>/liens/", ties.ties, name="ties"),
    path("<uuid:id>/seance/", live.live, name="live"),
    path("<uuid:id>/seance/ouvrir/", live.open_now, name="open"),
    path("<uuid:id>/seance/presence/<uuid:member>/", live.presence, name="presence"),
    path("<uuid:id>/seance/incident/", live.incident, name="incident"),
    path(ONE, hearing.hearing, name="hearing"),
    path(ONE + "decision/", hearing.decide, name="decide"),
    path(ONE + "jury/", live.line, name="line"),
    path(ONE + "regles/", hearing.preview, name="preview"),
    path(ONE + "rouvrir/", hearing.reopen, name="reopen"),
    path(ONE + "voix/", voting.voices, name="voices"),
    path(ONE + "voter/", voting.vote, name="vote"),
    path(ONE + "epreuve/<str:method>/", holding.held, name="held"),
    path(ONE + "recuser/<uuid:member>/", recusing.recuse, name="recuse"),
    path(ONE + "reprendre/<uuid:member>/", recusing.take_back, name="take_back"),
    path(ONE + "dossier/", pack.pack, name="pack"),
    path(ONE + "dossier/pieces/<uuid:version>/", pack.document, name="pack_document"),
    path(ONE + "dossier/preuves/<uuid:piece>/", pack.evidence, name="pack_evidence"),
]
