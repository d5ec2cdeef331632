"""What the shop keeps."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class InStock(models.Manager):
    """What can be sold."""

    def get_queryset(self) -> models.QuerySet:
        """Return what there is."""
        return super().get_queryset().filter(stock__gt=0)


class Kind(models.TextChoices):
    """What kinds of products there are."""

    TEA = "tea", _("Tea")
    CUP = "cup", _("Cup")


class Maker(models.Model):
    """Who makes products."""

    name = models.CharField(_("name"), max_length=50, unique=True, db_index=True)
    site = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A label stuck on something."""

    text = models.SlugField()
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveIntegerField()
    thing = GenericForeignKey()

    def __str__(self) -> str:
        return self.text


class Product(models.Model):
    """What is sold."""

    title = models.CharField(max_length=80)
    kind = models.CharField(choices=Kind, default=Kind.TEA, max_length=3)
    price = models.DecimalField(max_digits=6, decimal_places=2, validators=[MinValueValidator(0)])
    stock = models.IntegerField(default=0)
    added = models.DateTimeField(auto_now_add=True)
    details = models.JSONField(default=dict)
    picture = models.FileField(upload_to="pictures", blank=True)
    maker = models.ForeignKey(Maker, models.PROTECT, related_name="products")
    goes_with = models.ManyToManyField("self", blank=True)
    labels = GenericRelation(Label)

    objects = models.Manager()
    in_stock = InStock()

    class Meta:
        ordering = ("title",)
        indexes = (models.Index(fields=["kind", "price"], name="by_kind"),)
        constraints = (models.CheckConstraint(condition=models.Q(price__gte=0), name="priced"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page."""
        return f"/products/{self.pk}/"


class Special(Product):
    """A product for a while."""

    until = models.DateField(null=True)


class Cheap(Product):
    """The same, called otherwise."""

    class Meta:
        proxy = True
