"""Addresses whose pages show what a register tells of a declaration, which config/urls.py hands down."""

from django.urls import path

from openintegriteit.registers.declarations import views

urlpatterns = [
    path("opgaven/<uuid:pk>/", views.declaration, name="declaration"),
    path("opgaven/<uuid:pk>/vraag/", views.remark, name="declaration_remark"),
    path("opgaven/<uuid:pk>/beslissen/", views.decide, name="declaration_decide"),
    path("opgaven/<uuid:pk>/tweede/", views.second, name="declaration_second"),
]
