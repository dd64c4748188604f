"""Addresses of the sign-in with a provider: allauth's own, answered by our views."""

from django.urls import path

from parchemin.web.access.federation import views

urlpatterns = [
    path("oidc/<str:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
]
