"""What is known of installed libraries: the records that the link phase asks."""

import msgspec


class InstalledClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of an installed library.

    Attributes:
        name: canonical dotted name of the place that defines it.
        bases: canonical names of its direct bases, in order.
        metaclasses: canonical names.
        made_by: library functions whose results it inherits from.
        body: names that its body binds.
        binds: attributes that its methods bind on the instance.
        calls: methods that its constructors call on the instance.
        transforms: it makes the annotations of its subclasses fields (PEP 681).
        plain: nothing in it could make fields of the annotations in a subclass.
    """

    name: str
    bases: tuple[str, ...] = ()
    metaclasses: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    body: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    transforms: bool = False
    plain: bool = False


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of installed libraries in one run.

    Attributes:
        classes: by their canonical names.
        places: other name of such a class -> its canonical name.
        aliases: other name of what a table speaks of -> the name that the table knows.
        returns: function -> canonical name of the class of what it returns.
        transforms: decorators that make the annotations of a class fields (PEP 681).
        files: number of files that were read.
        size: of these files in bytes.
    """

    classes: dict[str, InstalledClass] = {}
    places: dict[str, str] = {}
    aliases: dict[str, str] = {}
    returns: dict[str, str] = {}
    transforms: frozenset[str] = frozenset()
    files: int = 0
    size: int = 0

    def find(self, dotted: str) -> InstalledClass | None:
        """Return the class of a canonical name, if its source was read."""
        return self.classes.get(self.place_of(dotted))

    def place_of(self, dotted: str) -> str:
        """Return the canonical name of a class, if its source was read, else the name given."""
        return self.places.get(dotted, dotted)


NOTHING_INSTALLED = Installed()
