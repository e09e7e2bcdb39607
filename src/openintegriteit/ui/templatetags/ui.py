"""Template tags behind the components: fields, pages of a list, and days in words."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, widgets
from django.forms.boundfield import BoundField, BoundWidget
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from openintegriteit.ui.amounts import euros

register = template.Library()

CONTROL_CLASSES = {
    "text": "utrecht-textbox utrecht-textbox--html-input",
    "number": "utrecht-textbox utrecht-textbox--html-input utrecht-textbox--numeric",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "checkbox": "oi-checkbox utrecht-checkbox utrecht-checkbox--html-input",
    "checkboxes": "oi-checkbox utrecht-checkbox utrecht-checkbox--html-input",
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
    "file": "oi-file",
}
INVALID_CLASSES = {
    "text": "utrecht-textbox--invalid",
    "number": "utrecht-textbox--invalid",
    "textarea": "utrecht-textarea--invalid",
    "select": "utrecht-select--invalid",
    "radio": "utrecht-radio-button--invalid",
}
# The first that fits counts: a radio select is also a select for Django.
WIDGET_KINDS: tuple[tuple[type[widgets.Widget] | tuple[type[widgets.Widget], ...], str], ...] = (
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radio"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.Select, "select"),
    (widgets.Textarea, "textarea"),
    (widgets.FileInput, "file"),
    (widgets.NumberInput, "number"),
)


BUTTON_CLASSES = {
    "primary": "utrecht-button utrecht-button--primary-action",
    "secondary": "utrecht-button utrecht-button--secondary-action",
    "subtle": "utrecht-button utrecht-button--subtle",
    "danger": "utrecht-button utrecht-button--secondary-action utrecht-button--danger",
}


type AnyForm = BaseForm | BaseFormSet[Any]


class Problem(NamedTuple):
    """Something wrong in a form: the id of the field (empty for the form as a whole), its label, and what to do."""

    target: str
    label: str
    message: str


BADGES = {"ok": "safe", "soon": "warning", "late": "danger", "info": "active", "neutral": "neutral"}


@register.simple_tag
def status_tag(status: str, word: object) -> SafeString:
    """What `<c-tag>` draws; use this one in the rows of a list, where a component per row costs too much time."""
    return format_html('<span class="utrecht-status-badge utrecht-status-badge--{}">{}</span>', BADGES[status], word)


@register.simple_tag
def other_language() -> tuple[str, str]:
    """Code and own name of the language that the screens can change to."""
    now = get_language()
    return next((code, name) for code, name in settings.LANGUAGES if code != now)


@register.simple_tag
def more_than(page: Page[Any]) -> str:
    """The words before the number of rows of a list when a search finds more than the list holds."""
    return gettext("More than") + " " if getattr(page.paginator, "more", False) else ""


@register.filter
def in_euros(amount: Decimal | None) -> str:
    """An amount with the sign of the euro; nothing for none."""
    return "" if amount is None else euros(amount)


@register.filter
def button_classes(variant: str, small: object = "") -> str:
    """The classes of a button: primary, secondary, subtle or danger; small when `small` is true."""
    return BUTTON_CLASSES[variant] + (" oi-button--small" if small else "")


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """How a field is drawn: hidden, text, number, textarea, select, checkbox, checkboxes, radio or file."""
    if field.is_hidden:
        return "hidden"
    return next((kind for widget, kind in WIDGET_KINDS if isinstance(field.field.widget, widget)), "text")


@register.simple_tag
def control(field: BoundField, extra_description: str = "") -> SafeString:
    """The input of a field, with the classes of its kind; `extra_description` is one more element that explains it."""
    attributes: dict[str, str | bool] = {"class": _classes(field_kind(field), field)}
    if extra_description:
        attributes["aria-describedby"] = f"{field.aria_describedby or ''} {field.auto_id}_{extra_description}".strip()
    return field.as_widget(attrs=attributes)


@register.simple_tag
def option_control(option: BoundWidget, kind: str) -> SafeString:
    """One radio button or checkbox of a group, with the classes of its kind."""
    attributes = {**option.data["attrs"], "class": CONTROL_CLASSES[kind]}
    data = {**option.data, "attrs": attributes}
    return BoundWidget(option.parent_widget, data, option.renderer).tag()


def _classes(kind: str, field: BoundField) -> str:
    own = field.field.widget.attrs.get("class", "")
    invalid = INVALID_CLASSES.get(kind, "") if field.errors else ""
    return " ".join(part for part in (CONTROL_CLASSES[kind], invalid, own) if part)


@register.simple_tag
def form_problems(form: AnyForm | str, forms: list[AnyForm]) -> list[Problem]:
    """Everything wrong in the given forms and formsets, in the order of the page."""
    problems: list[Problem] = []
    for part in [*([form] if form else []), *forms]:
        if isinstance(part, BaseFormSet):
            problems += [Problem("", "", str(message)) for message in part.non_form_errors()]
            problems += form_problems("", part.forms)
        elif isinstance(part, BaseForm):
            problems += [Problem("", "", str(message)) for message in part.non_field_errors()]
            problems += [
                Problem(_focus_target(field), str(field.label), str(message))
                for field in part
                for message in field.errors
            ]
    return problems


def _focus_target(field: BoundField) -> str:
    return f"{field.auto_id}_0" if field_kind(field) in ("radio", "checkboxes") else field.id_for_label


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """First, last and the pages around this one; None where numbers are left out (never just one)."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        previous = numbers[-1] if numbers else 0
        if previous is not None and number - previous == 2:
            numbers.append(number - 1)
        elif previous is not None and number - previous > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag(takes_context=True)
def page_address(context: Context, parameter: str, number: int) -> str:
    """The query string of another page of this list: every other parameter stays."""
    parameters = context["request"].GET.copy()
    parameters[parameter] = str(number)
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def kept_values(context: Context, name: str) -> list[str]:
    """The values of a parameter in the address that a filter form has to send along."""
    values: list[str] = context["request"].GET.getlist(name)
    return values


@register.simple_tag
def export_formats() -> tuple[tuple[str, str], ...]:
    """The formats of every table: value in the address, name on screen."""
    return (("xlsx", "Excel"), ("ods", "OpenDocument"), ("csv", "CSV"))


@register.filter
def due_label(day: date, today: date) -> str:
    """How far a day is away, in words: "12 days late", "today", "3 days left"."""
    days = (day - today).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return gettext("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@register.filter
def due_status(day: date, today: date) -> str:
    """The status of `c-tag` that goes with `due_label`: late, soon (within two weeks) or info."""
    days = (day - today).days
    if days < 0:
        return "late"
    return "soon" if days <= 14 else "info"
