"""The addresses of the shop."""

import datetime

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.sitemaps import GenericSitemap
from django.contrib.sitemaps.views import sitemap
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path, re_path, register_converter
from django.views.decorators.cache import cache_page
from django.views.decorators.http import condition, require_POST
from django.views.generic import CreateView, DeleteView, DetailView, ListView, UpdateView
from django.views.i18n import JavaScriptCatalog
from workloads.django.shop.models import Product


class Year:
    """A year in an address."""

    regex = "[0-9]{4}"

    def to_python(self, text: str) -> int:
        """Read it."""
        return int(text)

    def to_url(self, year: int) -> str:
        """Write it."""
        return f"{year:04}"


class Latest(Feed):
    """The newest products."""

    title = "Shop"
    link = "/"

    def items(self) -> list[Product]:
        """Return the products."""
        return list(Product.objects.all()[:3])


class ProductForm(forms.ModelForm):
    """What a visitor says of a product."""

    class Meta:
        model = Product
        fields = ("title", "kind", "price", "maker")


def json(request: HttpRequest) -> HttpResponse:
    """Return products as JSON."""
    page = Paginator(Product.objects.values("title"), 2).get_page(request.GET.get("page"))
    return JsonResponse({"products": list(page), "last": page.paginator.num_pages})


async def later(request: HttpRequest) -> HttpResponse:
    """Count products, not blocking."""
    return HttpResponse(str(await Product.objects.acount()))


def stream(request: HttpRequest) -> HttpResponse:
    """Return a text in parts."""
    return StreamingHttpResponse(iter(["a", "b"]))


def download(request: HttpRequest) -> HttpResponse:
    """Return a file."""
    return FileResponse(open(__file__, "rb"), as_attachment=True)


def broken(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise ValueError("broken")


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files."""
    return JsonResponse({name: file.size for name, file in request.FILES.items()})


@condition(etag_func=lambda request, year: f'"{year}"')
def archive(request: HttpRequest, year: int) -> HttpResponse:
    """Return products of a year."""
    return HttpResponse(str(datetime.date(year, 1, 1)))


register_converter(Year, "yyyy")

urlpatterns = [
    path("admin/doc/", include("django.contrib.admindocs.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("django.contrib.auth.urls")),
    path("login/", auth_views.LoginView.as_view(), name="sign-in"),
    path("products/", ListView.as_view(model=Product), name="products"),
    path("products/<int:pk>/", DetailView.as_view(model=Product), name="product"),
    path("add/", login_required(CreateView.as_view(model=Product, form_class=ProductForm))),
    path("edit/<int:pk>/", UpdateView.as_view(model=Product, fields=["title"], success_url="/")),
    path("drop/<int:pk>/", DeleteView.as_view(model=Product, success_url="/products/")),
    path("json/", json),
    path("later/", later),
    path("stream/", stream),
    path("download/", download),
    path("broken/", broken),
    path("upload/", upload),
    path("archive/<yyyy:year>/", archive, name="archive"),
    path("cached/", cache_page(60)(ListView.as_view(model=Product))),
    path("feed/", Latest()),
    path("js/", JavaScriptCatalog.as_view()),
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": {"products": GenericSitemap({"queryset": Product.objects.all()})}},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    re_path(r"^old/(?P<pk>\d+)/$", DetailView.as_view(model=Product)),
    *i18n_patterns(path("local/", ListView.as_view(model=Product), name="local")),
]
