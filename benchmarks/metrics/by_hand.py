# ruff: noqa: S608 - the queries are put together from constants alone
"""What somebody would write for the one answer, straight from the table of hazards.

A query knows that these data are hazards alone, and that none was ever opened again.
"""

from benchmarks.metrics import by_hand_history
from benchmarks.metrics.hand_parts import (
    AS_OF,
    CLOSED,
    DONE_LATE,
    HAZARDS,
    IN_TIME,
    LATE,
    OPEN,
    PATH,
    STATE,
    raw,
)

BY_HAND: dict[str, str] = {
    "overview": f"""WITH {raw(AS_OF)},
        j AS (
            SELECT *, {STATE} AS state, NOT void AND NOT standing AS counts,
                level IS NOT DISTINCT FROM '重大' AND NOT void AS major,
                coalesce({CLOSED}, FALSE) AS shut
            FROM d_raw
        ),
        n AS (
            SELECT count(*) FILTER (WHERE counts) AS total,
                count(*) FILTER (WHERE counts AND done <= {AS_OF}) AS done,
                count(*) FILTER (WHERE counts AND shut) AS closed,
                count(*) FILTER (WHERE counts AND due < {AS_OF} AND {IN_TIME}) AS on_time,
                count(*) FILTER (WHERE counts AND due < {AS_OF} AND {DONE_LATE}) AS late,
                count(*) FILTER (WHERE counts AND state = 'overdue') AS overdue,
                count(*) FILTER (WHERE counts AND due < {AS_OF} AND done <= {AS_OF})
                    - on_time - late AS undated_done,
                on_time + late + overdue AS due,
                count(*) FILTER (WHERE counts AND state = 'due_soon') AS due_soon,
                count(*) FILTER (WHERE counts AND state = 'undated') AS undated,
                count(*) FILTER (WHERE standing AND NOT void) AS standing,
                count(*) FILTER (WHERE major) AS major_total,
                count(*) FILTER (WHERE major AND shut) AS major_closed,
                count(*) FILTER (WHERE major AND NOT shut) AS major_open,
                count(*) FILTER (WHERE major AND NOT shut AND supervised) AS major_supervised,
                count(*) FILTER (WHERE supervised AND NOT shut AND NOT void) AS supervised_open
            FROM j
        )
        SELECT *, done / nullif(total, 0), closed / nullif(total, 0), on_time / nullif(due, 0),
            major_closed / nullif(major_total, 0), major_supervised / nullif(major_open, 0)
        FROM n""",
    "completion": f"""{HAZARDS}
        SELECT CASE
                WHEN grouping(unit) = 0 THEN 'unit' WHEN grouping(township) = 0 THEN 'township'
                WHEN grouping(site_kind) = 0 THEN 'site_kind'
                WHEN grouping(category) = 0 THEN 'category'
                WHEN grouping(rect_type) = 0 THEN 'rect_type'
                WHEN grouping(level) = 0 THEN 'level'
                WHEN grouping(supervised) = 0 THEN 'supervised' ELSE 'all' END,
            count(*), count(*) FILTER (WHERE done <= {AS_OF}), count(*) FILTER (WHERE {CLOSED}),
            count(*) FILTER (WHERE due < {AS_OF} AND ({IN_TIME} OR {DONE_LATE} OR {LATE})),
            count(*) FILTER (WHERE due < {AS_OF} AND {IN_TIME}),
            count(*) FILTER (WHERE due < {AS_OF} AND {DONE_LATE}),
            count(*) FILTER (WHERE {LATE}),
            count(*) FILTER (WHERE due < {AS_OF} AND done <= {AS_OF}
                AND NOT coalesce({IN_TIME}, FALSE) AND NOT coalesce({DONE_LATE}, FALSE))
        FROM d WHERE NOT standing
        GROUP BY GROUPING SETS ((), (unit), (township), (site_kind), (category), (rect_type),
            (level), (supervised))""",
    "overdue": f"""{HAZARDS}
        SELECT item_id, concat_ws('：', site, description), d.unit, person, township, site, level,
            supervised, opened, due, date_diff('day', due, {AS_OF}) AS days_late,
            s.path, d.sheet, row_no
        FROM d {PATH} WHERE {LATE}
        ORDER BY days_late DESC, d.unit, item_id""",
    "due_soon": f"""{HAZARDS}
        SELECT item_id, concat_ws('：', site, description), d.unit, person, due,
            date_diff('day', {AS_OF}, due) AS days_left, s.path, d.sheet, row_no
        FROM d {PATH}
        WHERE {OPEN} AND due BETWEEN {AS_OF} AND {AS_OF} + 7
        ORDER BY days_left, d.unit, item_id""",
    "hazard_mix": f"""{HAZARDS}
        SELECT CASE
                WHEN grouping(category) = 0 AND grouping(township) = 0 THEN 'township_category'
                WHEN grouping(category) = 0 AND grouping(site_kind) = 0 THEN 'site_kind_category'
                WHEN grouping(category) = 0 THEN 'category'
                WHEN grouping(level) = 0 THEN 'level'
                WHEN grouping(site_kind) = 0 THEN 'site_kind'
                WHEN grouping(township) = 0 THEN 'township' ELSE 'source' END,
            count(*), count(*) FILTER (WHERE {OPEN}), count(*) FILTER (WHERE {LATE})
        FROM d
        GROUP BY GROUPING SETS ((category), (level), (site_kind), (township), (source),
            (township, category), (site_kind, category))""",
    "hazard_flow": f"""{HAZARDS},
        counted AS (
            SELECT if(grouping(level) = 1, '全部', coalesce(level, '未填')) AS level,
                count(*) AS 发现, count(*) FILTER (WHERE judged_on <= {AS_OF}) AS 判定,
                count(*) FILTER (WHERE filed_on <= {AS_OF}) AS 立案,
                count(*) FILTER (WHERE supervised AND coalesce(supervised_on <= {AS_OF}, TRUE))
                    AS 督改,
                count(*) FILTER (WHERE done <= {AS_OF}) AS 整改,
                count(*) FILTER (WHERE accepted_on <= {AS_OF} AND accepted_by IS NOT NULL) AS 验收,
                count(*) FILTER (WHERE {CLOSED}) AS 销号,
                count(*) FILTER (
                    WHERE {CLOSED} AND judged_on <= {AS_OF} AND done_on IS NOT NULL
                        AND (level <> '重大' OR filed_on <= {AS_OF})
                ) AS 建档
            FROM d GROUP BY GROUPING SETS ((), (level))
        )
        UNPIVOT counted ON COLUMNS(* EXCLUDE level) INTO NAME stage VALUE items""",
    "clarity": f"""{HAZARDS},
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
    "ageing": f"""{HAZARDS},
        counted AS (
            SELECT unit, grouping(unit) AS every, CASE
                    WHEN {AS_OF} - due > 90 AND {LATE} THEN 6
                    WHEN {AS_OF} - due >= 30 AND {LATE} THEN 5
                    WHEN {AS_OF} - due >= 15 AND {LATE} THEN 4
                    WHEN {LATE} THEN 3 WHEN due IS NULL THEN 2 ELSE 1 END AS late_no,
                CASE WHEN {AS_OF} - opened > 180 THEN 5 WHEN {AS_OF} - opened > 90 THEN 4
                    WHEN {AS_OF} - opened > 30 THEN 3 WHEN {AS_OF} - opened > 15 THEN 2
                    ELSE 1 END AS open_no,
                count(*) AS items, count(*) FILTER (WHERE level = '重大') AS major_items
            FROM d WHERE NOT standing AND {OPEN}
            GROUP BY GROUPING SETS ((late_no), (open_no), (unit, late_no), (unit, open_no))
        )
        SELECT CASE WHEN late_no IS NULL THEN 'open' ELSE 'late' END,
            CASE WHEN every = 1 THEN '全部' ELSE unit END, coalesce(late_no, open_no),
            items, major_items
        FROM counted""",
    "supervision": f"""{HAZARDS}
        SELECT item_id, concat_ws('：', site, description), d.unit, person, township, site, level,
            CASE WHEN supervised AND {CLOSED} THEN '已摘牌' WHEN supervised THEN '督办中'
                ELSE '应挂未挂' END AS standing_text,
            CASE WHEN supervised THEN supervised_on END AS supervised_on, due,
            {STATE} AS state,
            CASE WHEN {LATE} THEN date_diff('day', due, {AS_OF}) END AS days_late,
            CASE WHEN {DONE_LATE} THEN date_diff('day', due, done) END AS done_late,
            CASE WHEN {CLOSED} THEN closed END, s.path, d.sheet, row_no
        FROM d {PATH}
        WHERE supervised OR (level = '重大' AND NOT coalesce({CLOSED}, FALSE))
        ORDER BY standing_text, coalesce(days_late, done_late) DESC NULLS LAST, d.unit, item_id""",
    "node_progress": f"""{HAZARDS},
        by_day AS (
            SELECT unit, due, count(*) AS planned, count(*) FILTER (WHERE {IN_TIME}) AS on_time,
                count(*) FILTER (WHERE {DONE_LATE}) AS late,
                count(*) FILTER (WHERE done <= {AS_OF}) AS done,
                count(*) FILTER (WHERE status <> 'not_started' OR NOT {OPEN}) AS begun,
                count(*) FILTER (WHERE {OPEN} AND status = 'suspended') AS shut,
                count(*) FILTER (WHERE {OPEN} AND status <> 'suspended') AS owed
            FROM d WHERE NOT standing AND due IS NOT NULL
            GROUP BY GROUPING SETS ((due), (unit, due))
        ),
        node AS (
            SELECT i + 1 AS node_no, DATE '2023-10-15' + CAST(i * 15 AS INTEGER) AS node_on
            FROM (
                SELECT unnest(range(1 + ceil(
                    (greatest(max(due), {AS_OF}) - DATE '2023-10-15') / 15
                )::BIGINT)) AS i FROM d
            )
        ),
        placed AS (
            SELECT coalesce(unit, '全部') AS unit, planned, begun, on_time, late, done, shut, owed,
                greatest(0, ceil((due - DATE '2023-09-30') / 15)) AS node_no
            FROM by_day
        ),
        summed AS (
            SELECT u.unit, n.node_no, n.node_on, coalesce(sum(planned), 0) AS planned,
                coalesce(sum(begun), 0) AS begun, coalesce(sum(on_time), 0) AS on_time,
                coalesce(sum(late), 0) AS late, coalesce(sum(shut), 0) AS shut,
                coalesce(sum(owed), 0) AS owed, coalesce(sum(done), 0) AS done
            FROM (SELECT DISTINCT unit FROM placed) AS u
            CROSS JOIN (FROM node UNION ALL SELECT 0, NULL) AS n
            LEFT JOIN placed ON u.unit = placed.unit AND n.node_no = placed.node_no
            GROUP BY ALL
        )
        SELECT *,
            sum(planned) OVER (PARTITION BY unit ORDER BY node_no) AS planned_total,
            sum(done) OVER (PARTITION BY unit ORDER BY node_no) AS done_total
        FROM summed ORDER BY unit <> '全部', unit, node_no""",
    "report_reconciliation": f"""{HAZARDS},
        told AS (
            UNPIVOT (
                SELECT unit, region, period_start, period_end, row_no, sheet, submission_id,
                    hazards_found AS 发现隐患, hazards_done AS 整改完成,
                    major_found AS 发现重大隐患, major_closed AS 重大隐患销号
                FROM half_month WHERE period_start <= {AS_OF}
            ) ON 发现隐患, 整改完成, 发现重大隐患, 重大隐患销号 INTO NAME figure VALUE reported
        ),
        by_day AS (
            SELECT unit, region, '发现隐患' AS figure, opened AS day, count(*) AS n
            FROM d GROUP BY ALL
            UNION ALL SELECT unit, region, '整改完成', done, count(*)
            FROM d WHERE done <= {AS_OF} GROUP BY ALL
            UNION ALL SELECT unit, region, '发现重大隐患', opened, count(*)
            FROM d WHERE level = '重大' GROUP BY ALL
            UNION ALL SELECT unit, region, '重大隐患销号', closed, count(*)
            FROM d WHERE level = '重大' AND {CLOSED} GROUP BY ALL
        )
        SELECT t.unit, t.period_start, t.period_end, t.figure, t.reported,
            coalesce(sum(n), 0), t.reported - coalesce(sum(n), 0), s.path, t.sheet, t.row_no
        FROM told AS t {PATH}
        LEFT JOIN by_day AS b ON t.unit = b.unit AND t.region = b.region AND t.figure = b.figure
            AND b.day BETWEEN t.period_start AND t.period_end
        GROUP BY 1, 2, 3, 4, 5, s.path, t.sheet, t.row_no
        ORDER BY t.period_start DESC, t.unit, t.figure""",
    "close_times": f"""{HAZARDS},
        came AS (
            SELECT *, if(coalesce(first_known_on, known_from) - opened > 30,
                coalesce(first_known_on, known_from) - opened, 0) AS entry FROM d WHERE NOT standing
        ),
        ends AS (
            SELECT 'done' AS until, unit, level, coalesce(done <= {AS_OF}, FALSE) AS reached,
                greatest(if(reached, done, {AS_OF}) - opened, 0) AS days, entry, count(*) AS n
            FROM came GROUP BY ALL
            UNION ALL
            SELECT 'closed', unit, level, coalesce({CLOSED}, FALSE) AS reached,
                greatest(if(reached, closed, {AS_OF}) - opened, 0) AS days, entry, count(*)
            FROM came GROUP BY ALL
        ),
        points AS (
            SELECT until, unit, level, days, n AS every, if(reached, n, 0) AS ended,
                if(entry = 0 OR days > entry, n, 0) AS leaving,
                if(reached AND (entry = 0 OR days > entry), n, 0) AS reached, 0 AS entering
            FROM ends
            UNION ALL
            SELECT until, unit, level, entry, 0, 0, 0, 0, n FROM ends
            WHERE entry > 0 AND days > entry
        ),
        at_days AS (
            SELECT until, CASE WHEN grouping(unit) = 0 THEN 'unit'
                    WHEN grouping(level) = 0 THEN 'level' ELSE 'all' END AS dimension,
                coalesce(unit, level, 'all') AS member, days, sum(every) AS every,
                sum(ended) AS ended, sum(leaving) AS leaving, sum(reached) AS reached,
                sum(entering) AS entering
            FROM points
            GROUP BY GROUPING SETS ((until, days), (until, unit, days), (until, level, days))
        ),
        at_risk AS (
            SELECT *, sum(leaving - entering) OVER (
                PARTITION BY until, dimension, member ORDER BY days DESC
            ) AS waiting FROM at_days
        ),
        surviving AS (
            SELECT *, min(if(reached > 0, waiting - reached, NULL)) OVER so_far = 0 AS over,
                exp(sum(ln(if(waiting > reached, 1 - reached / waiting, 1))) OVER so_far) AS left_,
                sum(if(waiting > reached, reached / (waiting::DOUBLE * (waiting - reached)), NULL))
                    OVER so_far AS spread
            FROM at_risk WINDOW so_far AS (
                PARTITION BY until, dimension, member ORDER BY days
            )
        ),
        bounds AS (
            SELECT *, if(over, 0, left_) AS mid, if(over, 0, if(spread > 0, pow(left_,
                    exp(1.959963984540054 * sqrt(spread) / -ln(left_))), 1)) AS low,
                if(over, 0, if(spread > 0, pow(left_,
                    exp(-1.959963984540054 * sqrt(spread) / -ln(left_))), 1)) AS high
            FROM surviving
        )
        SELECT until, dimension, member, sum(every), sum(ended),
            min(days) FILTER (WHERE reached > 0 AND mid <= 0.5 + 1e-9),
            if(sum(every) >= 5, min(days) FILTER (WHERE reached > 0 AND low <= 0.5 + 1e-9), NULL),
            if(sum(every) >= 5, min(days) FILTER (WHERE reached > 0 AND high <= 0.5 + 1e-9), NULL),
            min(days) FILTER (WHERE reached > 0 AND mid <= 0.1 + 1e-9),
            if(sum(every) >= 5, min(days) FILTER (WHERE reached > 0 AND low <= 0.1 + 1e-9), NULL),
            if(sum(every) >= 5, min(days) FILTER (WHERE reached > 0 AND high <= 0.1 + 1e-9), NULL),
            round(sum(days * ended)::DOUBLE / nullif(sum(ended), 0), 1)
        FROM bounds GROUP BY until, dimension, member""",
}
BY_HAND |= by_hand_history.BY_HAND
#: The columns of a metric that its query by hand gives, to compare the two.
SAME: dict[str, str] = {
    "overview": "total, done, closed, on_time, late, overdue, undated_done, due, due_soon, "
    "undated, standing, major_total, major_closed, major_open, major_supervised, supervised_open, "
    "completion_rate, closure_rate, on_time_rate, major_closure_rate, supervision_rate",
    "completion": "dimension, total, done, closed, due, on_time, late, overdue, undated_done",
    "overdue": "item_id, title, unit, person, township, site, level, supervised, opened_on, "
    "due_on, days_late, path, sheet, row_no",
    "due_soon": "item_id, title, unit, person, due_on, days_left, path, sheet, row_no",
    "hazard_mix": "dimension, items, open_items, overdue_items",
    "hazard_flow": "level, stage, items",
    "clarity": "unit, items, with_person, with_unit, with_deadline, clear, clarity_rate",
    "ageing": "basis, unit, band_no, items, major_items",
    "node_progress": "unit, node_no, node_on, planned, begun, on_time, late, suspended_due, owed, "
    "done, planned_total, done_total",
    "report_reconciliation": "unit, period_start, period_end, figure, reported, in_ledger, "
    "difference, path, sheet, row_no",
    "close_times": "until, dimension, member, items, reached, median_days, median_low, "
    "median_high, p90_days, p90_low, p90_high, mean_reached_days",
    "supervision": "item_id, title, unit, person, township, site, level, standing_text, "
    "supervised_on, due_on, state, days_late, done_late, closed_on, path, sheet, row_no",
}
SAME |= by_hand_history.SAME
