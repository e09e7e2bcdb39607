"""The web application as servers know it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
