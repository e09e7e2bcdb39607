"""The public sites alone, as servers know them: files, without the database (`serve --public-only`)."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
settings.MIDDLEWARE = settings.PUBLIC_MIDDLEWARE
application = WSGIHandler()
