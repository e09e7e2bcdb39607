"""Mails made from a template, whose first line is the subject."""

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from openintegriteit.core.roles import Actor
from openintegriteit.messages.models import Message
from openintegriteit.messages.operations import queue_message


@translation.override(settings.LANGUAGE_CODE)
def write(actor: Actor, recipient: str, template: str, **context: object) -> Message:
    """Write a mail within the transaction at hand; `template` is a text file: "identity/mail/invitation.txt".

    A body writes in Dutch, whatever language the screen of the sender has.
    """
    text = Engine.get_default().get_template(template)
    # A mail is plain text: nothing in it is markup, so nothing is escaped.
    subject, _line, body = text.render(Context(context, autoescape=False)).strip().partition("\n")
    return queue_message(actor=actor, recipient=recipient, subject=subject, body=body.strip() + "\n")
