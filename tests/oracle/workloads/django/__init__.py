"""A shop with Django: migrate, query, admin, forms, languages, cache, mail, signals, files."""

from workloads.django.data import commands, migrate, query, serialise, transactions
from workloads.django.pages import admin_pages, errors, forms, sign_in, views
from workloads.django.services import (
    cache,
    checks,
    files,
    languages,
    mail,
    overrides,
    signals,
    templates,
)
from workloads.django.site import configure, lookups

STAGES = (
    configure,
    lookups,
    migrate,
    query,
    transactions,
    serialise,
    commands,
    sign_in,
    admin_pages,
    views,
    errors,
    forms,
    languages,
    cache,
    mail,
    signals,
    templates,
    files,
    checks,
    overrides,
)
