"""Mails made from a template, whose first line is the subject."""

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from openintegriteit.core.roles import Actor
from openintegriteit.messages.models import Message
from openintegriteit.messages.operations import Letter, queue_message, queue_messages


@translation.override(settings.LANGUAGE_CODE)
def write(actor: Actor, recipient: str, template: str, **context: object) -> Message:
    """Write a mail within the transaction at hand; `template` is a text file: "identity/mail/invitation.txt".

    A body writes in Dutch, whatever language the screen of the sender has.
    """
    letter = next(_letters(template, [(recipient, context)]))
    return queue_message(actor=actor, recipient=letter.recipient, subject=letter.subject, body=letter.body)


@translation.override(settings.LANGUAGE_CODE)
def write_many(actor: Actor, template: str, written: Iterable[tuple[str, Mapping[str, object]]]) -> int:
    """Write a mail to each address, with its own context, within the transaction at hand; returns how many."""
    return queue_messages(actor=actor, letters=_letters(template, written))


def _letters(template: str, written: Iterable[tuple[str, Mapping[str, object]]]) -> Iterator[Letter]:
    text = Engine.get_default().get_template(template)
    for recipient, context in written:
        # A mail is plain text: nothing in it is markup, so nothing is escaped.
        subject, _line, body = text.render(Context(context, autoescape=False)).strip().partition("\n")
        yield Letter(recipient, subject, body.strip() + "\n")
