"""How the inputs of forms become HTML: as Django does it, but without a template per option of a choice."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"


class FormRenderer(DjangoTemplates):
    """The renderer of Django, except for lists of choices: a body has hundreds of units to filter on."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The HTML of a form, a field or an input."""
        return select(context["widget"]) if template_name == SELECT else super().render(template_name, context, request)


def select(widget: dict[str, Any]) -> SafeString:
    """A list of choices, in groups where they have a name."""
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: object, options: list[dict[str, Any]]) -> SafeString:
    offered = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>',
        (
            (str(option["value"]), flatatt(option["attrs"]) if option["attrs"] else "", option["label"])
            for option in options
        ),
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, offered) if name else offered
