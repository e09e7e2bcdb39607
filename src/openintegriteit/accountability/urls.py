"""Addresses of this app."""

from django.urls import path, re_path

from openintegriteit.accountability import (
    views,
    views_annexes,
    views_answers,
    views_council,
    views_editions,
    views_form,
    views_import,
    views_obligations,
    views_periods,
)

app_name = "accountability"
urlpatterns = [
    path("verslagen/", views.reports, name="reports"),
    path("verslagen/nieuw/", views.start, name="start"),
    path("verslagen/formulier/", views_form.form_headings, name="form_headings"),
    path("verslagen/formulier/<slug:key>/", views_form.form_heading, name="form_heading"),
    path("verslagen/<int:year>/", views.report, name="report"),
    path("verslagen/<int:year>/data/", views.dates, name="dates"),
    path("vragen/<int:year>/", views_council.questions, name="questions"),
    path("vragen/<int:year>/nieuw/", views_council.question_new, name="question_new"),
    path("vragen/<int:year>/stap/<slug:slug>/", views_answers.answer_step, name="answer_step"),
    re_path(
        r"^vragen/(?P<year>\d{4})/bestand/(?P<file_format>pdf|docx|odt|html)/$",
        views_answers.answers_file,
        name="answers_file",
    ),
    path("verslagen/<int:year>/bijlagen/nieuw/", views_annexes.annex_new, name="annex_new"),
    re_path(
        r"^verslagen/(?P<year>\d{4})/bestand/(?P<file_format>pdf|docx|odt|html)/$", views.download, name="download"
    ),
    path("verslagen/<int:year>/stap/<slug:slug>/", views_editions.step, name="step"),
    path("verslagen/<int:year>/herziening/", views_editions.restate, name="restate"),
    path("verslagen/<int:year>/uitgaven/<int:number>/", views_editions.edition, name="edition"),
    re_path(
        r"^verslagen/(?P<year>\d{4})/uitgaven/(?P<number>\d{1,4})/bestand/(?P<file_format>pdf|docx|odt|html)/$",
        views_editions.edition_file,
        name="edition_file",
    ),
    path("verslagen/<int:year>/<slug:slug>/", views.section, name="section"),
    path("verslagen/<int:year>/<slug:slug>/bewaren/", views.write_section, name="write_section"),
    path("verslagen/<int:year>/<slug:slug>/opmerking/", views_editions.comment, name="comment"),
    path("opmerkingen/<uuid:pk>/afgehandeld/", views_editions.comment_resolve, name="comment_resolve"),
    path("tussenstand/", views_periods.periods, name="periods"),
    re_path(r"^tussenstand/(?P<slug>\d{4}-[hkm]\d{1,2})/$", views_periods.period, name="period"),
    re_path(
        r"^tussenstand/(?P<slug>\d{4}-[hkm]\d{1,2})/bestand/(?P<file_format>pdf|docx|odt|html)/$",
        views_periods.period_file,
        name="period_file",
    ),
    path("verplichtingen/", views_obligations.position, name="legal_position"),
    path("verplichtingen/eigen/nieuw/", views_obligations.own_new, name="own_obligation_new"),
    path("verplichtingen/eigen/<uuid:pk>/", views_obligations.own_edit, name="own_obligation"),
    path("verplichtingen/<str:key>/", views_obligations.obligation, name="obligation"),
    path("vragen/", views_council.newest_questions, name="newest_questions"),
    path("vragen/<uuid:pk>/", views_council.question_edit, name="question_edit"),
    path("vragen/<uuid:pk>/deel/", views_council.part_new, name="part_new"),
    path("vragen/<uuid:pk>/verplaatsen/", views_council.part_move, name="part_move"),
    path("vragen/<uuid:pk>/eerdere/", views_council.earlier, name="earlier"),
    path("vragen/<uuid:pk>/eerdere/<uuid:source>/overnemen/", views_council.take_over, name="take_over"),
    path("vragen/<uuid:pk>/verbeteren/", views_answers.answer_correct, name="answer_correct"),
    path("vragen/<uuid:pk>/maatregel/", views_answers.promise, name="promise"),
    path("bijlagen/<uuid:pk>/", views_annexes.annex_edit, name="annex_edit"),
    path("jaar-inlezen/", views_import.upload, name="import"),
    re_path(r"^jaar-inlezen/werkboek\.(?P<file_format>xlsx|ods)$", views_import.template, name="import_template"),
    re_path(r"^jaar-inlezen/(?P<identifier>[0-9a-f]{32})/$", views_import.preview, name="import_preview"),
    re_path(r"^jaar-inlezen/(?P<identifier>[0-9a-f]{32})/toepassen/$", views_import.apply, name="import_apply"),
    re_path(r"^jaar-inlezen/(?P<identifier>[0-9a-f]{32})/weg/$", views_import.give_up, name="import_give_up"),
]
