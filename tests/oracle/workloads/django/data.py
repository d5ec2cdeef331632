"""Data of the shop: tables, queries, transactions, dumps, commands."""

import asyncio
from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.management import call_command


def migrate() -> None:
    """Make the tables."""
    for database in ("default", "archive"):
        call_command("migrate", run_syncdb=True, verbosity=0, database=database)
    call_command("createcachetable", verbosity=0)


def query() -> None:
    """Write, and ask in many ways."""
    from django.contrib.auth.models import Group, Permission, User
    from django.db.models import (
        Avg,
        Case,
        Count,
        Exists,
        F,
        OuterRef,
        Prefetch,
        Q,
        Sum,
        Value,
        When,
        Window,
    )
    from django.db.models.functions import Concat, ExtractYear, Lower, Rank
    from workloads.django.shop.models import Cheap, Label, Maker, Product, Special

    leaf = Maker.objects.create(name="Leaf")
    clay, _ = Maker.objects.get_or_create(name="Clay", defaults={"site": "https://clay.example"})
    teas = [Product(title=f"tea {n}", price=n, maker=leaf, stock=n) for n in range(4)]
    Product.objects.bulk_create(teas)
    cup = Product.objects.create(title="cup", kind="cup", price=Decimal("4.5"), maker=clay)
    Special.objects.create(title="special", price=2, maker=clay, details={"a": [1]})
    cup.goes_with.add(*Product.objects.filter(kind="tea"))
    cup.labels.create(text="new")
    User.objects.create_superuser("boss", "boss@example.com", "boss")
    clerk = User.objects.create_user("clerk", password="clerk", is_staff=True)  # noqa: S106
    clerk.groups.add(Group.objects.create(name="clerks"))
    clerk.user_permissions.add(Permission.objects.get(codename="view_product"))
    assert clerk.has_perm("shop.view_product")

    for asked in (
        Product.objects.filter(Q(title__icontains="tea") & ~Q(stock__lt=1)).order_by("-price"),
        Product.objects.filter(stock__absolute__gte=1, title__ne="tea 1"),
        Product.objects.filter(maker__name__startswith="L", added__year__gt=2000),
        Product.objects.filter(details__a__0=1),
        Product.objects.filter(added__date__lte="2100-01-01", title__regex="^t"),
        Product.objects.annotate(n=Count("goes_with"), low=Lower("title")).filter(n__gt=1),
        Product.objects.annotate(
            y=ExtractYear("added"), r=Window(Rank(), order_by=F("price").asc())
        ),
        Product.objects.annotate(c=Case(When(price__gt=2, then=Value("dear")), default=Value("")))
        .annotate(t=Concat("title", Value("!")))
        .values("t", "c"),
        Product.objects.filter(Exists(Label.objects.filter(object_id=OuterRef("pk")))),
        Product.objects.select_related("maker").only("title", "maker__name"),
        Product.objects.prefetch_related("goes_with", "labels", Prefetch("maker")).defer("details"),
        Product.in_stock.order_by().union(Product.objects.filter(kind="cup").order_by()),
        Cheap.objects.raw("SELECT * FROM shop_product WHERE price < %s", [3]),
        Maker.objects.filter(products__price__gt=1).distinct().dates("products__added", "month"),
        Label.objects.filter(text="new").select_related("content_type"),
    ):
        assert list(asked) is not None
    assert Product.objects.aggregate(Avg("price"), Sum("stock"))["stock__sum"] == 6
    Product.objects.filter(kind="tea").update(stock=F("stock") + 1)
    Product.objects.update_or_create(title="cup", defaults={"price": 5})
    asyncio.run(count_later())


async def count_later() -> int:
    """Count products without blocking."""
    from workloads.django.shop.models import Product

    return len([each async for each in Product.objects.all()])


def transactions() -> None:
    """Roll back, nest, lock, and use a second database."""
    from django.db import IntegrityError, connection, connections, transaction
    from workloads.django.shop.models import Maker

    done = []
    with transaction.atomic():
        transaction.on_commit(lambda: done.append(1))
        try:
            with transaction.atomic():
                Maker.objects.create(name="Leaf")
        except IntegrityError:
            pass
    assert done == [1]
    Maker.objects.using("archive").create(name="Old")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shop_maker")
    with connection.execute_wrapper(lambda run, *rest: run(*rest)):
        list(Maker.objects.select_for_update())
    assert connection.introspection.table_names()
    connections["archive"].close()


def serialise() -> None:
    """Write products as text in each format, and read them back."""
    from django.core import serializers
    from workloads.django.shop.models import Product

    for form in ("json", "xml", "jsonl", "python"):
        text = serializers.serialize(form, Product.objects.all(), use_natural_foreign_keys=True)
        assert all(each.object.pk for each in serializers.deserialize(form, text))
    call_command("dumpdata", "shop", output="dump.json", verbosity=0)
    call_command("loaddata", "dump.json", verbosity=0)


def commands() -> None:
    """Run commands as a person at a terminal does."""
    out = StringIO()
    call_command("check", stdout=out)
    call_command("showmigrations", stdout=out)
    call_command("sqlmigrate", "auth", "0001", stdout=out)
    call_command("makemigrations", "shop", dry_run=True, verbosity=0, stdout=out)
    call_command("inspectdb", "shop_maker", stdout=out)
    call_command("diffsettings", stdout=out)
    call_command("findstatic", "shop/shop.css", stdout=out)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=out)
    call_command("clearsessions", stdout=out)
    call_command("startapp", "fresh", stdout=out)
    assert (Path.cwd() / "fresh" / "models.py").exists()
    assert "class ShopMaker" in out.getvalue()
