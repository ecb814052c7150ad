# ruff: noqa: S608 - the queries are put together from the constants of this file alone
"""What somebody would write for the one answer, straight from the table of hazards.

Each query keeps to the same definitions as its metric (what was known, history, extension,
signature, what a report says of itself), since a query that leaves them out gives another answer
on another day. It knows that these data are hazards alone and that none was ever opened again.
"""

AS_OF = "DATE '2023-11-15'"

_UNDONE = "('not_started', 'in_progress', 'blocked', 'rejected')"
#: The hazards that stand, with what their past and their dates say of them.
_HAZARDS = f"""
    WITH h AS (
        SELECT *,
            coalesce(extended_due_on, due_on) AS due,
            coalesce(least(found_on, first_known_on, known_from), known_from) AS opened,
            coalesce(said_done_since, known_from) AS said_on,
            CASE WHEN accepted_by IS NOT NULL THEN greatest(accepted_on, closed_on) END AS closed,
            status IS NOT DISTINCT FROM 'void' AS void,
            rect_type = '长期坚持' AND coalesce(extended_due_on, due_on) IS NULL AS standing
        FROM hazard WHERE known_to IS NULL
    ),
    d AS (
        SELECT *,
            CASE WHEN status NOT IN {_UNDONE}
                THEN least(coalesce(done_on,
                    CASE WHEN status = 'done_onspot' THEN opened
                        WHEN closed IS NOT NULL THEN accepted_on
                        WHEN status IN ('done', 'pending_accept', 'closed') THEN said_on END),
                    closed)
            END AS done
        FROM h WHERE opened <= {AS_OF} AND NOT void
    )
"""
_OPEN = f"(done IS NULL OR done > {AS_OF})"
_CLOSED = (
    f"(status NOT IN ('not_started', 'in_progress', 'blocked', 'rejected') AND closed <= {AS_OF})"
)
_LATE = f"({_OPEN} AND due < {AS_OF} AND status <> 'suspended')"
_STATE = f"""CASE WHEN {_CLOSED} THEN 'closed' WHEN NOT {_OPEN} THEN 'accepting'
            WHEN status = 'suspended' THEN 'suspended' WHEN standing THEN 'standing'
            WHEN due IS NULL THEN 'undated' WHEN due < {AS_OF} THEN 'overdue'
            WHEN due <= {AS_OF} + 7 THEN 'due_soon' ELSE 'open' END"""
_PATH = "LEFT JOIN submission AS s USING (submission_id)"

BY_HAND = {
    "overview": f"""{_HAZARDS}
        SELECT count(*) FILTER (WHERE NOT standing),
            count(*) FILTER (WHERE done <= {AS_OF} AND NOT standing),
            count(*) FILTER (WHERE {_CLOSED} AND NOT standing),
            count(*) FILTER (WHERE due < {AS_OF}),
            count(*) FILTER (WHERE due < {AS_OF} AND done <= due),
            count(*) FILTER (WHERE {_LATE}),
            count(*) FILTER (WHERE standing),
            count(*) FILTER (WHERE level = '重大'),
            count(*) FILTER (WHERE level = '重大' AND {_CLOSED}),
            count(*) FILTER (WHERE supervised AND NOT coalesce({_CLOSED}, FALSE))
        FROM d""",
    "completion": f"""{_HAZARDS}
        SELECT CASE
                WHEN grouping(unit) = 0 THEN 'unit' WHEN grouping(township) = 0 THEN 'township'
                WHEN grouping(site_kind) = 0 THEN 'site_kind'
                WHEN grouping(category) = 0 THEN 'category'
                WHEN grouping(rect_type) = 0 THEN 'rect_type'
                WHEN grouping(level) = 0 THEN 'level'
                WHEN grouping(supervised) = 0 THEN 'supervised' ELSE 'all' END,
            count(*), count(*) FILTER (WHERE done <= {AS_OF}), count(*) FILTER (WHERE {_CLOSED}),
            count(*) FILTER (WHERE due < {AS_OF}),
            count(*) FILTER (WHERE due < {AS_OF} AND done <= due),
            count(*) FILTER (WHERE {_LATE})
        FROM d WHERE NOT standing
        GROUP BY GROUPING SETS ((), (unit), (township), (site_kind), (category), (rect_type),
            (level), (supervised))""",
    "overdue": f"""{_HAZARDS}
        SELECT item_id, concat_ws('：', site, description), d.unit, person, township, site, level,
            supervised, opened, due, date_diff('day', due, {AS_OF}) AS days_late,
            s.path, d.sheet, row_no
        FROM d {_PATH} WHERE {_LATE}
        ORDER BY days_late DESC, d.unit, item_id""",
    "due_soon": f"""{_HAZARDS}
        SELECT item_id, concat_ws('：', site, description), d.unit, person, due,
            date_diff('day', {AS_OF}, due) AS days_left, s.path, d.sheet, row_no
        FROM d {_PATH}
        WHERE {_OPEN} AND due BETWEEN {AS_OF} AND {AS_OF} + 7 AND status <> 'suspended'
        ORDER BY days_left, d.unit, item_id""",
    "hazard_mix": f"""{_HAZARDS}
        SELECT CASE
                WHEN grouping(category) = 0 AND grouping(township) = 0 THEN 'township_category'
                WHEN grouping(category) = 0 AND grouping(site_kind) = 0 THEN 'site_kind_category'
                WHEN grouping(category) = 0 THEN 'category'
                WHEN grouping(level) = 0 THEN 'level'
                WHEN grouping(site_kind) = 0 THEN 'site_kind'
                WHEN grouping(township) = 0 THEN 'township' ELSE 'source' END,
            count(*), count(*) FILTER (WHERE {_OPEN}), count(*) FILTER (WHERE {_LATE})
        FROM d
        GROUP BY GROUPING SETS ((category), (level), (site_kind), (township), (source),
            (township, category), (site_kind, category))""",
    "hazard_flow": f"""{_HAZARDS},
        counted AS (
            SELECT if(grouping(level) = 1, '全部', coalesce(level, '未填')) AS level,
                count(*) AS 发现, count(*) FILTER (WHERE judged_on <= {AS_OF}) AS 判定,
                count(*) FILTER (WHERE filed_on <= {AS_OF}) AS 立案,
                count(*) FILTER (WHERE supervised AND coalesce(supervised_on <= {AS_OF}, TRUE))
                    AS 督改,
                count(*) FILTER (WHERE done <= {AS_OF}) AS 整改,
                count(*) FILTER (WHERE accepted_on <= {AS_OF} AND accepted_by IS NOT NULL) AS 验收,
                count(*) FILTER (WHERE {_CLOSED}) AS 销号,
                count(*) FILTER (
                    WHERE {_CLOSED} AND judged_on <= {AS_OF}
                        AND (level <> '重大' OR filed_on <= {AS_OF})
                ) AS 建档
            FROM d GROUP BY GROUPING SETS ((), (level))
        )
        UNPIVOT counted ON COLUMNS(* EXCLUDE level) INTO NAME stage VALUE items""",
    "recurrence": f"""{_HAZARDS},
        judged AS (SELECT *, {_STATE} AS state FROM d)
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
    "deadline_slip": f"""{_HAZARDS},
        sent AS (
            SELECT item_id, known_from, extended_due_on,
                coalesce(extended_due_on, due_on) AS due,
                lag(due) OVER (PARTITION BY item_id ORDER BY known_from) AS due_before
            FROM hazard WHERE known_from <= {AS_OF} AND first_known_on IS NOT NULL
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
            moved_on, approved, {_STATE} AS state, s.path, d.sheet, row_no
        FROM moves INNER JOIN d USING (item_id) {_PATH}
        ORDER BY days_moved DESC NULLS FIRST, d.unit, d.item_id""",
    "clarity": f"""{_HAZARDS},
        counted AS (
            SELECT unit, grouping(unit) AS every, count(*) AS items, count(person) AS named,
                count(unit) AS placed, count(*) FILTER (WHERE due IS NOT NULL OR standing) AS dated,
                count(*) FILTER (
                    WHERE person IS NOT NULL AND unit IS NOT NULL
                        AND (due IS NOT NULL OR standing)
                ) AS clear
            FROM d GROUP BY GROUPING SETS ((), (unit))
        )
        SELECT CASE WHEN every = 1 THEN '全部' ELSE coalesce(unit, '未填') END, items, named,
            placed, dated, clear, clear / nullif(items, 0) AS rate
        FROM counted ORDER BY every DESC, rate, unit""",
    "ageing": f"""{_HAZARDS},
        counted AS (
            SELECT unit, grouping(unit) AS every, CASE
                    WHEN {AS_OF} - due > 90 AND {_LATE} THEN 6
                    WHEN {AS_OF} - due > 30 AND {_LATE} THEN 5
                    WHEN {AS_OF} - due > 15 AND {_LATE} THEN 4
                    WHEN {_LATE} THEN 3 WHEN due IS NULL THEN 2 ELSE 1 END AS late_no,
                CASE WHEN {AS_OF} - opened > 180 THEN 5 WHEN {AS_OF} - opened > 90 THEN 4
                    WHEN {AS_OF} - opened > 30 THEN 3 WHEN {AS_OF} - opened > 15 THEN 2
                    ELSE 1 END AS open_no,
                count(*) AS items, count(*) FILTER (WHERE level = '重大') AS major_items
            FROM d WHERE NOT standing AND {_OPEN}
            GROUP BY GROUPING SETS ((late_no), (open_no), (unit, late_no), (unit, open_no))
        )
        SELECT CASE WHEN late_no IS NULL THEN 'open' ELSE 'late' END,
            CASE WHEN every = 1 THEN '全部' ELSE unit END, coalesce(late_no, open_no),
            items, major_items
        FROM counted""",
    "supervision": f"""{_HAZARDS}
        SELECT item_id, concat_ws('：', site, description), d.unit, person, township, site, level,
            CASE WHEN supervised AND {_CLOSED} THEN '已摘牌' WHEN supervised THEN '督办中'
                ELSE '应挂未挂' END AS standing_text,
            CASE WHEN supervised THEN supervised_on END AS supervised_on, due,
            {_STATE} AS state,
            CASE WHEN {_LATE} THEN date_diff('day', due, {AS_OF})
                WHEN done <= {AS_OF} AND done > due THEN date_diff('day', due, done)
            END AS days_late,
            CASE WHEN {_CLOSED} THEN closed END, s.path, d.sheet, row_no
        FROM d {_PATH}
        WHERE supervised OR (level = '重大' AND NOT coalesce({_CLOSED}, FALSE))
        ORDER BY standing_text, days_late DESC NULLS LAST, d.unit, item_id""",
}
#: The columns of a metric that its query by hand gives, to compare the two.
SAME = {
    "overview": "total, done, closed, due, on_time, overdue, standing, major_total, major_closed, "
    "supervised_open",
    "completion": "dimension, total, done, closed, due, on_time, overdue",
    "overdue": "item_id, title, unit, person, township, site, level, supervised, opened_on, "
    "due_on, days_late, path, sheet, row_no",
    "due_soon": "item_id, title, unit, person, due_on, days_left, path, sheet, row_no",
    "hazard_mix": "dimension, items, open_items, overdue_items",
    "hazard_flow": "level, stage, items",
    "recurrence": "item_id, title, site, township, category, unit, level, first_item_id, "
    "first_done_on, first_state, opened_on, days_between, path, sheet, row_no",
    "deadline_slip": "item_id, title, unit, person, first_due_on, due_on, days_moved, moves, "
    "moved_on, is_approved, state, path, sheet, row_no",
    "clarity": "unit, items, with_person, with_unit, with_deadline, clear, clarity_rate",
    "ageing": "basis, unit, band_no, items, major_items",
    "supervision": "item_id, title, unit, person, township, site, level, standing_text, "
    "supervised_on, due_on, state, days_late, closed_on, path, sheet, row_no",
}
