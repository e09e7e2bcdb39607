"""What anybody may read: the style sheet of the body."""

from django.urls import path

from openintegriteit.identity import views_style

urlpatterns = [path("huisstijl.css", views_style.sheet, name="house_style_sheet")]
