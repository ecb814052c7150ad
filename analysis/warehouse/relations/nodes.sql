-- 工作节点 · nodes
-- 一行：一个方案的一个工作节点，从它的第一个节点起严格每隔 node_days 天一个，直到本地区全部事项的最后一个期限和 $as_of 之后的第一个节点
-- 口径：节点日历取自三清单的时限条款，各方案各有各的；不因节假日移动。没有时限条款的方案没有节点。
--   节点一直排到措施、隐患、议定事项中最晚的期限（作废的不算），期限在方案以后的事项也有节点可归。
--   plan 所属方案，空表示还没有收到方案。calendar_no 一个地区各方案的节点日历按第一个节点的先后编号；隐患、议定事项，
--   和没有节点的方案的措施，按 1 号日历计。
-- 口径变更：2026-12-01 起，节点排到全部事项的最后一个期限，不止于方案自己的。
-- 检验：唯一 region、plan、node_no；唯一 region、plan、node_on；
--   成立 严格每隔 node_days 天：node_on - lag(node_on) OVER (PARTITION BY region, plan ORDER BY node_no) = node_days
WITH needed AS (
    SELECT
        region,
        plan,
        row_number() OVER (PARTITION BY region ORDER BY first_node_on, coalesce(plan, '')) AS calendar_no,
        first_node_on,
        node_days,
        date_diff(
            'day',
            first_node_on,
            -- greatest() passes over what is not there
            greatest(last_due_on, CAST($as_of AS DATE))
        ) AS days
    FROM node_calendar
    WHERE in_force(node_calendar) AND first_node_on IS NOT NULL AND node_days > 0
),

steps AS (
    SELECT
        region,
        plan,
        calendar_no,
        first_node_on,
        node_days,
        unnest(generate_series(0, CAST(ceil(greatest(days, 0) / node_days) AS BIGINT))) AS step
    FROM needed
)

SELECT
    region,
    step + 1 AS node_no,
    CAST(first_node_on + INTERVAL (step * node_days) DAY AS DATE) AS node_on,
    node_days,
    plan,
    calendar_no
FROM steps
