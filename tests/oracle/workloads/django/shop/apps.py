"""What the shop does once Django is ready."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, post_save


class ShopConfig(AppConfig):
    """The shop."""

    name = "workloads.django.shop"
    label = "shop"
    verbose_name = "Shop"

    def ready(self) -> None:
        """Connect signals, and register a check."""
        post_save.connect(note_saved, sender="shop.Product", dispatch_uid="note")
        post_migrate.connect(note_saved, sender=self)
        checks.register(always_fine, "shop")


def note_saved(**details: object) -> None:
    """Receive a signal."""


def always_fine(app_configs: object, **details: object) -> list[checks.CheckMessage]:
    """Find nothing wrong."""
    return []
