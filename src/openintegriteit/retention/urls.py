"""Addresses of terms, destruction lists and holds. `kinds`, every kind of record that is kept, is handed down."""

from django.urls import path

from openintegriteit.retention import views, views_holds, views_lists

app_name = "retention"
urlpatterns = [
    path("bewaren/", views.overview, name="overview"),
    path("bewaren/soorten/<slug:key>/", views.kind, name="kind"),
    path("bewaren/soorten/<slug:key>/regel/", views.rule_new, name="rule_new"),
    path("bewaren/regels/<uuid:pk>/weg/", views.rule_remove, name="rule_remove"),
    path("bewaren/lijsten/", views_lists.lists, name="lists"),
    path("bewaren/lijsten/nieuw/<str:side>/", views_lists.new, name="list_new"),
    path("bewaren/lijsten/<uuid:pk>/", views_lists.shown, name="list"),
    path("bewaren/lijsten/<uuid:pk>/akkoord/", views_lists.agree, name="agree"),
    path("bewaren/lijsten/<uuid:pk>/intrekken/", views_lists.take_back, name="take_back"),
    path("bewaren/lijsten/<uuid:pk>/verklaring/", views_lists.declaration, name="declaration"),
    path("bewaren/opschortingen/", views_holds.holds, name="holds"),
    path("bewaren/opschortingen/nieuw/", views_holds.new, name="hold_new"),
    path("bewaren/opschortingen/<uuid:pk>/wijzigen/", views_holds.edit, name="hold_edit"),
    path("bewaren/opschortingen/<uuid:pk>/beeindigen/", views_holds.end, name="hold_end"),
]
