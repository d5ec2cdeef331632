"""Statements, types, engines."""

import asyncio
import datetime
import uuid
from decimal import Decimal

import sqlalchemy
from sqlalchemy import (
    Column,
    Computed,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Sequence,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    bindparam,
    case,
    cast,
    create_engine,
    delete,
    event,
    exc,
    extract,
    func,
    insert,
    inspect,
    lambda_stmt,
    literal,
    pool,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, registry, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable, DropTable
from sqlalchemy.sql import functions, operators
from sqlalchemy.sql.expression import custom_op

FILE = "sqlite:///core.db"


def tables() -> tuple[MetaData, Table, Table]:
    """Return two tables."""
    naming = MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s"})
    maker = Table(
        "maker", naming, Column("id", Integer, primary_key=True), Column("name", String(9))
    )
    product = Table(
        "product",
        naming,
        Column("id", Integer, Identity(), primary_key=True),
        Column("title", String(20), index=True, comment="shown"),
        Column("price", sqlalchemy.Numeric(6, 2), default=lambda: Decimal(1)),
        Column("twice", Integer, Computed("price * 2")),
        Column("added", sqlalchemy.DateTime, onupdate=datetime.datetime.now),
        Column("maker_id", ForeignKey("maker.id", ondelete="CASCADE")),
        UniqueConstraint("title", "maker_id"),
        Index("cheap", "price", sqlite_where=text("price < 3")),
    )
    return naming, maker, product


def core() -> None:
    """Write and ask without objects."""
    metadata, maker, product = tables()
    engine = create_engine(FILE, isolation_level="SERIALIZABLE", query_cache_size=50)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(maker), [{"name": "Leaf"}, {"name": "Clay"}])
        rows = [{"title": f"t{n}", "maker_id": 1} for n in range(5)]
        assert connection.execute(insert(product).returning(product.c.id), rows).all()
        connection.execute(sqlite.insert(maker).values(id=1).on_conflict_do_nothing())
        connection.execute(
            update(product).where(product.c.id == bindparam("n")).values(title="x"), {"n": 1}
        )
        cheap = select(product).where(product.c.price < 3).cte("cheap")
        for asked in (
            select(cheap.c.title, func.count()).group_by(cheap.c.title).having(func.count() > 0),
            select(func.row_number().over(partition_by=product.c.maker_id, order_by=product.c.id)),
            select(case((product.c.price > 1, "dear"), else_="cheap").label("how")).distinct(),
            union_all(select(maker.c.name), select(product.c.title)).order_by("name"),
            select(product).where(tuple_(product.c.id, product.c.maker_id).in_([(1, 1)])),
            select(product)
            .join(maker)
            .where(maker.c.name.like("L%"), product.c.title.is_not(None)),
            select(extract("year", product.c.added), cast(product.c.price, Integer)),
            select(literal("a") + "b", literal(3) % 2, func.coalesce(product.c.title, "none")),
            text("SELECT :a AS a").bindparams(a=1).columns(a=Integer),
            lambda_stmt(lambda: select(maker)),
            select(product.c.title.op("||")("!")),
        ):
            result = connection.execute(asked)
            assert result.mappings().all() is not None
        connection.execute(delete(product).where(product.c.id == 5))
        assert connection.scalars(select(product.c.id)).partitions(2)
        connection.exec_driver_sql("SELECT 1")
    tree = select(func.json_each("[1]").table_valued("value"))
    assert str(tree)


def compile_for_databases() -> None:
    """Write the same statements for many databases."""
    _, maker, product = tables()

    class Greatest(functions.GenericFunction):
        type = Integer()
        inherit_cache = True

    @compiles(Greatest)
    def greatest(element: Greatest, compiler: object, **options: object) -> str:
        return f"MAX({compiler.process(element.clauses, **options)})"

    statements = (
        select(product).join(maker).where(product.c.title.ilike("a%")).limit(3).offset(1),
        select(product).with_for_update(skip_locked=True),
        insert(product).values(title="a").returning(product.c.id),
        update(product).values(price=product.c.price + 1),
        select(func.greatest(1, 2), func.now(), func.string_agg(product.c.title, ",")),
        select(product.c.title.regexp_match("a"), product.c.price.between(1, 2)),
        CreateTable(product),
        DropTable(maker),
        *(CreateIndex(each) for each in sorted(product.indexes, key=lambda each: each.name)),
        *(AddConstraint(each) for each in sorted(product.foreign_key_constraints, key=str)),
    )
    for each in (postgresql, mysql, oracle, mssql, sqlite):
        dialect = each.dialect()
        for statement in statements:
            try:
                assert str(statement.compile(dialect=dialect))
            except exc.CompileError:
                continue
    written = postgresql.insert(product).values(title="a")
    written = written.on_conflict_do_update(
        index_elements=["title"], set_={"price": written.excluded.price}
    )
    assert str(
        written.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    )
    asked = select(postgresql.array([1, 2]), postgresql.JSONB().python_type is not None)
    assert str(asked.compile(dialect=postgresql.dialect()))
    assert str(
        mysql.insert(product)
        .values(title="a")
        .on_duplicate_key_update(title="b")
        .compile(dialect=mysql.dialect())
    )
    assert custom_op("->>")
    assert operators.is_comparison(operators.eq)


def dialects() -> None:
    """Register a dialect of our own, and find others."""
    registry.register(
        "shop.sqlite", "sqlalchemy.dialects.sqlite.pysqlite", "SQLiteDialect_pysqlite"
    )
    engine = create_engine("shop+sqlite://")
    with engine.connect() as connection:
        assert connection.scalar(select(1)) == 1
    for url in ("postgresql+psycopg2://u:p@h/d", "mysql+pymysql://h/d", "oracle+oracledb://h"):
        try:
            sqlalchemy.engine.make_url(url).get_dialect()
            create_engine(url)
        except ImportError:
            continue
    mock = sqlalchemy.create_mock_engine("postgresql://", lambda *parts, **named: None)
    tables()[0].create_all(mock)
    Sequence("s").create(mock)
    assert sqlalchemy.engine_from_config({"sqlalchemy.url": "sqlite://"})


def types() -> None:
    """Keep values of every type."""

    class Mark(TypeDecorator):
        impl = String
        cache_ok = True

        def process_bind_param(self, value: object, dialect: object) -> str:
            return f"<{value}>"

    kinds = {
        "text": (sqlalchemy.Text, "a"),
        "flag": (sqlalchemy.Boolean, True),
        "day": (sqlalchemy.Date, datetime.date(2020, 1, 1)),
        "hour": (sqlalchemy.Time, datetime.time(1)),
        "span": (sqlalchemy.Interval, datetime.timedelta(1)),
        "blob": (sqlalchemy.LargeBinary, b"a"),
        "thing": (sqlalchemy.PickleType, {"a": [1]}),
        "json": (sqlalchemy.JSON, {"a": [1]}),
        "key": (sqlalchemy.Uuid, uuid.UUID(int=1)),
        "real": (sqlalchemy.Double, 1.5),
        "one": (sqlalchemy.Enum("a", "b", name="one"), "a"),
        "mark": (Mark, "m"),
    }
    metadata = MetaData()
    table = Table("kinds", metadata, *(Column(name, kind) for name, (kind, _) in kinds.items()))
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table), {name: value for name, (_, value) in kinds.items()})
        row = connection.execute(select(table).where(table.c.json["a"][0].as_integer() == 1)).one()
        assert row.key == uuid.UUID(int=1)


def events() -> None:
    """Listen to engines, pools and tables."""
    heard = []

    def hear(*parts: object, **named: object) -> None:
        heard.append(parts)

    metadata, maker, _ = tables()
    engine = create_engine("sqlite://")
    for target, name in (
        (engine, "before_cursor_execute"),
        (engine, "commit"),
        (sqlalchemy.Engine, "connect"),
        (sqlalchemy.Engine, "handle_error"),
        (pool.Pool, "checkout"),
        (engine.pool, "checkin"),
        (maker, "after_create"),
        (Table, "column_reflect"),
        (MetaData, "before_create"),
    ):
        event.listen(target, name, hear)
    event.listen(engine, "before_execute", lambda *parts: parts[1:4], retval=True)
    metadata.create_all(engine)
    with engine.connect() as connection:
        try:
            connection.exec_driver_sql("SELECT nothing")
        except exc.OperationalError:
            pass
    event.remove(sqlalchemy.Engine, "connect", hear)
    event.remove(pool.Pool, "checkout", hear)
    assert heard


def pools() -> None:
    """Take connections from each kind of pool."""
    for kind in (pool.QueuePool, pool.NullPool, pool.StaticPool, pool.SingletonThreadPool):
        engine = create_engine(FILE, poolclass=kind, echo_pool=False)
        with engine.connect() as one:
            one.execute(select(1))
            one.invalidate()
        engine.connect().detach()
        assert engine.pool.status()
        engine.dispose()


def reflect() -> None:
    """Read the tables of a database."""
    engine = create_engine(FILE)
    seen = inspect(engine)
    assert seen.get_columns("product")
    assert seen.get_foreign_keys("product")
    assert seen.get_multi_indexes()
    metadata = MetaData()
    metadata.reflect(engine, views=True)
    assert Table("maker", MetaData(), autoload_with=engine).c.name is not None
    assert metadata.tables["product"].to_metadata(MetaData()).name == "product"
    metadata.drop_all(engine)


def use_later() -> None:
    """Do some of it without blocking."""
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

    async def ask() -> None:
        metadata, maker, _ = tables()
        engine = create_async_engine("sqlite+aiosqlite://")
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
            await connection.execute(insert(maker), [{"name": "Leaf"}])
            rows = await connection.stream(select(maker))
            assert [row async for row in rows]
        make = async_sessionmaker(engine, class_=AsyncSession)
        async with make() as session:
            assert await session.scalar(select(1)) == 1
        await engine.dispose()

    asyncio.run(ask())
