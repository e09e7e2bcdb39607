"""The mails about accounts and roles: a template each, whose first line is the subject."""

from django.template.loader import render_to_string

from openintegriteit.core.roles import Actor
from openintegriteit.messages.operations import queue_message


def write(actor: Actor, recipient: str, template: str, **context: object) -> None:
    """Write a mail within the transaction at hand; `template` names a file in templates/identity/mail."""
    subject, _line, body = render_to_string(f"identity/mail/{template}.txt", context).strip().partition("\n")
    queue_message(actor=actor, recipient=recipient, subject=subject, body=body.strip() + "\n")
