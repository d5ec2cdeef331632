"""A shop with SQLAlchemy: tables, sessions, events, SQL of many databases, automap, reflection."""

from workloads.sqlalchemy.core import (
    compile_for_databases,
    core,
    dialects,
    events,
    pools,
    reflect,
    types,
    use_later,
)
from workloads.sqlalchemy.orm import (
    automap,
    classes,
    extensions,
    inheritance,
    load,
    map_shop,
    orm_events,
    sessions,
    teardown,
)

STAGES = (
    map_shop,
    sessions,
    load,
    core,
    compile_for_databases,
    dialects,
    types,
    events,
    orm_events,
    pools,
    reflect,
    automap,
    inheritance,
    extensions,
    classes,
    use_later,
    teardown,
)
