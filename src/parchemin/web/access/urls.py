"""Addresses of the account."""

from django.urls import path

from parchemin.web.access import doors, looking, views

app_name = "access"
urlpatterns = [
    path("", views.account, name="account"),
    path("appareils/deconnecter/", views.end_devices, name="end_devices"),
    path("appareils/<int:id>/deconnecter/", views.end_device, name="end_device"),
    path("mes-donnees/", views.portable, name="portable"),
    path("fermer/", views.leave, name="leave"),
    path("invitation/<str:secret>/", doors.invitation, name="invitation"),
    path("premier-acces/<str:secret>/", doors.first_access, name="first_access"),
    path("regarder/<uuid:id>/", looking.start_view_as, name="start_view_as"),
    path("revenir/", looking.stop_view_as, name="stop_view_as"),
]
