"""Django's name for the bank."""

from django.apps import AppConfig


class ResourcebankConfig(AppConfig):
    """What a resource is, who may do what to it, and how it is shown."""

    name = "resourcebank"
    label = "resourcebank"
    verbose_name = "Øvingsbanken"
    default_auto_field = "django.db.models.BigAutoField"
