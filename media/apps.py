"""Django's name for the media package."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Files and what was made of them."""

    name = "media"
    default_auto_field = "django.db.models.BigAutoField"
