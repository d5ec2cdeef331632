"""Objects and their tables."""

from dataclasses import dataclass, field

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    create_engine,
    event,
    exc,
    func,
    inspect,
    orm,
    select,
    text,
    update,
)
from sqlalchemy.ext import baked
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.ext.horizontal_shard import ShardedSession
from sqlalchemy.ext.indexable import index_property
from sqlalchemy.ext.mutable import MutableList, MutableSet
from sqlalchemy.ext.serializer import dumps, loads
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, registry, relationship
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.types import JSON
from workloads.sqlalchemy.shop import Base, Kind, Label, Maker, Product, Size

FILE = "sqlite:///shop.db"


def map_shop() -> None:
    """Configure the mappers, and make the tables."""
    orm.configure_mappers()
    engine = create_engine(FILE)
    Base.metadata.create_all(engine)
    engine.dispose()


def sessions() -> None:
    """Add, change, delete, roll back, merge, refresh, expire, detach."""
    engine = create_engine(FILE, echo=False, logging_name="shop")
    make = orm.sessionmaker(engine, expire_on_commit=False)
    with make.begin() as session:
        leaf = Maker(name="Leaf", country="IN")
        leaf.products = [Product(title=f" tea {n} ", price=n, size=Size(n, n)) for n in range(4)]
        leaf.products[0].labels = {Label(text="new"), Label(text="green")}
        session.add_all([leaf, Maker(name="Clay")])
    with make() as session:
        tea = session.get(Product, 1)
        tea.details["a"] = 1
        tea.labels.pop()
        with session.begin_nested() as inner:
            session.add(Label(text="gone"))
            session.flush()
            inner.rollback()
        try:
            with session.begin_nested():
                session.execute(update(Product).values(title=None))
        except exc.IntegrityError:
            pass
        session.commit()
        session.expire_all()
        session.refresh(tea)
        copy = session.merge(Product(id=1, title="merged", price=9))
        session.delete(session.get(Product, 4))
        session.commit()
        session.expunge(copy)
        orm.make_transient(copy)
        assert inspect(copy).transient
        session.bulk_insert_mappings(Label, [{"text": "bulk"}])
        session.bulk_save_objects([Label(text="saved")])
        session.commit()
        first = Session(engine)
        stale = first.get(Product, 2)
        session.get(Product, 2).title = "newer"
        session.commit()
        stale.title = "older"
        try:
            first.commit()
        except orm.exc.StaleDataError:
            first.rollback()
        first.close()
    local = orm.scoped_session(make)
    assert local.query(Product).count() == 3
    local.remove()
    orm.close_all_sessions()


def load() -> None:
    """Ask in many ways."""
    engine = create_engine(FILE)
    other = aliased(Product)
    with Session(engine) as session:
        for asked in (
            select(Product).where(Product.dear).options(orm.joinedload(Product.maker)),
            select(Maker).options(orm.selectinload(Maker.products).subqueryload(Product.labels)),
            select(Product).options(orm.undefer(Product.text), orm.load_only(Product.title)),
            select(Product).options(orm.raiseload("*"), orm.noload(Product.labels)),
            select(Maker).join(Maker.products).options(orm.contains_eager(Maker.products)),
            select(Product).options(orm.with_loader_criteria(Label, Label.text != "old")),
            select(Product).where(Product.labels.any(Label.text == "new")),
            select(Product).where(Product.maker.has(name="Leaf"), Product.size == Size(1, 1)),
            select(Product, other).join(other, other.id > Product.id),
            select(Maker).where(Maker.titles.contains("merged")),
            select(orm.Bundle("two", Product.id, Product.title)),
            select(Product).from_statement(text("SELECT * FROM product")),
            select(Product).order_by(Product.kind == Kind.TEA).slice(0, 2),
        ):
            assert session.execute(asked).unique().all() is not None
        query = session.query(Product).filter_by(kind=Kind.TEA).options(orm.defer(Product.price))
        assert query.first().maker.products[0].text is not None
        assert query.yield_per(1).all()
        assert query.with_entities(func.sum(Product.price)).scalar()
        session.query(Product).filter(Product.id > 2).update({"title": "u"})
        session.query(Label).filter(Label.text == "bulk").delete()
        bakery = baked.bakery()
        assert bakery(lambda s: s.query(Product))(session).all()
        assert loads(dumps(select(Product)), Base.metadata, session) is not None
        session.commit()


def orm_events() -> None:
    """Listen to mappers, attributes, sessions; stop listening."""
    heard = []

    def hear(*parts: object, **named: object) -> None:
        heard.append(parts)

    listened = [
        (Product, "before_insert"),
        (Product, "load"),
        (Product.title, "set"),
        (Maker.products, "append"),
        (Session, "before_flush"),
        (Session, "after_commit"),
        (orm.Mapper, "after_configured"),
        (orm.Mapper, "mapper_configured"),
        (Base, "class_instrument"),
    ]
    for target, name in listened:
        event.listen(target, name, hear)
    event.listen(Base, "load", hear, propagate=True)
    event.listen(Product.title, "set", lambda _, value, *__: value, retval=True)
    make = orm.sessionmaker(create_engine(FILE))
    event.listen(make, "after_begin", hear, once=True)

    @event.listens_for(make, "do_orm_execute")
    def execute(state: orm.ORMExecuteState) -> None:
        state.update_execution_options(heard=True)

    with make() as session:
        session.add(Product(title="heard", maker=session.get(Maker, 1)))
        session.commit()
        session.scalars(select(Product)).all()
    for target, name in listened:
        if event.contains(target, name, hear):
            event.remove(target, name, hear)
    assert heard


def automap() -> None:
    """Let classes be made from tables, some of them declared."""
    engine = create_engine(FILE)
    base = automap_base()

    class Maker(base):
        __tablename__ = "maker"

    base.prepare(autoload_with=engine)
    orm.configure_mappers()
    assert Maker.product_collection is not None
    with Session(engine) as session:
        assert session.scalars(select(base.classes.label)).first()

    class Later(DeferredReflection, orm.declarative_base()):
        __tablename__ = "product"

    Later.prepare(engine)
    with Session(engine) as session:
        assert session.scalars(select(Later)).first().title


def inheritance() -> None:
    """Map hierarchies, imperatively and as data classes."""
    shared = registry()

    @shared.mapped
    class Person:
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)
        kind = Column(String)
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "person"}

    @shared.mapped
    class Clerk(Person):
        __tablename__ = "clerk"
        id = Column(ForeignKey("person.id"), primary_key=True)
        till = Column(Integer)
        __mapper_args__ = {"polymorphic_identity": "clerk", "polymorphic_load": "selectin"}

    @shared.mapped
    class Boss(Person):
        car = Column(String)
        __mapper_args__ = {"polymorphic_identity": "boss"}

    class Data(orm.MappedAsDataclass, orm.DeclarativeBase):
        pass

    class Note(Data):
        __tablename__ = "note"
        id: Mapped[int] = mapped_column(primary_key=True, init=False)
        text: Mapped[str] = mapped_column(default="")

    @dataclass
    class Plain:
        id: int = field(init=False)
        name: str = ""

    table = Table(
        "plain", shared.metadata, Column("id", Integer, primary_key=True), Column("name", String)
    )
    shared.map_imperatively(Plain, table)
    engine = create_engine("sqlite://")
    for each in (shared.metadata, Data.metadata):
        each.create_all(engine)
    with Session(engine) as session:
        session.add_all([Clerk(till=1), Boss(car="red"), Note(text="a"), Plain(name="b")])
        session.commit()
        every = orm.with_polymorphic(Person, "*")
        assert len(session.scalars(select(every)).all()) == 2
        assert session.scalars(select(orm.selectin_polymorphic(Person, [Clerk]) and Person)).all()
    shared.dispose()


def extensions() -> None:
    """Use the smaller extensions."""
    base = orm.declarative_base()

    class Basket(base):
        __tablename__ = "basket"
        id = Column(Integer, primary_key=True)
        things = Column(MutableList.as_mutable(JSON), default=list)
        marks = Column(MutableSet.as_mutable(String().with_variant(JSON, "sqlite")))
        first = index_property("things", 0)
        parent_id = Column(ForeignKey("basket.id"))
        children = relationship("Basket", collection_class=orm.attribute_keyed_dict("id"))
        many = relationship("Basket", lazy="write_only", viewonly=False, overlaps="children")

    class Shout(ColumnElement):
        inherit_cache = True

    @compiles(Shout)
    @compiles(Shout, "sqlite")
    def shout(element: Shout, compiler: object, **options: object) -> str:
        return "'SHOUT'"

    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with Session(engine) as session:
        basket = Basket(things=[1, 2])
        session.add(basket)
        session.commit()
        basket.things.append(3)
        session.commit()
        assert session.scalar(select(Shout())) == "SHOUT"
        assert basket.first == 1
        basket.children[7] = Basket(id=7)
        session.commit()
    with ShardedSession(
        shards={"a": engine},
        shard_chooser=lambda *_: "a",
        identity_chooser=lambda *_, **__: ["a"],
        execute_chooser=lambda *_: ["a"],
    ) as session:
        assert session.get(Basket, 7)


def classes() -> None:
    """Look at what is mapped."""
    mapper = inspect(Product)
    assert [each.key for each in mapper.column_attrs]
    assert mapper.relationships.maker.mapper.class_ is Maker
    assert orm.class_mapper(Maker).get_property("products").direction
    assert orm.object_session(Product()) is None
    assert orm.attributes.get_history(Product(title="a"), "title").added == ["a"]
    assert repr(Product.title)


def teardown() -> None:
    """Forget the mappings."""
    orm.clear_mappers()
    Base.metadata.clear()
