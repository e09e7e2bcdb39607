"""Mail as files, for an installation without a mail server."""

from email import policy

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend

# A link must stand on one line as it is, so that whoever reads the file can copy it.
READABLE = policy.default.clone(cte_type="8bit", max_line_length=998)


class EmailBackend(FileBackend):
    """Writes each mail to a file as people read it, without the encoding that mail servers want."""

    def write_message(self, message: EmailMessage) -> None:
        """Write one mail to the open file."""
        self.stream.write(message.message(policy=READABLE).as_bytes() + b"\n" + b"-" * 79 + b"\n")  # type: ignore[arg-type]
