"""Send what is due to the server on the port given, and die when the server has a mail but nobody has noted it."""

import sys
from datetime import datetime

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from resourcebank.services.outbox import send_due
from tests.search.another_process import die


class Dying(EmailBackend):
    """Hands the mail over, and is gone."""

    def send_messages(self, messages: object) -> int:
        super().send_messages(messages)  # type: ignore[arg-type]
        die()
        return 0


settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
settings.EMAIL_BACKEND = f"{__name__}.Dying"
send_due(datetime.fromisoformat(sys.argv[2]))
