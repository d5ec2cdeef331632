"""The mapped classes of the shop."""

import datetime
import enum

from sqlalchemy import JSON, Column, Enum, ForeignKey, Numeric, String, Table, func, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    composite,
    mapped_column,
    relationship,
    synonym,
    validates,
)


class Base(DeclarativeBase):
    """What the classes of the shop share."""

    type_annotation_map = {dict[str, object]: MutableDict.as_mutable(JSON)}


class Kind(enum.Enum):
    """Kinds of products."""

    TEA = 1
    CUP = 2


class Size:
    """Two columns in one."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height

    def __composite_values__(self) -> tuple[int, int]:
        return self.width, self.height

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Size) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.width, self.height))


labelled = Table(
    "labelled",
    Base.metadata,
    Column("product_id", ForeignKey("product.id"), primary_key=True),
    Column("label_id", ForeignKey("label.id"), primary_key=True),
)


class Label(Base):
    """A label."""

    __tablename__ = "label"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(20), unique=True)


class Maker(Base):
    """Who makes products."""

    __tablename__ = "maker"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    country: Mapped[str | None]
    products: Mapped[list["Product"]] = relationship(
        back_populates="maker",
        order_by="Product.position",
        collection_class=ordering_list("position"),
        cascade="all, delete-orphan",
    )
    titles: AssociationProxy[list[str]] = association_proxy("products", "title")
    called = synonym("name")


class Product(Base):
    """What is sold."""

    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[Kind] = mapped_column(Enum(Kind), default=Kind.TEA)
    price: Mapped[float] = mapped_column(Numeric(6, 2), default=1)
    position: Mapped[int | None]
    details: Mapped[dict[str, object]] = mapped_column(default=dict)
    text: Mapped[str | None] = mapped_column(default="", deferred=True)
    added: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("maker.id"))
    version: Mapped[int] = mapped_column()
    width: Mapped[int | None]
    height: Mapped[int | None]
    size: Mapped[Size] = composite(Size, "width", "height")
    maker: Mapped[Maker | None] = relationship(back_populates="products", lazy="joined")
    labels: Mapped[set[Label]] = relationship(secondary=labelled, lazy="selectin")
    __mapper_args__ = {"version_id_col": version}

    @validates("title")
    def known(self, key: str, title: str) -> str:
        """Check a title."""
        return title.strip()

    @hybrid_property
    def dear(self) -> bool:
        """Whether it costs much."""
        return self.price > 5

    @dear.inplace.expression
    @classmethod
    def _dear_in_sql(cls) -> object:
        return cls.price > 5


Maker.number = column_property(
    select(func.count(Product.id))
    .where(Product.maker_id == Maker.id)
    .correlate_except(Product)
    .scalar_subquery()
)
