"""Statements of the hot paths, compiled once and run on the driver's own cursor: a third of the cost of the usual way.

Building the text, the execution context and the result of a statement costs more than SQLite needs to answer it. The
schema, its types and both dialects stay SQLAlchemy's: only what is the same every time is done once.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from time import perf_counter
from typing import Any

from sqlalchemy import BindParameter, Boolean, Insert, Select, Update
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeEngine

from app.db_slow import LEAST_S, note

Processor = Callable[[Any], Any]
Values = Mapping[str, Any]


class Prepared:
    """A statement of the module, named once: `found = Prepared(select(...).where(c == bindparam("id")))`.

    For inserts `columns` names what every run gives; columns with a default of Python's have to be among them.
    A bindparam with `expanding=True` takes a list; each length is compiled once.
    """

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self.columns = list(columns) if columns else None
        self._forms: dict[Any, Form] = {}
        self._lists = _lists_in(statement)

    def form(self, dialect: Dialect, values: Values) -> "Form":
        """The compiled form for this database and for lists of these lengths."""
        key = (dialect.name, *(len(values[name]) for name in self._lists)) if self._lists else dialect.name
        found = self._forms.get(key)
        if found is None:
            found = self._forms[key] = Form(self, dialect, values)
        return found


class Form:
    """Text, what is done to the values on their way in, and how a row comes out."""

    def __init__(self, prepared: Prepared, dialect: Dialect, values: Values) -> None:
        compiled: SQLCompiler = prepared.statement.compile(dialect=dialect, column_keys=prepared.columns)
        _refuse_defaults(compiled)
        state = compiled.construct_expanded_state(dict(values), escape_names=False)
        self.text = state.statement
        self.order = list(state.positiontup or ()) if compiled.positional else None
        self.lists = {name: state.parameter_expansion[name] for name in values if name in state.parameter_expansion}
        given = {*values, *(each for names in self.lists.values() for each in names)}
        self.fixed = {name: value for name, value in state.parameters.items() if name not in given}
        binders = {**_binders(compiled, dialect), **state.processors}
        self.fixed = {name: _bound(binders.get(name), value) for name, value in self.fixed.items()}
        self._binders = [(name, binder) for name, binder in binders.items() if name in given and name not in self.lists]
        self._quick = self._quick_way()
        self._columns = _columns(compiled.statement)
        self._dialect = dialect
        self._row: Callable[[Iterable[Any]], Any] = tuple
        self._makers: list[tuple[int, Processor]] | None = None

    def bound(self, values: Values) -> Any:
        """The values as the driver takes them."""
        named = {**self.fixed, **values} if self.fixed else values
        if self._quick is not None:
            take, binders = self._quick
            row = list(take(named))
            for place, binder in binders:
                # An open value is NULL for every type that this program uses.
                if row[place] is not None:
                    row[place] = binder(row[place])
            return row
        named = dict(named)
        for name, names in self.lists.items():
            named.update(zip(names, named.pop(name), strict=True))
        for name, binder in self._binders:
            named[name] = binder(named[name])
        return [named[name] for name in self.order] if self.order is not None else named

    def _quick_way(self) -> tuple[Callable[[Values], Iterable[Any]], list[tuple[int, Processor]]] | None:
        """Places instead of names, where the driver takes places and no list grows."""
        if self.order is None or self.lists or len(self.order) < 2:
            return None
        binders = dict(self._binders)
        places = [(place, binders[name]) for place, name in enumerate(self.order) if name in binders]
        return itemgetter(*self.order), places

    def rows(self, cursor: Any) -> list[Any]:
        """Named tuples of what the driver gives."""
        if self._makers is None:
            self._learn(cursor.description)
        make, makers = self._row, self._makers
        if not makers:
            return [make(each) for each in cursor.fetchall()]
        made = []
        for each in cursor.fetchall():
            values = list(each)
            for place, maker in makers:
                values[place] = maker(values[place])
            made.append(make(values))
        return made

    def _learn(self, described: Sequence[Any]) -> None:
        """What is done to a value on its way out can depend on the type that the driver names."""
        named: Any = namedtuple("Found", [name for name, _ in self._columns], rename=True)  # type: ignore[misc]  # noqa: PYI024
        self._row = named._make
        found = [
            (place, kind.dialect_impl(self._dialect).result_processor(self._dialect, described[place][1]))
            for place, (_, kind) in enumerate(self._columns)
        ]
        self._makers = [(place, maker) for place, maker in found if maker is not None]


def execute(link: Connection, prepared: Prepared, values: Any) -> tuple[Any, Form]:
    """Run on the connection's own cursor; many runs for a list of values. Errors are those of SQLAlchemy."""
    many = isinstance(values, list)
    first = (values[0] if many else values) or {}
    form = prepared.form(link.dialect, first)
    bound = [form.bound(each) for each in values] if many else form.bound(first)
    raw: Any = link.connection.dbapi_connection
    cursor = raw.cursor()
    # Nobody listens mostly; to go through the joined list of nobody takes four calls.
    if link.engine.dispatch.before_cursor_execute:
        for watcher in link.dispatch.before_cursor_execute:
            watcher(link, cursor, form.text, bound, None, many)
    began = perf_counter()
    try:
        if many:
            cursor.executemany(form.text, bound)
        else:
            cursor.execute(form.text, bound)
    except link.dialect.loaded_dbapi.Error as fault:
        raise _translated(link, form.text, bound, fault) from fault
    if (took_s := perf_counter() - began) >= LEAST_S:
        note(link, form.text, took_s)
    return cursor, form


def on_driver(link: Connection, deed: str, *words: str) -> None:
    """Call a method of the driver's own connection, with the errors of SQLAlchemy."""
    try:
        getattr(link.connection.dbapi_connection, deed)(*words)
    except link.dialect.loaded_dbapi.Error as fault:
        raise _translated(link, " ".join(words) or deed, None, fault) from fault


def _translated(link: Connection, text: str, bound: Any, fault: Exception) -> BaseException:
    dialect = link.dialect
    gone = isinstance(dialect, DefaultDialect) and dialect.is_disconnect(fault, link.connection.dbapi_connection, None)  # type: ignore[arg-type]
    made = DBAPIError.instance(
        text, bound, fault, dialect.loaded_dbapi.Error, connection_invalidated=gone, dialect=dialect,
    )  # fmt: skip
    if gone:
        link.invalidate(fault)
    return made


def _lists_in(statement: Any) -> tuple[str, ...]:
    """Names of the binds that take a list given at run time; lists written into the statement are rendered once."""
    binds = (each for each in iterate(statement) if isinstance(each, BindParameter))
    return tuple(sorted({each.key for each in binds if each.expanding and each.value is None}))


def _refuse_defaults(compiled: SQLCompiler) -> None:
    missing = [str(column) for column in (*compiled.insert_prefetch, *compiled.update_prefetch)]
    if missing:
        raise ValueError(f"a prepared statement has to be given {', '.join(missing)}")


def _binders(compiled: SQLCompiler, dialect: Dialect) -> dict[str, Processor]:
    found = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in compiled.binds.items()
        # Both drivers take True and False as they are.
        if not isinstance(bind.type, Boolean)
    }
    return {name: binder for name, binder in found.items() if binder is not None}


def _bound(binder: Processor | None, value: Any) -> Any:
    return binder(value) if binder else value


def _columns(statement: Any) -> list[tuple[str, TypeEngine[Any]]]:
    if isinstance(statement, Select):
        return [(str(name), column.type) for name, column in statement.selected_columns.items()]
    if isinstance(statement, Insert | Update) and statement._returning:  # noqa: SLF001  the one place that names them
        return [(str(name), column.type) for name, column in statement.exported_columns.items()]
    return []
