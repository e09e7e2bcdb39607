"""The texts of a language in one catalogue, instead of one for each app."""

from typing import Any

from django.conf import settings
from django.utils.translation import trans_real


def join_catalogues() -> None:
    """Join what the apps say in each language of the screens; where two say something, the later app, as always.

    Otherwise Django asks every app in turn for each text of a page, some hundreds of times. It means to join them
    (`TranslationCatalog.update`), but compares the code of a rule for plurals with the rule, which is never the same.
    The rules are alike here: Dutch and English have one plural.
    """
    for code, _name in settings.LANGUAGES:
        language: Any = trans_real.translation(code)
        texts = language._catalog
        joined: dict[Any, str] = {}
        for of_app in reversed(texts._catalogs):
            joined.update(of_app)
        texts._catalogs, texts._plurals = [joined], texts._plurals[:1]
