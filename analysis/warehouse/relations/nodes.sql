-- 工作节点 · nodes
-- 一行：一个方案的一个工作节点，从它的第一个节点起严格每隔 node_days 天一个，直到它的最后一个期限和 $as_of 之后的第一个节点
-- 口径：节点日历取自三清单的时限条款，各方案各有各的；不因节假日移动。没有时限条款的方案没有节点。
--   plan 所属方案，空表示还没有收到方案。calendar_no 一个地区各方案的节点日历按第一个节点的先后编号；隐患、议定事项，
--   和没有节点的方案的措施，按 1 号日历计。
WITH dated AS (
    SELECT
        region,
        plan,
        min(first_node_on) AS first_node_on,
        min(node_days) AS node_days,
        max(coalesce(extended_due_on, due_on, first_node_on)) AS last_due_on
    FROM measure
    WHERE in_force(measure)
    GROUP BY region, plan
    HAVING min(first_node_on) IS NOT NULL AND min(node_days) > 0
),

needed AS (
    SELECT
        region,
        plan,
        row_number() OVER (PARTITION BY region ORDER BY first_node_on, coalesce(plan, '')) AS calendar_no,
        first_node_on,
        node_days,
        date_diff('day', first_node_on, greatest(last_due_on, CAST($as_of AS DATE))) AS days
    FROM dated
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
