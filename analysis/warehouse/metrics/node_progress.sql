-- 工作节点进展 · node_progress
-- 一行：一个单位在一个工作节点；单位“全部”是合计
-- 口径：一个节点的应完成事项，是期限在上一节点之后、本节点（含当日）以前的事项，按现行期限归入；
--   在首个节点的时段之前到期的事项归入节点 0，日期为空；节点排到全部事项的最后一个期限，有期限的一件不漏，
--   最后一个节点的累计应完成就是有期限的事项数。应完成 = 按期 + 逾期后完成 + 完成日期不明 + 停业关停 + 尚未完成。
--   节点 0 是首个节点的时段开始以前，方案要求全部进入工作状态，看已开展：已完成，或报送的状态不是“未启动”；没有报过状态的不算已开展。
--   停业关停的不进完成率，单列。没有期限也没有写明数量的措施在哪个节点都没有可完成的任务，每个节点都列为无定量任务。
--   各方案的措施按各自方案的节点归入，隐患、议定事项和没有节点的方案的措施按最早的那个节点日历；几个方案同一天的节点合为一行。
--   没有期限的事项不归入任何节点。撤销和长期坚持（无期限）不计。
-- 口径变更：2026-12-01 起，节点排到全部事项的最后一个期限；停业关停的不算尚未完成，也不进完成率；列出已开展、无定量任务。
-- 列：
--   unit 责任单位，“全部”为合计
--   node_no 节点序号，0 为首个节点之前到期的；几个方案的节点按日期一起编号
--   node_on 节点日期
--   planned 本节点应完成（项）
--   begun 其中已开展（项）
--   on_time 按期完成（项）
--   late 逾期后完成（项）
--   undated_done 完成日期不明（项），是否按期无从判断
--   suspended_due 停业关停（项），没有完成
--   owed 尚未完成（项）
--   done 已完成 = on_time + late + undated_done（项）
--   without_task 无定量任务（项）：没有期限也没有写明数量的措施，各节点相同
--   planned_total 累计应完成（项）
--   suspended_total 累计停业关停（项）
--   done_total 累计已完成（项）
--   completion_rate 累计完成率 = done_total /（planned_total - suspended_total）
-- 依据：按工作节点完成定量任务
-- 措施：节点
-- 检验：唯一 unit、node_no；合计 planned、on_time、late、undated_done、suspended_due、owed，unit = '全部'，按 node_on；
--   成立 应完成的五项相加：planned = on_time + late + undated_done + suspended_due + owed；
--   成立 累计是逐个节点相加：planned_total = sum(planned) OVER (PARTITION BY unit ORDER BY node_no)
WITH by_day AS (
    -- each day's number: there are far more items than deadlines
    SELECT
        unit,
        region,
        -- a hazard is of no plan, also where a ledger of measures that nobody planned has nodes
        CASE WHEN kind = 'measure' THEN coalesce(plan, '') END AS plan,
        due_on,
        count(*) AS planned,
        count(*) FILTER (WHERE has_begun) AS begun,
        count(*) FILTER (WHERE punctuality = 'in_time') AS on_time,
        count(*) FILTER (WHERE punctuality = 'late') AS late,
        count(*) FILTER (WHERE punctuality = 'undated') AS undated_done,
        count(*) FILTER (WHERE is_suspended) AS suspended_due,
        count(*) FILTER (WHERE NOT is_done AND NOT is_suspended) AS owed
    FROM items
    WHERE NOT is_void AND due_on IS NOT NULL
    GROUP BY unit, region, CASE WHEN kind = 'measure' THEN coalesce(plan, '') END, due_on
),

tasks AS (
    -- measures without a task have no day; they are few, and no hazard is read for them
    SELECT coalesce(unit, '未填') AS unit, region, count(*) AS items
    FROM items
    WHERE kind = 'measure' AND NOT is_void AND due_on IS NULL AND quantity IS NULL
    GROUP BY coalesce(unit, '未填'), region
),

all_nodes AS (
    -- read once: to tell how far they run, every deadline is looked at
    SELECT region, plan, calendar_no, node_no, node_on, node_days FROM nodes
),

calendars AS (
    SELECT DISTINCT region, coalesce(plan, '') AS plan, calendar_no FROM all_nodes
),

placed AS (
    SELECT
        coalesce(by_day.unit, '未填') AS unit,
        by_day.region,
        coalesce(calendars.calendar_no, 1) AS calendar_no,
        by_day.due_on,
        by_day.planned,
        by_day.begun,
        by_day.on_time,
        by_day.late,
        by_day.undated_done,
        by_day.suspended_due,
        by_day.owed
    FROM by_day
    LEFT JOIN calendars
        ON by_day.region IS NOT DISTINCT FROM calendars.region
        AND by_day.plan = calendars.plan
),

owners AS (
    SELECT * FROM placed
    UNION ALL
    SELECT
        '全部', region, calendar_no, due_on, planned, begun, on_time, late, undated_done, suspended_due, owed
    FROM placed
),

windows AS (
    SELECT
        region,
        calendar_no,
        node_on,
        CAST(node_on - INTERVAL (node_days) DAY AS DATE) AS after_on,
        node_on AS until_on
    FROM all_nodes
    UNION ALL
    SELECT region, calendar_no, NULL, DATE '0001-01-01', CAST(node_on - INTERVAL (node_days) DAY AS DATE)
    FROM all_nodes
    WHERE node_no = 1
),

without_task AS (
    SELECT unit, region, items FROM tasks
    UNION ALL
    SELECT '全部', region, items FROM tasks
),

members AS (
    SELECT unit, region FROM owners
    UNION
    SELECT unit, region FROM without_task
),

owners_of_nodes AS (
    -- each by the calendar of its own region; where calendars differ, the whole has the nodes of all
    SELECT
        members.unit, members.region, windows.calendar_no, windows.node_on, windows.after_on, windows.until_on
    FROM members
    INNER JOIN windows ON members.region IS NOT DISTINCT FROM windows.region
),

summed AS (
    SELECT
        grid.unit,
        grid.node_on,
        CAST(coalesce(sum(owners.planned), 0) AS BIGINT) AS planned,
        CAST(coalesce(sum(owners.begun), 0) AS BIGINT) AS begun,
        CAST(coalesce(sum(owners.on_time), 0) AS BIGINT) AS on_time,
        CAST(coalesce(sum(owners.late), 0) AS BIGINT) AS late,
        CAST(coalesce(sum(owners.undated_done), 0) AS BIGINT) AS undated_done,
        CAST(coalesce(sum(owners.suspended_due), 0) AS BIGINT) AS suspended_due,
        CAST(coalesce(sum(owners.owed), 0) AS BIGINT) AS owed
    FROM owners_of_nodes AS grid
    LEFT JOIN owners
        ON grid.unit = owners.unit
        AND grid.region IS NOT DISTINCT FROM owners.region
        AND grid.calendar_no = owners.calendar_no
        AND owners.due_on > grid.after_on AND owners.due_on <= grid.until_on
    GROUP BY grid.unit, grid.node_on
),

left_without AS (
    -- the same at each node: of the regions that have nodes
    SELECT without_task.unit, CAST(sum(without_task.items) AS BIGINT) AS items
    FROM without_task
    WHERE EXISTS (SELECT 1 FROM windows WHERE without_task.region IS NOT DISTINCT FROM windows.region)
    GROUP BY without_task.unit
),

accumulated AS (
    SELECT
        summed.unit,
        -- what falls due before the first node stands first, and is there for each calendar
        CAST(row_number() OVER so_far - 1 AS BIGINT) AS node_no,
        summed.node_on,
        summed.planned,
        summed.begun,
        summed.on_time,
        summed.late,
        summed.undated_done,
        summed.suspended_due,
        summed.owed,
        summed.on_time + summed.late + summed.undated_done AS done,
        coalesce(left_without.items, 0) AS without_task,
        CAST(sum(summed.planned) OVER so_far AS BIGINT) AS planned_total,
        CAST(sum(summed.suspended_due) OVER so_far AS BIGINT) AS suspended_total,
        CAST(sum(summed.on_time + summed.late + summed.undated_done) OVER so_far AS BIGINT) AS done_total
    FROM summed
    LEFT JOIN left_without ON summed.unit = left_without.unit
    WINDOW so_far AS (PARTITION BY summed.unit ORDER BY coalesce(summed.node_on, DATE '0001-01-01'))
)

SELECT
    *,
    CAST(done_total AS DOUBLE) / nullif(planned_total - suspended_total, 0) AS completion_rate
FROM accumulated
ORDER BY unit <> '全部', unit, node_on NULLS FIRST
