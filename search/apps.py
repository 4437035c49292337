"""Django's name for the search package."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The change log and the positions of the engines."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
