"""Engine set-up, column types and `atomically`: the only commit and rollback in the program."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from flask import current_app, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, Executable, MetaData, event
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.orm import DeclarativeBase, scoped_session

from app.db_columns import BigId as BigId  # noqa: PLC0414  callers take columns and statements from here
from app.db_columns import Json as Json  # noqa: PLC0414
from app.db_columns import UtcDateTime as UtcDateTime  # noqa: PLC0414
from app.db_engine import engine_options as engine_options  # noqa: PLC0414
from app.db_prepared import Prepared as Prepared  # noqa: PLC0414
from app.db_prepared import execute, on_driver
from app.db_sqlite import BUSY, Gate, file_of, make_durable
from app.db_together import Together, Write
from app.refusals import Unavailable
from app.web.kept import kept

T = TypeVar("T")
# A row of any width, so that a frozen dataclass can be made of it.
AnyRow = Row[*tuple[Any, ...]]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Schema only: no mapped object crosses a function border."""

    metadata = MetaData(naming_convention=NAMING)


class _Sessions(scoped_session[Any]):
    """Sessions serve the extensions; the program holds a plain connection, which goes back with them."""

    def remove(self) -> None:
        release()
        # Empty nearly always, and asked for at the end of every request.
        if self.registry.registry:
            super().remove()


db = SQLAlchemy(model_class=Base, engine_options={})
db.session = _Sessions(db.session.session_factory, db.session.registry.scopefunc)
# Where an application context keeps its connection, taken at first use.
HELD = "dabiao_connection"


PLAIN = "dabiao_plain_reads"
# What PostgreSQL answers to a write on a server that only follows another one (SQLSTATE read_only_sql_transaction).
READ_ONLY = "25006"
_writing: ContextVar[bool] = ContextVar("writing", default=False)
# The connection of a transaction that several share, for the one that works in it just now.
_turn: ContextVar[Connection | None] = ContextVar("turn", default=None)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    # Taking the write lock at once spares the upgrade that SQLite refuses when another writer came between. Reads
    # need no transaction there: each statement sees what is committed, as it does on PostgreSQL.
    if connection.dialect.name != "sqlite" or _driver_of(connection).in_transaction:
        return
    if _writing.get() or not connection.get_execution_options().get(PLAIN):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


_gate = Gate()


def atomically(work: Callable[[], T], *, shared: bool = False) -> T:
    """Run `work` in one transaction: returning commits, raising rolls back.

    A lost race on a unique key runs it once more with fresh state. `shared` is for short works of which many come at
    once: on SQLite those that wait become one transaction (`app/db_together.py`), in which each sees what those before
    it did, and is undone alone when it raises; it may run in another thread, with the context of its own.
    Raises Unavailable when the database is locked, away, or one that may only be read.
    """
    if _writing.get():
        raise RuntimeError("atomically() does not nest: call it at the edge only")
    token = _writing.set(True)
    try:
        return _attempt(work, shared)
    except IntegrityError:
        return _attempt(work, shared)
    except OperationalError as away:
        raise Unavailable(BUSY) from away
    except InternalError as refused:
        if getattr(refused.orig, "sqlstate", None) != READ_ONLY:
            raise
        # A replica, or a leader of before: the next call looks for the leader anew.
        _link().invalidate()
        raise Unavailable(BUSY) from refused
    finally:
        _writing.reset(token)


def _attempt(work: Callable[[], T], shared: bool) -> T:
    link = _link()
    _end_reading(link)
    file = file_of(link.engine)
    if shared and file:
        found: T = _writes_of(file).run(work)
        return found
    with _gate.held(file):
        try:
            _begin_writing(link)
            result = work()
            _commit(link)
        except BaseException:
            _end_reading(link)
            raise
    if file:
        make_durable(file)
    return result


def _begin_writing(link: Connection) -> None:
    # On the driver itself: SQLAlchemy joins once it runs a statement of its own, prepared ones go past it.
    if link.dialect.name == "sqlite":
        on_driver(link, "execute", "BEGIN IMMEDIATE")


def _commit(link: Connection) -> None:
    if link.in_transaction():
        link.commit()
    else:
        on_driver(link, "commit")


_together: dict[str, Together] = {}


def _writes_of(file: str) -> Together:
    found = _together.get(file)
    return found or _together.setdefault(file, Together(partial(_carry, file), partial(make_durable, file)))


def _carry(file: str, writes: Iterator[Write]) -> None:
    """Many works in one transaction on the connection of this thread."""
    link, first = _link(), next(writes)
    with _gate.held(file, first.came):
        try:
            some = False
            for write in chain((first,), writes):
                some = _joins(link, write) if some else _opens(link, write)
            if some:
                _commit(link)
        except BaseException:
            _end_reading(link)
            raise


def _opens(link: Connection, write: Write) -> bool:
    """The first of a transaction; False when it raised and there is none."""
    _begin_writing(link)
    kept_it = write.run(partial(_on, link))
    if not kept_it:
        _end_reading(link)
    return kept_it


def _joins(link: Connection, write: Write) -> bool:
    """One more; undone alone when it raises. Raises Unavailable when SQLite gave up all of the transaction for it."""
    on_driver(link, "execute", "SAVEPOINT before")
    if not write.run(partial(_on, link)):
        if not _driver_of(link).in_transaction:
            raise Unavailable(BUSY) from write.fault
        on_driver(link, "execute", "ROLLBACK TO before")
    on_driver(link, "execute", "RELEASE before")
    return True


def _on(link: Connection, work: Callable[[], T]) -> T:
    turn = _turn.set(link)
    try:
        return work()
    finally:
        _turn.reset(turn)


def _end_reading(link: Connection) -> None:
    """Nothing of what went before is part of what comes; a connection that broke makes way for a new one."""
    try:
        _roll_back(link)
    except (DBAPIError, link.dialect.loaded_dbapi.Error):
        link.invalidate()


def _roll_back(link: Connection) -> None:
    if link.get_transaction() is not None:  # active or not: one whose commit failed is there still
        link.rollback()
    elif not link.invalidated and (link.dialect.name == "postgresql" or _driver_of(link).in_transaction):
        _driver_of(link).rollback()


def _driver_of(link: Connection) -> Any:
    return link.connection.dbapi_connection


def _link() -> Connection:
    """The connection of this context; plain Core on it costs a third less than a session's execute."""
    turn = _turn.get()
    if turn is not None:
        return turn
    here = kept()
    held: Connection | None = here.get(HELD)
    if held is None or held.closed:
        here[HELD] = held = _parked_link() or db.engine.connect().execution_options(**{PLAIN: True})
    return held


# One connection to a SQLite file stays with its thread: taking one from the pool costs as much as two reads.
_parked = threading.local()


def _parked_link() -> Connection | None:
    app, link = _parked.__dict__.pop("link", (None, None))
    if link is not None and (app is not _app() or link.closed or link.invalidated):
        link.close()
        return None
    found: Connection | None = link
    return found


def release() -> None:
    """Give the connection of this context back."""
    link: Connection | None = kept().pop(HELD, None) if has_app_context() else None
    if link is None or link.closed:
        return
    if link.dialect.name != "sqlite" or link.invalidated or hasattr(_parked, "link"):
        link.close()
    else:
        _end_reading(link)
        _parked.link = (_app(), link)


def _app() -> object:
    return current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  the documented way


def dialect_name() -> str:
    """Of the database of this context: sqlite or postgresql."""
    return _link().dialect.name


def rows(statement: Executable | Prepared, params: Any = None) -> Sequence[AnyRow]:
    """All rows of a select."""
    if isinstance(statement, Prepared):
        cursor, form = execute(_link(), statement, params)
        return form.rows(cursor)
    found: Sequence[AnyRow] = _link().execute(statement, params).all()
    return found


def row(statement: Executable | Prepared, params: Any = None) -> AnyRow | None:
    """The first row of a select, or None."""
    if isinstance(statement, Prepared):
        first = rows(statement, params)
        return first[0] if first else None
    found: AnyRow | None = _link().execute(statement, params).first()
    return found


def scalar(statement: Executable | Prepared, params: Any = None) -> Any:
    """The first column of the first row, or None."""
    if isinstance(statement, Prepared):
        first = row(statement, params)
        return first[0] if first else None
    return _link().execute(statement, params).scalar()


def run(statement: Executable, params: Any = None) -> CursorResult[Any]:
    """Execute an insert, update or delete inside the transaction that `atomically` opened."""
    _refuse_outside()
    return _link().execute(statement, params)


def write(statement: Prepared, params: Any) -> Sequence[AnyRow]:
    """The same for a prepared one; gives the rows that it returns, none when it returns none."""
    _refuse_outside()
    cursor, form = execute(_link(), statement, params)
    return form.rows(cursor) if cursor.description else ()


def _refuse_outside() -> None:
    if not _writing.get():
        raise RuntimeError("a write outside atomically()")
