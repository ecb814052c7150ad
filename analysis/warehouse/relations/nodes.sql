-- 工作节点 · nodes
-- 一行：一个地区的一个工作节点，从第一个节点起严格每隔 node_days 天一个，直到最后一个期限和 $as_of 之后的第一个节点
-- 口径：节点日历取自三清单的时限条款；不因节假日移动。
WITH plan AS (
    SELECT
        region,
        min(first_node_on) AS first_node_on,
        min(node_days) AS node_days,
        max(coalesce(extended_due_on, due_on, first_node_on)) AS last_due_on
    FROM measure
    WHERE in_force(measure)
    GROUP BY region
    HAVING min(first_node_on) IS NOT NULL AND min(node_days) > 0
),

needed AS (
    SELECT
        region,
        first_node_on,
        node_days,
        date_diff('day', first_node_on, greatest(last_due_on, CAST($as_of AS DATE))) AS days
    FROM plan
),

steps AS (
    SELECT
        region,
        first_node_on,
        node_days,
        unnest(generate_series(0, CAST(ceil(greatest(days, 0) / node_days) AS BIGINT))) AS step
    FROM needed
)

SELECT
    region,
    step + 1 AS node_no,
    CAST(first_node_on + INTERVAL (step * node_days) DAY AS DATE) AS node_on,
    node_days
FROM steps
