"""What the staff of the shop sees."""

from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from workloads.django.shop.models import Label, Maker, Product


class Labels(GenericTabularInline):
    """The labels on a product."""

    model = Label
    extra = 1


class ProductsInline(admin.TabularInline):
    """The products of a maker."""

    model = Product
    fields = ("title", "kind", "price")
    extra = 0


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    """How products are listed and changed."""

    list_display = ("title", "kind", "price", "dear")
    list_filter = ("kind", "maker", "added")
    list_editable = ("price",)
    search_fields = ("title", "maker__name")
    autocomplete_fields = ("maker",)
    filter_horizontal = ("goes_with",)
    date_hierarchy = "added"
    inlines = (Labels,)
    actions = ("sell_out",)
    readonly_fields = ("added",)

    @admin.display(boolean=True)
    def dear(self, product: Product) -> bool:
        """Say whether it costs much."""
        return product.price > 5

    @admin.action(description="Sell out")
    def sell_out(self, request, queryset) -> None:  # noqa: ANN001 - as Django calls it
        """Sell all there is."""
        queryset.update(stock=0)


@admin.register(Maker)
class MakerAdmin(admin.ModelAdmin):
    """How makers are listed."""

    search_fields = ("name",)
    inlines = (ProductsInline,)
