"""Addresses of this register. Every register has the names "new" (for a person) and "edit" (of a declaration)."""

from django.urls import path

from openintegriteit.registers.outside_positions import views, views_law

app_name = "outside_positions"
urlpatterns = [
    path("nevenfuncties/", views.positions, name="positions"),
    path("nevenfuncties/nieuw/<uuid:person_id>/", views.new, name="new"),
    path("nevenfuncties/<uuid:pk>/wijzigen/", views.edit, name="edit"),
    path("nevenfuncties/<uuid:pk>/voornemen/", views_law.intention, name="intention"),
    path("nevenfuncties/<uuid:pk>/onverenigbaar/", views_law.incompatible, name="incompatible"),
    path("nevenfuncties/<uuid:pk>/ongewenst/", views_law.undesirable, name="undesirable"),
    path("nevenfuncties/inkomsten/", views_law.incomes, name="incomes"),
    path("nevenfuncties/inkomsten/<int:year>/", views_law.incomes, name="incomes_of"),
    path("nevenfuncties/inkomsten/<uuid:person_id>/<int:year>/", views_law.income, name="income"),
]
