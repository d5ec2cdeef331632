"""Pages of the shop, through the test client."""

import asyncio
import logging

from django.test import AsyncClient, Client, RequestFactory

logging.getLogger("django.request").setLevel(logging.CRITICAL)


def sign_in() -> None:
    """Sign in and out, and change a password."""
    client = Client()
    assert client.get("/accounts/login/").status_code == 200
    assert client.login(username="boss", password="boss")  # noqa: S106 - made up
    assert client.get("/accounts/password_change/").status_code == 200
    client.post("/login/", {"username": "boss", "password": "wrong"})
    client.post("/accounts/password_reset/", {"email": "boss@example.com"})
    client.logout()


def admin_pages() -> None:
    """Do in the admin what staff does."""
    client = Client()
    client.login(username="boss", password="boss")  # noqa: S106 - made up
    for page in (
        "/admin/",
        "/admin/shop/",
        "/admin/shop/product/",
        "/admin/shop/product/?q=tea&kind__exact=tea&o=-1",
        "/admin/shop/product/add/",
        "/admin/shop/product/1/change/",
        "/admin/shop/product/1/history/",
        "/admin/shop/product/1/delete/",
        "/admin/shop/maker/1/change/",
        "/admin/auth/user/add/",
        "/admin/autocomplete/?term=l&app_label=shop&model_name=product&field_name=maker",
        "/admin/jsi18n/",
        "/admin/doc/",
        "/admin/doc/filters/",
        "/admin/doc/models/shop.product/",
        "/admin/doc/views/",
    ):
        assert client.get(page).status_code == 200, page
    none = {"shop-label-content_type-object_id-TOTAL_FORMS": 0}
    none |= {"shop-label-content_type-object_id-INITIAL_FORMS": 0}
    fields = {"title": "mug", "kind": "cup", "price": "3", "stock": 1, "maker": 1}
    fields["details"] = '{"a": 1}'
    assert client.post("/admin/shop/product/add/", fields | none).status_code == 302
    chosen = {"action": "sell_out", "_selected_action": [1, 2]}
    assert client.post("/admin/shop/product/", chosen).status_code == 302
    assert client.post("/admin/shop/product/2/delete/", {"post": "yes"}).status_code == 302
    clerk = Client()
    clerk.login(username="clerk", password="clerk")  # noqa: S106 - made up
    assert clerk.get("/admin/shop/product/").status_code == 200


def views() -> None:
    """Visit the pages of visitors."""
    client = Client()
    for page in ("products/", "products/1/", "json/?page=2", "later/", "stream/", "old/1/", "js/"):
        assert client.get(f"/{page}").status_code == 200, page
    for page in ("download/", "cached/", "cached/", "feed/", "sitemap.xml", "archive/2020/"):
        client.get(f"/{page}").getvalue()
    client.get("/de/local/", HTTP_ACCEPT_LANGUAGE="de")
    client.get("/products/", HTTP_ACCEPT_LANGUAGE="ar, en;q=0.5")
    client.get("/products/", HTTP_ACCEPT_ENCODING="gzip", HTTP_X_FORWARDED_FOR="::1")
    client.post("/edit/1/", {"title": "better"})
    client.post("/drop/3/")
    client.force_login(user())
    client.post("/add/", {"title": "pot", "kind": "cup", "price": 9, "maker": 1})
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert client.post("/upload/", {"f": SimpleUploadedFile("a.txt", b"a" * 3_000_000)}).json()
    asyncio.run(visit_later())
    from django.urls import resolve, reverse

    assert resolve(reverse("archive", args=[2020])).func
    RequestFactory().get("/")


def user() -> object:
    """Return the boss."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="boss")


async def visit_later() -> None:
    """Visit without blocking."""
    assert (await AsyncClient().get("/later/")).status_code == 200


def errors() -> None:
    """Fail in the ways requests fail."""
    from django.test import override_settings

    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/broken/").status_code == 500
    assert client.post("/upload/").status_code == 403
    assert client.get("/json/", HTTP_HOST="elsewhere").status_code == 400
    with override_settings(DEBUG=True):
        assert client.get("/nowhere/").status_code == 404
        assert b"ValueError" in client.get("/broken/").content


def forms() -> None:
    """Fill in forms and formsets, right and wrong."""
    from django import forms
    from django.core.exceptions import ValidationError
    from django.forms.models import inlineformset_factory, modelform_factory
    from workloads.django.shop.models import Maker, Product

    class Order(forms.Form):
        when = forms.DateField(widget=forms.SelectDateWidget)
        count = forms.IntegerField(min_value=1)
        mail = forms.EmailField(help_text="yours")
        kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
        page = forms.URLField(required=False, assume_scheme="https")
        many = forms.MultipleChoiceField(choices=[(1, 1), (2, 2)], required=False)

        def clean_count(self) -> int:
            if self.cleaned_data["count"] == 13:
                raise ValidationError("%(n)s is unlucky", params={"n": 13})
            return self.cleaned_data["count"]

    good = Order(
        {
            "when_year": 2020,
            "when_month": 1,
            "when_day": 2,
            "count": 1,
            "mail": "a@b.example",
            "kind": "a",
        }
    )
    bad = Order({"count": 13, "mail": "no", "many": [7]}, label_suffix="?")
    assert good.is_valid()
    assert not bad.is_valid()
    assert bad.as_p()
    assert bad.as_table()
    assert bad.errors.as_json()
    many = forms.formset_factory(Order, extra=2, can_delete=True, can_order=True)
    assert str(many())
    assert str(modelform_factory(Product, fields="__all__")())
    assert str(
        inlineformset_factory(Maker, Product, fields=["title"])(instance=Maker.objects.first())
    )
