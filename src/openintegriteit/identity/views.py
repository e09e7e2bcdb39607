"""One's own account, and people, roles, invitations and house style for the functional administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.roles import SECOND_GRANTER, Role
from openintegriteit.identity import invitations as invitation_operations
from openintegriteit.identity import operations, queries, removal, resets
from openintegriteit.identity.forms import ColourForm, GrantForm, InvitationForm, PeopleFilter
from openintegriteit.identity.models import Invitation, RoleGrant, SecondFactorReset, User
from openintegriteit.identity.passkeys import passkeys_of
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.refusal import Refused
from openintegriteit.ui.listing import ListColumn, Listing, chosen, export, export_format, list_page

PEOPLE = Listing[User](
    name="mensen-en-rollen",
    columns=(
        ListColumn(gettext_lazy("Name"), lambda user: user.name, key="naam", order=("name", "email")),
        ListColumn(gettext_lazy("Mail address"), lambda user: user.email, key="mail", order="email"),
        ListColumn(gettext_lazy("Roles"), queries.role_names),
    ),
    default_order="naam",
)

_ASKED = gettext_lazy("This waits until a second person confirms it. Who can do that has been told by mail.")

# -- One's own account ------------------------------------------------------------------------------------------------


@requires(POLICY, "own_account")
@require_GET
def account(request: ActorRequest) -> HttpResponse:
    """Name, roles, password, second factor, and where one is signed in."""
    user: User = request.user  # type: ignore[assignment]  # signed in, or this is not reached
    context = {
        "user": user,
        "roles": sorted(str(Role(role).label) for role in request.actor.roles),
        "has_app": queries.has_app(user),
        "passkeys": passkeys_of(user),
        "visits": queries.visits_of(user, request.session),
    }
    return render(request, "identity/account.html", context)


@requires(POLICY, "own_account")
@require_GET
def busy(_request: ActorRequest) -> HttpResponse:
    """Asked now and then by a page in which somebody types, so that the visit does not end under a half-filled form."""
    return HttpResponse(status=204)


@requires(POLICY, "own_account")
@require_POST
def sign_out_elsewhere(request: ActorRequest) -> HttpResponse:
    """End one's visits in other browsers."""
    operations.sign_out_elsewhere(actor=request.actor, session=request.session)
    messages.success(request, _("You are signed in only here now."))
    return redirect("identity:account")


# -- People and roles -------------------------------------------------------------------------------------------------


@requires(POLICY, "view")
@require_GET
def people(request: ActorRequest) -> HttpResponseBase:
    """Everybody with an account here and the roles that they hold; what waits for confirmation stands first."""
    form = PeopleFilter(request.GET)
    filters = chosen(form)
    rows = queries.narrowed_people(search=filters.get("zoek", ""), role=filters.get("rol", ""))
    if export_format(request):
        return export(request, PEOPLE, rows)
    context = {
        "listing": list_page(request, PEOPLE, rows, form),
        "waiting": [(held, _may_confirm(request, held)) for held in queries.waiting_grants()],
        "resets": queries.waiting_resets(),
        "paused": queries.paused_people(),
        "may_grant": POLICY.allows(request.actor, "grant"),
    }
    return render(request, "identity/people.html", context)


@requires(POLICY, "view")
@require_GET
def person(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """The roles of one person, now and before."""
    return _person_page(request, _person(user_id), GrantForm())


@requires(POLICY, "grant")
@require_POST
def grant(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Give a role."""
    user, form = _person(user_id), GrantForm(request.POST)
    if form.is_valid():
        try:
            granted = operations.grant_role(actor=request.actor, user=user, role=form.cleaned_data["role"])
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _granted(granted))
            return redirect("identity:person", user.pk)
    return _person_page(request, user, form, status=422)


@requires(POLICY, "confirm")
@require_POST
def confirm(request: ActorRequest, grant_id: UUID) -> HttpResponse:
    """Be the second granter of a role."""
    held: RoleGrant = get_object_or_404(RoleGrant.objects.select_related("user"), pk=grant_id)
    try:
        operations.confirm_grant(actor=request.actor, grant=held)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s holds the role now.") % {"name": held.user})
    return redirect("identity:person", held.user_id)


@requires(POLICY, "grant")
@require_POST
def end(request: ActorRequest, user_id: UUID, grant_id: UUID) -> HttpResponse:
    """Take a role back."""
    held: RoleGrant = get_object_or_404(RoleGrant.objects.select_related("user"), pk=grant_id, user_id=user_id)
    try:
        operations.end_role(actor=request.actor, grant=held)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role has ended. %(name)s has been told by mail.") % {"name": held.user})
    return redirect("identity:person", user_id)


@requires(POLICY, "grant")
@require_POST
def remove(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Remove the account of who has no role any more."""
    user = _person(user_id)
    try:
        removal.remove_account(actor=request.actor, user=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("identity:person", user_id)
    messages.success(request, _("The account of %(name)s has been removed here.") % {"name": user})
    return redirect("identity:people")


@requires(POLICY, "ask_reset")
@require_POST
def ask_reset(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Have somebody who lost the second factor set up a new one."""
    user = _person(user_id)
    try:
        reset = resets.ask_reset(actor=request.actor, user=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        waits = SecondFactorReset.objects.waiting().filter(pk=reset.pk).exists()
        messages.success(request, _ASKED if waits else _reset_done(user))
    return redirect("identity:person", user_id)


@requires(POLICY, "confirm")
@require_POST
def confirm_reset(request: ActorRequest, reset_id: UUID) -> HttpResponse:
    """Be the second person of a reset."""
    reset: SecondFactorReset = get_object_or_404(SecondFactorReset.objects.select_related("user"), pk=reset_id)
    try:
        resets.confirm_reset(actor=request.actor, reset=reset)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _reset_done(reset.user))
    return redirect("identity:person", reset.user_id)


@requires(POLICY, "confirm")
@require_POST
def withdraw_reset(request: ActorRequest, reset_id: UUID) -> HttpResponse:
    """Leave a second factor as it is."""
    reset: SecondFactorReset = get_object_or_404(SecondFactorReset, pk=reset_id)
    try:
        resets.withdraw_reset(actor=request.actor, reset=reset)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The second factor stays as it is."))
    return redirect("identity:person", reset.user_id)


@requires(POLICY, "confirm")
@require_POST
def resume(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Let roles count again that waited because of a new second factor."""
    user = _person(user_id)
    try:
        resets.resume_roles(actor=request.actor, user=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The roles count again. %(name)s has been told by mail.") % {"name": user})
    return redirect("identity:person", user_id)


def _reset_done(user: User) -> str:
    return _("%(name)s sets up a new second factor at the next sign-in, and has been told by mail.") % {"name": user}


def _person(user_id: UUID) -> User:
    return get_object_or_404(queries.people_here(), pk=user_id)


def _person_page(request: ActorRequest, user: User, form: GrantForm, status: int = 200) -> HttpResponse:
    grants = queries.grants_of(user)
    is_oneself = str(user.pk) == request.actor.identifier
    context = {
        "person": user,
        "grants": [(held, _may_confirm(request, held)) for held in grants if held.ended_at is None],
        "ended": [held for held in grants if held.ended_at is not None],
        "history": queries.role_history(user, grants),
        "reset": _with_permission(request, queries.waiting_reset_of(user)),
        "may_ask_reset": not is_oneself and resets.may_ask_reset(request.actor, queries.open_roles(user)),
        "is_linked": queries.is_linked(user),
        "namesakes": queries.namesakes_of(user),
        "is_paused": any(held.paused_at for held in grants if held.ended_at is None),
        "form": form,
        "is_oneself": is_oneself,
        "may_grant": POLICY.allows(request.actor, "grant"),
        "crumbs": [(_("People and roles"), reverse("identity:people"))],
    }
    return render(request, "identity/person.html", context, status=status)


def _with_permission(request: ActorRequest, reset: SecondFactorReset | None) -> tuple[SecondFactorReset, bool] | None:
    """A reset, and whether the actor may be its second person."""
    if reset is None:
        return None
    return reset, request.actor.identifier not in {str(reset.user_id), str(reset.asked_by_id)}


def _may_confirm(request: ActorRequest, held: RoleGrant) -> bool:
    own = {str(held.user_id), str(held.granted_by_id)}
    return held.confirmed_at is None and request.actor.identifier not in own


def _granted(held: RoleGrant) -> str:
    if held.role in SECOND_GRANTER:
        return _("The role waits until a second person confirms it. %(name)s has been told by mail.") % {
            "name": held.user
        }
    return _("%(name)s holds the role now, and has been told by mail.") % {"name": held.user}


# -- Invitations ------------------------------------------------------------------------------------------------------


@requires(POLICY, "view")
@require_GET
def invitations(request: ActorRequest) -> HttpResponse:
    """Invitations that nobody has answered yet."""
    crumbs = [(_("People and roles"), reverse("identity:people"))]
    context = {
        "invitations": queries.unanswered_invitations(),
        "crumbs": crumbs,
        "may_invite": POLICY.allows(request.actor, "invite"),
    }
    return render(request, "identity/invitations.html", context)


@requires(POLICY, "invite")
def invite(request: ActorRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            invitation_operations.invite(actor=request.actor, address_of=_address_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation goes to %(mail)s.") % {"mail": form.cleaned_data["email"]})
            return redirect("identity:invitations")
    crumbs = [
        (_("People and roles"), reverse("identity:people")),
        (_("Invitations"), reverse("identity:invitations")),
    ]
    return render(
        request, "identity/invite.html", {"form": form, "crumbs": crumbs}, status=422 if form.is_bound else 200
    )


@requires(POLICY, "invite")
@require_POST
def send_again(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Mail a new link."""
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    try:
        invitation_operations.send_again(actor=request.actor, invitation=invitation, address_of=_address_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("A new link goes to %(mail)s. The old one stops working.") % {"mail": invitation.email}
        )
    return redirect("identity:invitations")


@requires(POLICY, "invite")
@require_POST
def withdraw(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Make an invitation worthless."""
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    try:
        invitation_operations.withdraw(actor=request.actor, invitation=invitation)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn. Its link does not work any more."))
    return redirect("identity:invitations")


def _address_of(request: ActorRequest) -> invitation_operations.AddressOf:
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


# -- House style ------------------------------------------------------------------------------------------------------


@requires(POLICY, "house_style")
def house_style(request: ActorRequest) -> HttpResponse:
    """The colour of the body, with a preview: the page itself in the colour that was typed."""
    current = request.organisation.primary_colour
    form = ColourForm(request.POST or None, initial={"colour": current})
    is_preview = "preview" in request.POST
    if form.is_valid() and not is_preview:
        operations.set_house_style(actor=request.actor, colour=form.cleaned_data["colour"])
        messages.success(request, _("The house style is stored. Everybody sees it from now on."))
        return redirect("identity:house_style")
    preview = form.cleaned_data["colour"].removeprefix("#") if is_preview and form.is_valid() else ""
    context = {"form": form, "preview": preview}
    return render(request, "identity/house_style.html", context, status=422 if form.errors else 200)
