"""What else there is to a shop: languages, cache, mail, signals, templates, files."""

import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path


def languages() -> None:
    """Speak German and Arabic, and tell the time elsewhere."""
    from django.utils import formats, timezone, translation

    now = timezone.now()
    for language in ("de", "ar", "en", "pt-br", "xx"):
        with translation.override(language):
            translation.gettext("Monday")
            translation.ngettext("%d day", "%d days", 3)
            translation.pgettext("month name", "May")
            formats.date_format(now, "DATETIME_FORMAT")
            formats.number_format(Decimal("1234.5"), 2, use_l10n=True)
            formats.sanitize_separators("1.234,5")
            assert translation.get_language()
    for zone in ("Europe/Berlin", datetime.UTC):
        with timezone.override(zone):
            timezone.localtime(now)
    timezone.activate("Asia/Tokyo")
    timezone.deactivate()
    translation.activate("de")
    translation.deactivate()
    with translation.override(None):
        translation.gettext_lazy("Home").upper()
    assert translation.check_for_language("de")
    assert translation.get_language_info("de")["bidi"] is False


def cache() -> None:
    """Keep things in each cache."""
    from django.core.cache import cache, caches

    for name in ("default", "files", "table"):
        each = caches[name]
        each.set("a", {"b": 1}, 60)
        each.set_many({"c": 1, "d": 2})
        each.incr("c")
        assert each.get_or_set("e", lambda: 5) == 5
        assert each.get_many(["a", "c"])
        each.touch("a", 1)
        each.delete("a")
        each.add("f", 1, version=2)
        each.incr_version("f", version=2)
        each.clear()
    cache.close()


def mail() -> None:
    """Send letters."""
    from django.core import mail

    mail.send_mail("Hello", "Text", "a@example.com", ["b@example.com"], html_message="<b>x</b>")
    letter = mail.EmailMessage("Grüße", "Text", to=["ü@example.com"], headers={"X-Shop": "1"})
    letter.attach("a.txt", "a", "text/plain")
    letter.send()
    mail.mail_admins("Hello", "Text")
    mail.send_mass_mail([("a", "b", "c@example.com", ["d@example.com"])])
    mail.get_connection(
        "django.core.mail.backends.console.EmailBackend", stream=StringIO()
    ).send_messages([letter])
    with mail.get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path="letters"
    ) as post:
        post.send_messages([letter])


def signals() -> None:
    """Connect, send, disconnect."""
    from django.contrib.auth.signals import user_logged_in
    from django.core.signals import request_finished, setting_changed
    from django.db.models.signals import m2m_changed, post_delete, pre_save
    from django.dispatch import Signal, receiver
    from workloads.django.shop.models import Maker, Product

    ours = Signal(use_caching=True)

    @receiver([ours, request_finished, user_logged_in, setting_changed])
    def hear(**details: object) -> None:
        pass

    def save(sender: type, **details: object) -> None:
        pass

    for signal in (pre_save, post_delete, m2m_changed):
        signal.connect(save, sender=Maker, weak=False)
    m2m_changed.connect(save, sender=Product.goes_with.through)
    ours.send(sender=Product)
    ours.send_robust(sender=Maker)
    Maker.objects.create(name="Signal").delete()
    assert pre_save.disconnect(save, sender=Maker)
    request_finished.send(sender=None)


def templates() -> None:
    """Render templates of every kind."""
    from django.template import Context, Engine, Template, engines
    from django.template.loader import get_template, render_to_string, select_template
    from workloads.django.shop.models import Product

    assert render_to_string("shop/product_list.html", {"object_list": Product.objects.all()})
    assert get_template("admin/base.html").template.origin
    assert select_template(["none.html", "shop/part.html"])
    text = (
        "{% for a in b %}{{ forloop.counter }}{{ a|default:'x' }}{% endfor %}{% lorem 2 w random %}"
    )
    assert Template(text).render(Context({"b": [1, None]}))
    assert Template("{% load tz %}{{ d|timezone:'UTC' }}").render(
        Context({"d": datetime.datetime.now(datetime.UTC)})
    )
    assert engines["django"].from_string("{% spaceless %}<a> </a>{% endspaceless %}").render()
    alone = Engine(libraries={"shop": "workloads.django.shop.templatetags.shop_tags"}, debug=True)
    assert alone.from_string("{% load shop %}{{ 3|euros }}").render(Context())


def files() -> None:
    """Store and find files."""
    from django.contrib.staticfiles import finders
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.files.base import ContentFile
    from django.core.files.storage import InMemoryStorage, default_storage, storages
    from workloads.django.shop.models import Product

    name = default_storage.save("a.txt", ContentFile(b"a"))
    assert default_storage.url(name)
    default_storage.delete(name)
    product = Product.objects.first()
    product.picture.save("p.txt", ContentFile(b"p"))
    assert finders.find("shop/shop.css")
    assert finders.searched_locations
    assert staticfiles_storage.url("shop/shop.css")
    assert storages["default"]
    InMemoryStorage().save("b.txt", ContentFile(b"b"))
    assert list(Path("media").rglob("*.txt"))


def checks() -> None:
    """Check, hash, sign, validate, throttle."""
    from django.contrib.auth import hashers, password_validation
    from django.core import signing, validators
    from django.core.checks import run_checks
    from django.utils import crypto, html, module_loading, text
    from django.utils.functional import SimpleLazyObject

    assert run_checks() is not None
    assert hashers.check_password("a", hashers.make_password("a"))
    assert password_validation.get_default_password_validators() is not None
    assert signing.loads(signing.dumps({"a": 1})) == {"a": 1}
    assert signing.TimestampSigner().sign("a")
    validators.validate_email("a@example.com")
    validators.URLValidator()("https://example.com")
    assert crypto.get_random_string(5)
    assert html.urlize("see https://example.com")
    assert text.slugify("Grüße an alle")
    assert module_loading.import_string("django.utils.html.escape")
    assert str(SimpleLazyObject(lambda: "lazy")) == "lazy"


def overrides() -> None:
    """Change settings for a while, as tests do, and run a test."""
    import unittest

    from django.conf import settings
    from django.test import TestCase, modify_settings, override_settings
    from django.test.runner import DiscoverRunner
    from workloads.django.shop.models import Maker

    with override_settings(LANGUAGE_CODE="de", TIME_ZONE="UTC", CACHES=settings.CACHES):
        assert settings.LANGUAGE_CODE == "de"
    with modify_settings(MIDDLEWARE={"remove": "django.middleware.gzip.GZipMiddleware"}):
        assert len(settings.MIDDLEWARE) > 3

    class ShopTest(TestCase):
        databases = ("default", "archive")

        @classmethod
        def setUpTestData(cls) -> None:
            cls.maker = Maker.objects.create(name="Test")

        def test_query_count(self) -> None:
            with self.assertNumQueries(1), self.settings(DEBUG=True):
                assert Maker.objects.get(name="Test") == self.maker
            assert self.client.get("/json/").status_code == 200

    runner = DiscoverRunner(verbosity=0, interactive=False)
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(ShopTest)
    old = runner.setup_databases()
    assert runner.run_suite(suite, stream=StringIO()).wasSuccessful()
    runner.teardown_databases(old)
