"""Django's name for the search package."""

from django.apps import AppConfig
from django.conf import settings

from search.analysis import tables


class SearchConfig(AppConfig):
    """The change log and the positions of the engines."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where the words of this site stand. They are read when the first text is analysed."""
        tables.give(settings.SEARCH["TABLES"])
