"""The settings of the shop, and its start."""

from pathlib import Path
from secrets import token_hex

import django
import django.contrib.admin
import django.core.mail.backends.locmem
import django.forms
import django.test
import django.urls
import django.utils.translation
import django.views.generic
from django.conf import settings

APPS = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.redirects",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.admindocs",
    "django.contrib.staticfiles",
    "workloads.django.shop",
)
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sites.middleware.CurrentSiteMiddleware",
    "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
)
PROCESSORS = (
    "django.template.context_processors.debug",
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)


def configure() -> None:
    """Say what there is in the shop, and start Django."""
    here = Path.cwd()
    settings.configure(
        DEBUG=False,
        SECRET_KEY=token_hex(),
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF="workloads.django.urls",
        INSTALLED_APPS=APPS,
        MIDDLEWARE=MIDDLEWARE,
        SITE_ID=1,
        USE_TZ=True,
        LANGUAGES=[("en", "English"), ("de", "German"), ("ar", "Arabic")],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": here / "shop.db"},
            "archive": {"ENGINE": "django.db.backends.sqlite3", "NAME": here / "archive.db"},
        },
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
            "files": {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": here / "cache",
            },
            "table": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "cached",
            },
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": PROCESSORS},
            }
        ],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        STATIC_URL="/static/",
        STATIC_ROOT=here / "static",
        MEDIA_ROOT=here / "media",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGGING={"version": 1, "handlers": {"none": {"class": "logging.NullHandler"}}},
    )
    django.setup()


def lookups() -> None:
    """Register lookups and transforms of our own, and one for a while only."""
    from django.db.models import CharField, Field, IntegerField, Lookup, Transform
    from django.test.utils import register_lookup

    class NotEqual(Lookup):
        lookup_name = "ne"

        def as_sql(self, compiler, connection):  # noqa: ANN001, ANN202 - as Django calls it
            left, values = self.process_lhs(compiler, connection)
            right, more = self.process_rhs(compiler, connection)
            return f"{left} <> {right}", (*values, *more)

    class Absolute(Transform):
        lookup_name = "absolute"
        function = "ABS"

    class Shout(Transform):
        lookup_name = "shout"
        function = "UPPER"
        bilateral = True

    Field.register_lookup(NotEqual)
    IntegerField.register_lookup(Absolute)
    with register_lookup(CharField, Shout):
        pass
