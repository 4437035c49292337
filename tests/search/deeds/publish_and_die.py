"""Publish a resource, and die between the commit and the indexing."""

from django.db import transaction

from resourcebank.models import User
from tests.factories import a_published
from tests.search.another_process import die

with transaction.atomic():
    transaction.on_commit(die)
    a_published(author=User.objects.get(name="Alice"), approver=User.objects.get(name="Carl"))
