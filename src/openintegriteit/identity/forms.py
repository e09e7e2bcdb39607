"""Forms for roles, invitations, the house style and the set-up."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.roles import SECOND_GRANTER, Role
from openintegriteit.identity.models import ProviderRules, User
from openintegriteit.identity.operations import setup_code_hash
from openintegriteit.identity.passkeys import checked, registered
from openintegriteit.identity.queries import is_known_here, setup_code_works
from openintegriteit.identity.rules import FROM_CLAIMS
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.ui.editing import version_field
from openintegriteit.ui.house_style import token_sheet
from openintegriteit.ui.listing import choice_filter, search_field

HOST_NAME = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"


def role_choices() -> list[tuple[str, str]]:
    """Every role with its name, by name; sensitive ones say that a second person confirms."""
    note = _("a second person confirms")
    named = [(role.value, f"{role.label} ({note})" if role in SECOND_GRANTER else str(role.label)) for role in Role]
    return sorted(((value, label[:1].upper() + label[1:]) for value, label in named), key=lambda choice: choice[1])


def role_choices_from_claims() -> list[tuple[str, str]]:
    """The roles that a group may give, by name."""
    return [(value, label) for value, label in role_choices() if value in FROM_CLAIMS]


class PeopleFilter(forms.Form):
    """Search and filter of the list of people; the names of the fields stand in the address."""

    zoek = search_field()
    rol = choice_filter(_("Role"), Role)


class GrantForm(forms.Form):
    """Which role to give."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices)


class InvitationForm(forms.Form):
    """Whom to invite, and to what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Mail address at work"), help_text=_("The link goes to this address."))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=role_choices, widget=forms.CheckboxSelectMultiple, required=True
    )


class ClaimRoleForm(forms.Form):
    """Which group of the sign-in service gives which role."""

    value = forms.CharField(
        label=_("Group or role at the sign-in service"),
        help_text=_("Exactly as the service sends it: a name, or a number with dashes."),
        max_length=200,
    )
    role = forms.ChoiceField(label=_("Role here"), choices=role_choices_from_claims)


class ProviderRulesForm(forms.ModelForm[ProviderRules]):
    """How the body reads what its sign-in service says."""

    version = version_field()

    class Meta:
        model = ProviderRules
        fields = ("claim", "second_factor")
        help_texts = {
            "claim": _("The technical administrator knows which one: often groups or roles."),
            "second_factor": _(
                "Values of amr or acr, such as mfa. Leave it empty if everybody keeps a second factor of their own "
                "here. Holders of sensitive roles always do."
            ),
        }


class ForgottenForm(ResetPasswordForm):
    """Asks for the address of an account; an address unknown to this body gets no mail, and the page does not tell."""

    users: list[User]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Write the mail, if there is an account; returns the address as typed."""
        self.users = [user for user in self.users if is_known_here(user)]
        if self.users:
            super().save(request, **kwargs)
        email: str = self.cleaned_data["email"]
        return email


class PasswordFields(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. A sentence that you remember is fine."),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def user_to_judge_by(self) -> User:
        """An account, not stored, to which the password may not be too similar."""
        return User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and good enough."""
        data = super().clean() or {}
        password, again = data.get("password"), data.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords differ."))
        elif password and again:
            try:
                validate_password(password, self.user_to_judge_by())
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class AcceptForm(PasswordFields):
    """The password of a new account, made by accepting an invitation."""

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email, self._name = email, name

    def user_to_judge_by(self) -> User:
        """The account that will be."""
        return User(email=self._email, name=self._name)


class ColourForm(forms.Form):
    """The main colour of the house style. Any colour will do: the pages darken it until text can be read."""

    colour = forms.CharField(
        label=_("Main colour"),
        help_text=_(
            "A hash sign and six characters, such as #0b5d63. You find it in the manual of your house style. "
            "Where text would be hard to read, the pages use a darker shade of it."
        ),
        max_length=7,
    )

    def clean_colour(self) -> str:
        """The colour, as a style sheet can be made of it."""
        colour: str = self.cleaned_data["colour"].lower()
        try:
            token_sheet(colour)
        except ValueError:
            raise forms.ValidationError(
                _("Write a hash sign and six characters from 0 to 9 and a to f, such as #0b5d63."), code="colour"
            ) from None
        return colour


class SetupCodeForm(forms.Form):
    """The code from the console."""

    code = forms.CharField(
        label=_("Set-up code"),
        help_text=_("Four groups of five characters, shown on the console when the program starts."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The hash of a code that works."""
        code_hash = setup_code_hash(self.cleaned_data["code"])
        if not setup_code_works(code_hash):
            raise forms.ValidationError(
                _("This code does not work. Copy it from the console, or have a new one made there."),
                code="unknown",
            )
        return code_hash


class BodyForm(forms.Form):
    """The public body."""

    name = forms.CharField(
        label=_("Name of the organisation"), help_text=_("For instance: Gemeente Voorbeeld"), max_length=200
    )
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=OrganisationKind, widget=forms.RadioSelect)
    host = forms.CharField(
        label=_("Web address for this organisation"),
        help_text=_("Without https://. Leave it empty when this installation serves one organisation."),
        required=False,
        max_length=253,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
                _("Write only the name, such as integriteit.voorbeeld.example."),
            )
        ],
    )

    def clean_host(self) -> str | None:
        """In small letters, or None."""
        return self.cleaned_data["host"].lower() or None


class NewBodyForm(BodyForm):
    """A body that is added from the console, and who is invited to set it up."""

    email = forms.EmailField(label=_("Mail address at work"), max_length=254)
    person = forms.CharField(label=_("Name"), max_length=200)


class FirstAdministratorForm(PasswordFields):
    """Who sets up the installation."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your mail address at work"), widget=forms.EmailInput({"autocomplete": "email"}))
    field_order = ["name", "email", "password", "password_again"]

    def clean_email(self) -> str:
        """In small letters, as accounts are kept."""
        email: str = self.cleaned_data["email"]
        return email.lower()


class PasskeyForm(forms.Form):
    """A new passkey: what its holder calls it, and what the device signed."""

    name = forms.CharField(
        label=_("What do you call this passkey?"),
        help_text=_("For instance the device on which it stands: laptop, phone or security key."),
        initial=_("passkey"),
        max_length=60,
    )
    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_credential(self) -> dict[str, Any]:
        """What the device signed, if it answers what was asked and checked its holder."""
        credential: dict[str, Any] = self.cleaned_data["credential"]
        registered(credential)
        return credential


class UsePasskeyForm(AuthenticateWebAuthnForm):
    """What a passkey signed, as the second step or before a change of the account."""

    def clean_credential(self) -> Authenticator:
        """The passkey of the account that signed it."""
        return checked(super().clean_credential)


class ConfirmWithPasskeyForm(UsePasskeyForm):
    """What a passkey signed before a change of the account."""

    reauthenticated = True


class PasskeySignInForm(LoginWebAuthnForm):
    """What a passkey signed to sign in with it alone."""

    def clean_credential(self) -> Authenticator:
        """The passkey that signed it, of whatever account."""
        return checked(super().clean_credential)
