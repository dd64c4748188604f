"""The address of a holder's link."""

from django.urls import path

from parchemin.web.figures import survey

app_name = "surveyed"
urlpatterns = [path("<str:token>/", survey.answer, name="answer")]
