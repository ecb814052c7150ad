# ruff: noqa: S608 - the queries are put together from constants alone
"""Queries by hand for what needs more than one look at a hazard: its past, its like, its time."""

from benchmarks.metrics.hand_parts import (
    AS_OF,
    CLOSED,
    DONE,
    HAZARDS,
    OPEN,
    PATH,
    SINCE,
    STATE,
    UNDONE,
    is_closed,
    is_late,
    is_open,
    raw,
    state,
)

_KNOWN_THEN = f"known_from <= {SINCE} AND (known_to IS NULL OR known_to > {SINCE})"

BY_HAND = {
    "recurrence": f"""{HAZARDS},
        judged AS (SELECT *, {STATE} AS state FROM d)
        SELECT again.item_id, concat_ws('：', again.site, again.description), again.site,
            again.township, again.category, again.unit, again.level, before.item_id, before.done,
            before.state, again.opened, date_diff('day', before.done, again.opened), s.path,
            again.sheet, again.row_no
        FROM judged AS again
        INNER JOIN judged AS before
            ON again.region = before.region AND again.site = before.site
            AND again.category = before.category AND before.done <= {AS_OF}
            AND again.opened > before.done AND again.opened <= before.done + 90
        LEFT JOIN submission AS s ON again.submission_id = s.submission_id
        QUALIFY row_number() OVER (
            PARTITION BY again.item_id ORDER BY before.done DESC, before.item_id
        ) = 1
        ORDER BY again.opened DESC, again.site, again.item_id""",
    "deadline_slip": f"""{HAZARDS},
        sent AS (
            SELECT item_id, known_from, extended_due_on,
                coalesce(extended_due_on, due_on) AS due,
                lag(due) OVER (PARTITION BY item_id ORDER BY known_from) AS due_before
            FROM hazard WHERE first_known_on IS NOT NULL
        ),
        moves AS (
            SELECT item_id, arg_min(due, known_from) AS first_due,
                arg_max(due, known_from) AS last_due,
                arg_max(extended_due_on, known_from) IS NOT NULL AS approved,
                count(*) FILTER (WHERE due_before <> due) AS times,
                max(known_from) FILTER (WHERE due_before <> due) AS moved_on
            FROM sent GROUP BY item_id HAVING times > 0
        )
        SELECT d.item_id, concat_ws('：', site, description), d.unit, person,
            first_due, last_due, date_diff('day', first_due, last_due) AS days_moved, times,
            moved_on, approved, {STATE} AS state, s.path, d.sheet, row_no
        FROM moves INNER JOIN d USING (item_id) {PATH} WHERE first_due <> last_due
        ORDER BY days_moved DESC NULLS FIRST, d.unit, d.item_id""",
    "since": f"""WITH {raw(AS_OF)}, {raw(SINCE, "e", _KNOWN_THEN)},
        now AS (
            SELECT *, {STATE} AS state, coalesce({OPEN}, TRUE) AS is_open,
                coalesce({CLOSED}, FALSE) AS is_closed FROM d_raw
        ),
        before AS (
            SELECT item_id, due, {state(SINCE)} AS state,
                coalesce({is_open(SINCE)}, TRUE) AS is_open,
                coalesce({is_closed(SINCE)}, FALSE) AS is_closed,
                coalesce({is_late(SINCE)}, FALSE) AS is_late
            FROM e_raw
        ),
        both_days AS (
            SELECT now.*, before.due AS due_before, before.state AS state_before,
                before.item_id IS NOT NULL AS was_known,
                coalesce(NOT before.is_open, FALSE) AS was_done,
                coalesce(before.is_closed, FALSE) AS was_closed, s.path,
                coalesce(before.is_late, FALSE) AS was_late
            FROM now LEFT JOIN before ON now.item_id = before.item_id
            LEFT JOIN submission AS s ON now.submission_id = s.submission_id
        ),
        changes AS (
            SELECT 1 AS n, 'found' AS change, * FROM both_days
            WHERE NOT was_known AND NOT void AND opened > {SINCE}
            UNION ALL SELECT 2, 'registered', * FROM both_days
            WHERE NOT was_known AND NOT void AND opened <= {SINCE}
            UNION ALL SELECT 3, 'done', * FROM both_days
            WHERE NOT is_open AND NOT was_done AND NOT void AND done > {SINCE}
            UNION ALL SELECT 4, 'backdated', * FROM both_days
            WHERE NOT is_open AND NOT was_done AND NOT void AND done <= {SINCE}
            UNION ALL SELECT 5, 'closed', * FROM both_days
            WHERE is_closed AND NOT was_closed AND NOT void
            UNION ALL SELECT 6, 'reopened', * FROM both_days
            WHERE was_done AND is_open AND NOT void
            UNION ALL SELECT 7, 'overdue', * FROM both_days WHERE state = 'overdue' AND NOT was_late
            UNION ALL SELECT 8, 'later', * FROM both_days WHERE due > due_before AND NOT void
            UNION ALL SELECT 9, 'earlier', * FROM both_days WHERE due < due_before AND NOT void
            UNION ALL SELECT 10, 'cancelled', * FROM both_days
            WHERE due IS NULL AND due_before IS NOT NULL AND NOT void
            UNION ALL SELECT 11, 'void', * FROM both_days
            WHERE void AND was_known AND state_before <> 'void'
        )
        SELECT change, item_id, concat_ws('：', site, description), unit, person, level,
            due_before, due, CASE WHEN NOT is_open THEN done END, state_before, state, path, sheet,
            row_no
        FROM changes ORDER BY n, unit, item_id""",
    "suspect_closure": f"""{HAZARDS},
        done_ones AS (
            SELECT *, {STATE} AS state, concat_ws('；', description, measure) AS words FROM d
        ),
        f AS (SELECT * FROM done_ones WHERE done <= {AS_OF}),
        node AS (
            SELECT unnest(range(
                DATE '2023-10-15', {AS_OF} + 60, INTERVAL 15 DAY
            ))::DATE AS node_on
        ),
        busy AS (
            SELECT unit, done FROM f GROUP BY unit, done HAVING count(*) >= 5
                AND done IN (
                    SELECT node_on - back FROM node, unnest([0, 1, 2]) AS days (back)
                )
        ),
        again AS (
            SELECT f.item_id FROM f INNER JOIN (
                SELECT region, site, category, opened, min(item_id) AS one, max(item_id) AS other
                FROM d GROUP BY ALL
            ) AS g ON f.region = g.region AND f.site = g.site AND f.category = g.category
                AND g.opened > f.done AND g.opened <= f.done + 90
                AND (g.one <> f.item_id OR g.other <> f.item_id)
            GROUP BY ALL
        ),
        taken_back AS (
            SELECT item_id FROM (
                SELECT item_id, status IN {UNDONE} AND lag(status IN {DONE}) OVER (
                    PARTITION BY item_id ORDER BY known_from
                ) AS back
                FROM hazard WHERE first_known_on IS NOT NULL AND known_from <= {AS_OF}
            ) WHERE back GROUP BY ALL
        ),
        twins AS (
            SELECT region, unit, words FROM done_ones WHERE length(words) >= 15
            GROUP BY ALL HAVING count(DISTINCT site) > 1
        ),
        judged AS (
            SELECT f.*,
                coalesce(closure = 'self' OR accepted_by = person, FALSE)
                    AND coalesce(f.done <= {AS_OF}, FALSE) AS self_accepted,
                level = '重大' AND coalesce(f.done = opened, FALSE) AS same_day,
                busy.unit IS NOT NULL AS bunched,
                again.item_id IS NOT NULL AS recurred, t.item_id IS NOT NULL AS reopened,
                twins.unit IS NOT NULL AS copied,
                self_accepted::INT + same_day::INT + bunched::INT + recurred::INT + reopened::INT
                    + copied::INT AS reasons
            FROM (
                SELECT * FROM done_ones
                WHERE done <= {AS_OF} OR item_id IN (SELECT item_id FROM taken_back)
            ) AS f
            LEFT JOIN busy ON f.unit = busy.unit AND f.done = busy.done
            LEFT JOIN again ON f.item_id = again.item_id
            LEFT JOIN taken_back AS t ON f.item_id = t.item_id
            LEFT JOIN twins
                ON f.region = twins.region AND f.unit = twins.unit AND f.words = twins.words
        )
        SELECT item_id, concat_ws('：', site, description), j.unit, person, site, level, opened,
            CASE WHEN done <= {AS_OF} THEN done END,
            CASE WHEN accepted_on <= {AS_OF} THEN accepted_by END, state, self_accepted,
            same_day, bunched, recurred, reopened, copied, reasons, s.path, j.sheet, row_no
        FROM judged AS j {PATH} WHERE reasons > 0 ORDER BY reasons DESC, j.unit, item_id""",
}
SAME = {
    "recurrence": "item_id, title, site, township, category, unit, level, first_item_id, "
    "first_done_on, first_state, opened_on, days_between, path, sheet, row_no",
    "deadline_slip": "item_id, title, unit, person, first_due_on, due_on, days_moved, moves, "
    "moved_on, is_approved, state, path, sheet, row_no",
    "since": "change, item_id, title, unit, person, level, due_before, due_on, done_on, "
    "state_before, state, path, sheet, row_no",
    "suspect_closure": "item_id, title, unit, person, site, level, opened_on, done_on, "
    "accepted_by, state, self_accepted, same_day_major, bunched, recurred, reopened, copied, "
    "reasons, path, sheet, row_no",
}
