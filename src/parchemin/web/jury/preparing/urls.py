"""Addresses: the pool, sessions, who sits, the agenda, summons."""

from django.urls import URLPattern, path

from parchemin.web.jury.preparing import agenda, home, naming, planning, pool, session, summoning

SESSION = "<uuid:id>/"
MEMBER = SESSION + "membres/<uuid:member>/"
PERSON = "vivier/<uuid:id>/"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("liste.<spreadsheet:kind>", home.export, name="export"),
    path("prevoir/", planning.plan, name="plan"),
    path("vivier/", pool.pool, name="pool"),
    path("vivier/liste.<spreadsheet:kind>", pool.export, name="export_pool"),
    path("vivier/ajouter/", pool.add, name="add_to_pool"),
    path(PERSON, pool.member, name="pool_member"),
    path(PERSON + "absences/", pool.absence, name="tell_absence"),
    path(PERSON + "absences/<int:absence>/retirer/", pool.forget, name="forget_absence"),
    path(PERSON + "sortir/", pool.leave, name="leave_pool"),
    path(SESSION, session.session, name="session"),
    path(SESSION + "jury.ics", session.calendar, name="session_calendar"),
    path(SESSION + "changer/", planning.change, name="change"),
    path(SESSION + "annuler/", planning.cancel, name="cancel"),
    path(SESSION + "convoquer/", summoning.summon, name="summon"),
    path(SESSION + "nommer/", naming.seat, name="seat"),
    path(SESSION + "acte/", naming.nomination, name="nomination"),
    path(SESSION + "acte/joindre/", naming.nominate, name="nominate"),
    path(SESSION + "composition.<spreadsheet:kind>", agenda.export_members, name="export_members"),
    path(MEMBER + "retirer/", naming.unseat, name="unseat"),
    path(MEMBER + "presider/", naming.chair, name="chair"),
    path(MEMBER + "frais/", naming.expenses, name="expenses"),
    path(SESSION + "ordre-du-jour/", agenda.add, name="add_to_agenda"),
    path(SESSION + "ordre-du-jour/ordre/", agenda.order, name="order"),
    path(SESSION + "ordre-du-jour/liste.<spreadsheet:kind>", agenda.export, name="export_agenda"),
    path(SESSION + "ordre-du-jour/<uuid:hearing>/retirer/", agenda.take_off, name="take_off"),
]
