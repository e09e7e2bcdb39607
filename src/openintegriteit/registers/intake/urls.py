"""Addresses of this app."""

from django.urls import path, re_path

from openintegriteit.registers.intake import views

app_name = "intake"
UPLOAD = r"^opgaven-inlezen/(?P<slug>[a-z]+)/(?P<identifier>[0-9a-f]{32})/"
urlpatterns = [
    path("opgaven-inlezen/", views.start, name="start"),
    path("opgaven-inlezen/<slug:slug>/", views.upload, name="upload"),
    re_path(r"^opgaven-inlezen/(?P<slug>[a-z]+)/sjabloon\.(?P<extension>xlsx|ods)$", views.template, name="template"),
    re_path(UPLOAD + "kolommen/$", views.columns, name="columns"),
    re_path(UPLOAD + "$", views.preview, name="preview"),
    path("opgaven-inlezen/stand/<uuid:pk>/", views.intake, name="intake"),
]
