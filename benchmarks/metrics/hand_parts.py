# ruff: noqa: S608 - put together from the constants of this file alone
"""What the queries by hand are made of: hazards as they stand on a day, by the same definitions.

A query that leaves them out (what was known, history, extension, signature, what a report says of
itself) gives another answer on another day.
"""

AS_OF = "DATE '2023-11-15'"
#: The day from which changes are told: one working node before.
SINCE = "DATE '2023-10-31'"

UNDONE = "('not_started', 'in_progress', 'blocked', 'rejected', 'transferred')"
DONE = "('done', 'done_onspot', 'pending_accept', 'closed')"
#: What a ledger claims alone, and what does not count, is no acceptance.
SIGNED = """(
                SELECT * REPLACE (
                    CASE WHEN coalesce(closure, '') NOT IN ('claimed', 'self') THEN accepted_on END
                        AS accepted_on,
                    CASE WHEN coalesce(closure, '') NOT IN ('claimed', 'self') THEN accepted_by END
                        AS accepted_by
                ) FROM hazard
            )"""
PATH = "LEFT JOIN submission AS s USING (submission_id)"


def raw(day: str, name: str = "d", known: str = "known_to IS NULL") -> str:
    """CTEs: the hazards of a day with what their past and their dates say, the void ones too."""
    return f"""{name}_dated AS (
            SELECT *,
                coalesce(extended_due_on, due_on) AS due,
                coalesce(least(found_on, first_known_on, known_from), known_from) AS opened,
                coalesce(said_done_since, known_from) AS said_on,
                CASE WHEN accepted_by IS NOT NULL THEN greatest(accepted_on, closed_on) END
                    AS closed,
                status IS NOT DISTINCT FROM 'void' AS void,
                rect_type = '长期坚持' AND coalesce(extended_due_on, due_on) IS NULL AS standing
            FROM {SIGNED} WHERE {known}
        ),
        {name}_raw AS (
            SELECT *,
                CASE WHEN status NOT IN {UNDONE} THEN least(
                    CASE WHEN closed IS NOT NULL THEN accepted_on END,
                    CASE WHEN status IN {DONE} THEN said_on END
                ) END AS told,
                CASE WHEN status NOT IN {UNDONE} THEN least(coalesce(done_on, told), closed)
                END AS done
            FROM {name}_dated WHERE opened <= {day}
        )"""


def is_open(day: str) -> str:
    """Whether a hazard is not done."""
    return f"(done IS NULL OR done > {day})"


def is_closed(day: str) -> str:
    """Whether a hazard is struck off, with day and signature."""
    return f"(status NOT IN {UNDONE} AND closed <= {day})"


def in_time(day: str) -> str:
    """Whether a hazard that is done was so by its deadline, by its day or else by its reports."""
    return (
        f"""(done <= {day} AND CASE WHEN done_on IS NULL THEN told <= due ELSE done <= due END)"""
    )


def done_late(day: str) -> str:
    """Whether a hazard that is done was not so on the day of its deadline."""
    return f"""(done <= {day} AND CASE
            WHEN done_on IS NULL THEN told > due AND said_open_until >= due ELSE done > due END)"""


def is_late(day: str) -> str:
    """Whether a hazard is overdue."""
    return f"({is_open(day)} AND due < {day} AND NOT void)"


def state(day: str) -> str:
    """The state of a hazard."""
    return f"""CASE WHEN void THEN 'void' WHEN {is_closed(day)} THEN 'closed'
            WHEN NOT {is_open(day)} THEN 'accepting'
            WHEN standing THEN 'standing' WHEN due IS NULL THEN 'undated'
            WHEN due < {day} THEN 'overdue' WHEN due <= {day} + 7 THEN 'due_soon'
            ELSE 'open' END"""


#: The hazards that stand.
HAZARDS = f"WITH {raw(AS_OF)}, d AS (FROM d_raw WHERE NOT void)"
OPEN, CLOSED, LATE, STATE = is_open(AS_OF), is_closed(AS_OF), is_late(AS_OF), state(AS_OF)
IN_TIME, DONE_LATE = in_time(AS_OF), done_late(AS_OF)
