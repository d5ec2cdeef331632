"""How bad is it that two callers both insert a row?"""

import ast

import pytest

from pystatelint.config.schema import Config
from pystatelint.engine.shipped import shipped_knowledge
from pystatelint.facts.extract import extract
from pystatelint.link.build import link
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.module import ModuleInput
from pystatelint.rules.persistence.select_then_insert import RULE, check

MODEL = """
from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Tag(Base):
    __tablename__ = "tag"
    {columns}
"""
FUNCTION = """
{decorator}
def tag(session: Session, name: str):
    found = session.scalars(select(Tag).where(Tag.name == name)).first()
    if found is None:
        session.add(Tag(name=name))
"""
SERVED = "from fastapi import FastAPI\napp = FastAPI()\n"
ID = "id: Mapped[int] = mapped_column(primary_key=True)"

CASES = {
    "nothing refuses it": (f"{ID}\n    name: Mapped[str]", "both rows stay"),
    "unique column": (
        f"{ID}\n    name: Mapped[str] = mapped_column(unique=True)",
        "IntegrityError",
    ),
    "unique constraint": (
        f"{ID}\n    name: Mapped[str]\n    __table_args__ = (UniqueConstraint('name'),)",
        "IntegrityError",
    ),
    "key of the program": ("name: Mapped[str] = mapped_column(primary_key=True)", "IntegrityError"),
}


def reported(source: str) -> list[Finding]:
    facts = extract(ast.parse(source), source)
    module = ModuleInput("m", "m.py", package=False, test=False, facts=facts)
    return list(check(link([module], shipped_knowledge()), Config()))


@pytest.mark.parametrize(("columns", "harm"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("served", [False, True], ids=["not reached", "served"])
def test_the_database_decides_how_bad_it_is(columns: str, harm: str, served: bool) -> None:
    head = SERVED if served else ""
    decorator = "@app.post('/tags')" if served else ""
    source = head + MODEL.format(columns=columns) + FUNCTION.format(decorator=decorator)
    (found,) = reported(source)

    assert harm in found.message
    stays = served and harm == "both rows stay"
    assert found.code == RULE.code
    assert found.severity is (Severity.ERROR if stays else Severity.WARNING)
