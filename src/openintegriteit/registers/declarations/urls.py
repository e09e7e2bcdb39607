"""Addresses of this app, about declarations of every register."""

from django.urls import path

from openintegriteit.registers.declarations import views, views_deciders

app_name = "declarations"
urlpatterns = [
    path("mijn-opgaven/", views.mine, name="mine"),
    path("opgaven/beslissen/", views.to_decide, name="to_decide"),
    path("opgaven/beslissen/regels/", views_deciders.rules, name="rules"),
    path("opgaven/beslissen/regels/<slug:register>/", views_deciders.rule_edit, name="rule_edit"),
    path("opgaven/vervangers/", views_deciders.deputies, name="deputies"),
    path("opgaven/vervangers/nieuw/", views_deciders.deputy_new, name="deputy_new"),
    path("opgaven/vervangers/<uuid:pk>/", views_deciders.deputy_end, name="deputy_end"),
    path("opgaven/vervangers/<uuid:pk>/weghalen/", views_deciders.deputy_remove, name="deputy_remove"),
    path("opgaven/<uuid:pk>/stoppen/", views.end, name="end"),
    path("opgaven/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("opgaven/<uuid:pk>/voorstel-terugnemen/", views.take_back, name="take_back"),
    path("opgaven/<uuid:pk>/bevestigen/", views.confirm, name="confirm"),
    path("opgaven/geen/<uuid:person_id>/<slug:register>/", views.nothing, name="nothing"),
]
