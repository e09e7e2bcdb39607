"""What every page knows of the product itself; what it knows of the body comes from the desks."""

from django.http import HttpRequest

import openintegriteit


def product(request: HttpRequest) -> dict[str, str]:
    """Name and version of the product."""
    return {"product_name": "Open Integriteit", "product_version": openintegriteit.__version__}
