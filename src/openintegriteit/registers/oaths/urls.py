"""Addresses of this app."""

from django.urls import path

from openintegriteit.registers.oaths import views, views_ceremonies, views_signing

app_name = "oaths"
urlpatterns = [
    path("eden/", views.owing_list, name="owing"),
    path("eden/afgelegd/", views.taken, name="taken"),
    path("eden/nieuw/", views.new, name="new"),
    path("eden/teksten/", views.texts, name="texts"),
    path("eden/teksten/nieuw/", views.new_text, name="new_text"),
    path("eden/versturen/", views.send, name="send"),
    path("eden/mijn/", views_signing.mine, name="mine"),
    path("eden/bijeenkomsten/", views_ceremonies.ceremonies, name="ceremonies"),
    path("eden/bijeenkomsten/nieuw/", views_ceremonies.new, name="ceremony_new"),
    path("eden/bijeenkomsten/<uuid:pk>/", views_ceremonies.ceremony, name="ceremony"),
    path("eden/bijeenkomsten/<uuid:pk>/wijzigen/", views_ceremonies.edit, name="ceremony_edit"),
    path("eden/bijeenkomsten/<uuid:pk>/dag/", views_ceremonies.move, name="ceremony_move"),
    path("eden/bijeenkomsten/<uuid:pk>/afzeggen/", views_ceremonies.call_off, name="ceremony_call_off"),
    path("eden/bijeenkomsten/<uuid:pk>/uitnodigen/", views_ceremonies.invite, name="ceremony_invite"),
    path("eden/bijeenkomsten/<uuid:pk>/aanwezig/", views_ceremonies.attend, name="ceremony_attend"),
    path("eden/bijeenkomsten/<uuid:pk>/bewijzen.pdf", views_ceremonies.certificates, name="certificates"),
    path("eden/<uuid:pk>/bewijs.pdf", views_signing.certificate, name="certificate"),
    path("eden/<uuid:pk>/", views.oath, name="oath"),
    path("eden/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
]
