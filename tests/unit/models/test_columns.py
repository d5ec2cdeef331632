"""What becomes of a mutable column default in SQLAlchemy."""

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from pystatelint.models import Tables


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "rows"

    number: Mapped[int] = mapped_column(primary_key=True)
    mapped = mapped_column(sa.JSON, default={})
    inserted = mapped_column(sa.JSON, insert_default={})
    plain = sa.Column(sa.JSON, default={})
    made = mapped_column(sa.JSON, default=dict)


def test_rows_share_the_default_that_is_no_callable(tables: Tables) -> None:
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        first, second = Row(), Row()
        session.add_all([first, second])
        session.flush()
        assert first.mapped is second.mapped
        assert first.inserted is second.inserted
        assert first.plain is second.plain
        assert first.made is not second.made
    engine.dispose()
    for name in ("sqlalchemy.Column", "sqlalchemy.orm.mapped_column"):
        assert tables.columns[name].outcome == "shared"
        assert {"default", "insert_default"} <= set(tables.columns[name].defaults)
