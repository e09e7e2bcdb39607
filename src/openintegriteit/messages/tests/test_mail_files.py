from django.core.mail import EmailMessage

from openintegriteit.messages.mail_files import EmailBackend

LINK = "https://integriteit.voorbeeld.example/account/uitnodiging/" + "k7Yq_-" * 8 + "/"


def test_a_link_in_a_mail_can_be_copied_from_the_file(tmp_path):
    backend = EmailBackend(file_path=tmp_path, alias="default")

    sent = backend.send_messages(
        [EmailMessage("Uitnodiging", f"Dat kan één keer:\n\n{LINK}\n", to=["w@voorbeeld.example"])]
    )

    (file,) = tmp_path.iterdir()
    lines = file.read_text(encoding="utf-8").splitlines()
    assert sent == 1
    assert "To: w@voorbeeld.example" in lines
    assert "Dat kan één keer:" in lines
    assert LINK in lines
