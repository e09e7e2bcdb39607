"""Forms of the house style of documents."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.documents.colours import READABLE_CONTRAST, contrast, readable_on_white
from openintegriteit.core.documents.images import MOST_BYTES as MOST_OF_A_PICTURE
from openintegriteit.core.documents.images import JudgedPicture, UnusablePicture, judge_picture
from openintegriteit.core.documents.office_templates import UnusableTemplate
from openintegriteit.core.documents.template_judging import MOST_BYTES as MOST_OF_A_TEMPLATE
from openintegriteit.core.documents.template_judging import JudgedTemplate, judge_template
from openintegriteit.organisations.models import HouseStyle
from openintegriteit.ui.editing import version_field

MOST_LINES, LONGEST_LINE = 8, 70


class HouseStyleForm(forms.ModelForm[HouseStyle]):
    """Everything of the house style that is typed or chosen."""

    version = version_field()

    class Meta:
        model = HouseStyle
        fields = ("letterhead", "footer", "accent_colour", "font")
        widgets = {"letterhead": forms.Textarea({"rows": 6})}
        help_texts = {
            "letterhead": gettext_lazy(
                "Name, address, email address and website, each on its own line. They stand at the top of the "
                "first page."
            ),
            "footer": gettext_lazy("For example the postal address. It stands beside the number of the page."),
            "accent_colour": gettext_lazy(
                "A hash sign and six characters, such as #0b5d63, for headings and lines. Leave it empty to use the "
                "colour of the screens."
            ),
            "font": gettext_lazy(
                "These fonts are within the product. In Word and OpenDocument a reader who does not have the font sees "
                "one that looks like it."
            ),
        }

    def clean_letterhead(self) -> str:
        """The lines without empty ones. Raises ValidationError when they do not fit."""
        lines = [line.strip() for line in self.cleaned_data["letterhead"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("These are %(count)d lines; at most %(most)d fit. Remove some.")
                % {"count": len(lines), "most": MOST_LINES}
            )
        for line in lines:
            if len(line) > LONGEST_LINE:
                raise forms.ValidationError(
                    _("The line “%(line)s…” is longer than %(most)d characters. Divide it over two lines.")
                    % {"line": line[:30], "most": LONGEST_LINE}
                )
        return "\n".join(lines)

    def clean_accent_colour(self) -> str:
        """A colour that can be read on white; one that cannot is refused with its contrast and a shade that will do."""
        colour: str = self.cleaned_data["accent_colour"].lower()
        if not colour:
            return colour
        try:
            ratio = contrast(colour, "#ffffff")
        except ValueError:
            raise forms.ValidationError(
                _("Write a hash sign and six characters from 0 to 9 and a to f, such as #0b5d63.")
            ) from None
        if ratio < READABLE_CONTRAST:
            raise forms.ValidationError(
                _(
                    "On white this colour has a contrast of %(ratio)s to 1, and text needs at least 4.5. Choose a "
                    "darker shade, for example %(shade)s."
                )
                % {"ratio": number_format(int(ratio * 100) / 100, 2), "shade": readable_on_white(colour)}
            )
        return colour


class LogoForm(forms.Form):
    """The logo and what it shows; the picture may be left out when only the words change."""

    version = version_field()
    picture = forms.FileField(
        label=gettext_lazy("Logo"),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,
    )
    alternative_text = forms.CharField(
        label=gettext_lazy("What the logo shows"),
        help_text=gettext_lazy(
            "For people who do not see it, for example “Coat of arms of the municipality of Voorbeeld”."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what the logo shows; a document needs it to be accessible.")},
    )

    def __init__(self, *args: Any, has_logo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_logo:
            self.fields["picture"].required = False
            self.fields["picture"].help_text = _("Leave this empty to keep the logo and change only the words.")

    def clean_picture(self) -> JudgedPicture | None:
        """The picture, cleaned. Raises ValidationError that says what to do."""
        file: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if file is None:
            return None
        try:
            return judge_picture(file.read(MOST_OF_A_PICTURE + 1))
        except UnusablePicture as refusal:
            raise forms.ValidationError(str(refusal), code="unusable") from refusal

    @property
    def file_name(self) -> str:
        """What the picture is called at the place where it comes from."""
        return name_of(self.files.get("picture"))


class TemplateForm(forms.Form):
    """The body's own template for Word or OpenDocument."""

    file = forms.FileField(
        label=gettext_lazy("Template"),
        widget=forms.FileInput(attrs={"accept": ".docx,.dotx,.odt,.ott"}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,
    )

    def clean_file(self) -> JudgedTemplate:
        """The template, cleaned. Raises ValidationError that says what to do."""
        try:
            return judge_template(self.cleaned_data["file"].read(MOST_OF_A_TEMPLATE + 1))
        except UnusableTemplate as refusal:
            raise forms.ValidationError(str(refusal), code="unusable") from refusal

    @property
    def file_name(self) -> str:
        """What the template is called at the place where it comes from."""
        return name_of(self.files.get("file"))


def name_of(file: "UploadedFile[Any] | None") -> str:
    """The name of an upload, as far as a column holds it."""
    return ((file and file.name) or "")[-200:]
