"""What another process does to the outbox. Each is a module to be run; importing this sets Django up."""

import django

django.setup()
