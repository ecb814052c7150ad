-- 事项墙 · item_wall
-- 一行：一条事项；不逐条列出的若干条合为一行，事项编号为空，items 是条数
-- 口径：全部事项，撤销的不计，各行的条数加起来就是事项数。按期限分列：首个工作节点的时段以前按月，以后按工作节点，
--   有几个方案的按最早的节点日历；当日落在一列中间的，这一列在当日前一天分开，左边的期限都已经过了。
--   未完成的逐条列出；同一单位、同一列超过 60 条的，已完成的不逐条列出；全部逐条列出的最多 3000 条，逾期最久的在前。
--   is_counted 进比率的：不是长期坚持（无期限），也不是经核实停业关停的。
-- 列：
--   item_id 事项编号，不逐条列出的为空
--   title 事项
--   region 地区
--   unit 责任单位
--   person 责任人
--   township 乡镇
--   site_kind 业态
--   site 场所
--   kind 事项种类：measure 三清单、hazard 隐患、decision 议定事项
--   column_on 所在列的最后一天，没有期限的为空
--   is_node 所在列是否一个工作节点
--   due_on 现行期限
--   state 状态代码
--   is_major 是否重大隐患
--   is_done 是否已完成
--   is_overdue 是否逾期
--   is_counted 是否进比率
--   days_late 逾期天数（天），不逐条列出的为其中最久的
--   items 条数（项）
-- 依据：按工作节点调度；整改要求“跟踪督办，定期调度”
-- 措施：节点
-- 检验：唯一 item_id、region、unit、township、site_kind、kind、column_on、is_node、state、is_major、is_done、is_overdue、is_counted；
--   成立 逐条列出的一行一条：item_id IS NULL OR items = 1
WITH windows AS (
    SELECT DISTINCT
        region,
        node_on,
        CAST(node_on - INTERVAL (node_days) DAY AS DATE) AS after_on
    FROM nodes
    WHERE calendar_no = 1
),

begun AS (
    SELECT region, min(after_on) AS after_on FROM windows GROUP BY region
),

days AS (
    SELECT DISTINCT region, due_on FROM items WHERE due_on IS NOT NULL
),

placed AS (
    SELECT
        days.region,
        days.due_on,
        min(windows.node_on) AS node_on,
        -- what is due before the first window ends there at the latest
        min(CASE WHEN days.due_on <= begun.after_on THEN begun.after_on END) AS latest_on
    FROM days
    LEFT JOIN begun ON days.region IS NOT DISTINCT FROM begun.region
    LEFT JOIN windows
        ON days.region IS NOT DISTINCT FROM windows.region
        AND days.due_on > windows.after_on AND days.due_on <= windows.node_on
    GROUP BY days.region, days.due_on
),

ended AS (
    SELECT
        region,
        due_on,
        node_on IS NOT NULL AS is_node,
        coalesce(node_on, least(last_day(due_on), coalesce(latest_on, last_day(due_on)))) AS until_on
    FROM placed
),

columns_of_days AS (
    SELECT
        region,
        due_on,
        is_node AND NOT (due_on < CAST($as_of AS DATE) AND until_on >= CAST($as_of AS DATE)) AS is_node,
        CASE
            WHEN due_on < CAST($as_of AS DATE) AND until_on >= CAST($as_of AS DATE)
                THEN CAST(CAST($as_of AS DATE) - INTERVAL 1 DAY AS DATE)
            ELSE until_on
        END AS column_on
    FROM ended
),

hung AS (
    SELECT
        items.item_id,
        items.title,
        items.region,
        items.unit,
        items.person,
        items.township,
        items.site_kind,
        items.site,
        items.kind,
        columns_of_days.column_on,
        coalesce(columns_of_days.is_node, FALSE) AS is_node,
        items.due_on,
        items.state,
        items.kind = 'hazard' AND coalesce(items.level = '重大', FALSE) AS is_major,
        items.is_done,
        items.is_overdue,
        NOT items.standing AND NOT items.is_suspended AS is_counted,
        items.days_late
    FROM items
    LEFT JOIN columns_of_days
        ON items.due_on = columns_of_days.due_on
        AND items.region IS NOT DISTINCT FROM columns_of_days.region
    WHERE NOT items.is_void
),

cells AS (
    SELECT region, unit, column_on, count(*) AS items
    FROM hung
    GROUP BY region, unit, column_on
),

singles AS (
    -- the first of a long list, in one pass
    SELECT hung.region, hung.item_id
    FROM hung
    INNER JOIN cells
        ON hung.region IS NOT DISTINCT FROM cells.region
        AND hung.unit IS NOT DISTINCT FROM cells.unit
        AND hung.column_on IS NOT DISTINCT FROM cells.column_on
    WHERE NOT hung.is_done OR cells.items <= 60
    ORDER BY
        hung.is_overdue DESC, hung.is_done,
        hung.days_late DESC NULLS LAST, hung.due_on NULLS LAST, hung.item_id, hung.region
    LIMIT 3000
),

told AS (
    SELECT hung.*, singles.item_id AS single
    FROM hung
    LEFT JOIN singles ON hung.item_id = singles.item_id AND hung.region IS NOT DISTINCT FROM singles.region
)

SELECT
    single AS item_id,
    max(CASE WHEN single IS NOT NULL THEN title END) AS title,
    region,
    unit,
    max(CASE WHEN single IS NOT NULL THEN person END) AS person,
    township,
    site_kind,
    max(CASE WHEN single IS NOT NULL THEN site END) AS site,
    kind,
    column_on,
    is_node,
    max(CASE WHEN single IS NOT NULL THEN due_on END) AS due_on,
    state,
    is_major,
    is_done,
    is_overdue,
    is_counted,
    max(days_late) AS days_late,
    count(*) AS items
FROM told
GROUP BY
    single, region, unit, township, site_kind, kind, column_on, is_node, state, is_major, is_done, is_overdue, is_counted
ORDER BY
    column_on NULLS LAST, is_node, unit, region, is_done, is_overdue DESC, days_late DESC NULLS LAST, item_id,
    township, site_kind, kind, state, is_major, is_counted
