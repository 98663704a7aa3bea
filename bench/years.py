"""Thirteen months of a bureau, made up by DuckDB: 5,000 points of 30 units, windows with every outcome, their records.

Everything follows from a number and a hash of it, so that each run makes the same rows. A month of facts is made at a
time; the selects below give them as the product's own tables keep them, as texts that both databases take.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb

from bench.years_columns import TABLES
from bench.years_shape import DAYS, FIRST, HOLIDAYS, NOW, PEOPLE, POINTS, STANDARDS, UNITS


def months() -> Iterator[tuple[date, date]]:
    """First day and the day after the last, in turn."""
    first, last = FIRST, FIRST + timedelta(days=DAYS)
    while first < last:
        following = (first + timedelta(days=32)).replace(day=1)
        yield first, min(following, last)
        first = following


def facts(link: duckdb.DuckDBPyConnection, first: date, until: date, windows: int) -> None:
    """The temporary table `facts`: a row for each window of these days, of so many windows in all days together."""
    link.execute("SET TimeZone = 'UTC'")
    link.execute(facts_text(first, until, windows))


def facts_text(first: date, until: date, windows: int) -> str:
    """What makes that table."""
    slots = -(-windows // (DAYS * POINTS))
    kept = round(windows * 1_000_000 / (DAYS * POINTS * slots))
    last, holidays = until - timedelta(days=1), ",".join(f"'{each}'" for each in HOLIDAYS)
    numbers = f"""
        SELECT day, p, k, (day - DATE '{FIRST}') * {POINTS * slots} + p * {slots} + k + 1 AS id
        FROM (SELECT unnest(generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 DAY))::DATE AS day),
             (SELECT unnest(generate_series(0, {POINTS - 1})) AS p),
             (SELECT unnest(generate_series(0, {slots - 1})) AS k)
    """
    times = f"""
        SELECT *, p % {UNITS} AS u, p // {UNITS} % {PEOPLE} AS n, hash(id, 'fate') % 1000 AS fate,
               hash(id, 'more') % 1000 AS more,
               CASE WHEN k % 2 = 0 THEN p % {STANDARDS} ELSE (p + 7) % {STANDARDS} END AS s,
               CASE WHEN strftime(day, '%m-%d') IN ({holidays}) THEN 'holiday' WHEN isodow(day) > 5 THEN 'restday'
                    ELSE 'workday' END AS day_type,
               day::TIMESTAMP - INTERVAL 2 HOUR + to_minutes(
                    ((k * 960 + hash(p, 'start') % 960) // {slots} // 15 * 15)::BIGINT) AS start_at
        FROM ({numbers}) WHERE hash(id, 'kept') % 1000000 < {kept}
    """
    states = f"""
        SELECT *, start_at + INTERVAL 65 MINUTE AS grace_end_at, CASE
            WHEN start_at + INTERVAL 65 MINUTE > TIMESTAMP '{NOW:%Y-%m-%d %H:%M}' THEN 'planned'
            WHEN fate < 885 THEN 'in_window' WHEN fate < 935 THEN 'in_grace' WHEN fate < 960 THEN 'late'
            WHEN fate < 988 THEN 'missed' WHEN fate < 993 THEN 'unable' WHEN fate < 996 THEN 'exempt'
            WHEN fate < 998 THEN 'unknown' ELSE 'void' END AS state
        FROM ({times})
    """
    return f"""
        CREATE OR REPLACE TEMP TABLE facts AS
        SELECT *, state IN ('in_window', 'in_grace', 'late') AS done, more % 100 < 1 AS failed,
               CASE WHEN more % 10 = 3 THEN (n + 1) % {PEOPLE} ELSE n END AS by_n,
               start_at + to_seconds((300 + more * 2)::BIGINT) AS done_at,
               substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-8' || substr(h, 18, 3) || '-'
                   || substr(h, 21, 12) AS check_id
        FROM (SELECT *, md5(id::VARCHAR) AS h FROM ({states})) ORDER BY id
    """


def select(table: str) -> str:
    """The rows of a table for the facts that stand, in the order of time."""
    columns, source = TABLES[table]
    chosen = ", ".join(f"({value})::VARCHAR AS {name}" for name, value in columns.items())
    return f"SELECT {chosen} FROM {source} ORDER BY id"
