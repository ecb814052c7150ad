-- 工作节点 · nodes
-- 一行：一个方案的一个工作节点，从它的第一个节点起严格每隔 node_days 天一个，直到本地区全部事项的最后一个期限和 $as_of 之后的第一个节点
-- 口径：节点日历取自三清单的时限条款，各方案各有各的；不因节假日移动。没有时限条款的方案没有节点。
--   节点一直排到措施、隐患、议定事项中最晚的期限（作废的不算），期限在方案以后的事项也有节点可归。
--   plan 所属方案，空表示还没有收到方案。calendar_no 一个地区各方案的节点日历按第一个节点的先后编号；隐患、议定事项，
--   和没有节点的方案的措施，按 1 号日历计。
-- 口径变更：2026-12-01 起，节点排到全部事项的最后一个期限，不止于方案自己的。
WITH dated AS (
    SELECT
        region,
        plan,
        min(first_node_on) AS first_node_on,
        min(node_days) AS node_days
    FROM measure
    WHERE in_force(measure)
    GROUP BY region, plan
    HAVING min(first_node_on) IS NOT NULL AND min(node_days) > 0
),

deadlines AS (
    SELECT region, max(coalesce(extended_due_on, due_on)) AS due_on
    FROM measure
    WHERE in_force(measure) AND coalesce(status <> 'void', TRUE)
    GROUP BY region
    UNION ALL
    SELECT region, max(coalesce(extended_due_on, due_on))
    FROM hazard
    WHERE in_force(hazard) AND coalesce(status <> 'void', TRUE)
    GROUP BY region
    UNION ALL
    SELECT region, max(due_on)
    FROM decision
    WHERE in_force(decision) AND coalesce(status <> 'void', TRUE)
    GROUP BY region
),

last_deadlines AS (
    SELECT region, max(due_on) AS last_due_on
    FROM deadlines
    GROUP BY region
),

needed AS (
    SELECT
        dated.region,
        dated.plan,
        row_number() OVER (
            PARTITION BY dated.region ORDER BY dated.first_node_on, coalesce(dated.plan, '')
        ) AS calendar_no,
        dated.first_node_on,
        dated.node_days,
        date_diff(
            'day',
            dated.first_node_on,
            greatest(coalesce(last_deadlines.last_due_on, CAST($as_of AS DATE)), CAST($as_of AS DATE))
        ) AS days
    FROM dated
    LEFT JOIN last_deadlines ON dated.region IS NOT DISTINCT FROM last_deadlines.region
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
