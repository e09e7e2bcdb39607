"""Addresses of this app."""

from django.urls import path, re_path

from openintegriteit.organisations import views, views_body, views_house_style, views_import

app_name = "organisations"
urlpatterns = [
    path("mensen/", views.people, name="people"),
    path("mensen/nieuw/", views.person_new, name="person_new"),
    path("mensen/inlezen/", views_import.import_upload, name="import_upload"),
    re_path(
        r"^mensen/inlezen/sjabloon\.(?P<extension>xlsx|ods)$", views_import.import_template, name="import_template"
    ),
    re_path(
        r"^mensen/inlezen/(?P<identifier>[0-9a-f]{32})/kolommen/$", views_import.import_columns, name="import_columns"
    ),
    re_path(r"^mensen/inlezen/(?P<identifier>[0-9a-f]{32})/$", views_import.import_preview, name="import_preview"),
    path("mensen/functies/<uuid:appointment_id>/einde/", views.appointment_end, name="appointment_end"),
    path("mensen/mandaten/<uuid:mandate_id>/einde/", views.mandate_end, name="mandate_end"),
    path("mensen/<uuid:person_id>/", views.person, name="person"),
    path("mensen/<uuid:person_id>/wijzigen/", views.person_change, name="person_change"),
    path("mensen/<uuid:person_id>/uit-dienst/", views.person_end, name="person_end"),
    path("mensen/<uuid:person_id>/functies/nieuw/", views.appointment_new, name="appointment_new"),
    path("mensen/<uuid:person_id>/mandaten/nieuw/", views.mandate_new, name="mandate_new"),
    path("afdelingen/", views_body.units, name="units"),
    path("afdelingen/nieuw/", views_body.unit_new, name="unit_new"),
    path("afdelingen/<uuid:unit_id>/wijzigen/", views_body.unit_change, name="unit_change"),
    path("afdelingen/<uuid:unit_id>/verwijderen/", views_body.unit_remove, name="unit_remove"),
    path("organisatie/huisstijl/", views_house_style.house_style, name="house_style"),
    path("organisatie/huisstijl/wijzigen/", views_house_style.house_style_change, name="house_style_change"),
    path("organisatie/huisstijl/logo/", views_house_style.logo, name="logo"),
    path("organisatie/huisstijl/logo/verwijderen/", views_house_style.logo_remove, name="logo_remove"),
    path("organisatie/huisstijl/sjabloon/nieuw/", views_house_style.template_new, name="template_new"),
    path("organisatie/huisstijl/sjabloon/<uuid:template_id>/", views_house_style.template, name="template"),
    path(
        "organisatie/huisstijl/sjabloon/<uuid:template_id>/gebruiken/",
        views_house_style.template_use,
        name="template_use",
    ),
    path(
        "organisatie/huisstijl/sjabloon/<uuid:template_id>/weggooien/",
        views_house_style.template_discard,
        name="template_discard",
    ),
    re_path(
        r"^organisatie/huisstijl/sjabloon/(?P<kind>docx|odt)/verwijderen/$",
        views_house_style.template_drop,
        name="template_drop",
    ),
    re_path(
        r"^organisatie/huisstijl/proefdocument\.(?P<file_format>pdf|docx|odt|html)$",
        views_house_style.sample,
        name="sample",
    ),
    re_path(
        r"^organisatie/huisstijl/sjabloon/(?P<template_id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/proefdocument\."
        r"(?P<file_format>pdf|docx|odt|html)$",
        views_house_style.template_sample,
        name="template_sample",
    ),
    path("organisatie/", views_body.body, name="body"),
    path("organisatie/wijzigen/", views_body.body_change, name="body_change"),
    path("organisatie/aantallen/nieuw/", views_body.head_count_new, name="head_count_new"),
    path(
        "organisatie/aantallen/<uuid:head_count_id>/wijzigen/", views_body.head_count_change, name="head_count_change"
    ),
]
