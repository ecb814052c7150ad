-- 履职要求 · requirements
-- 一行：三清单中一条有定量目标的细化措施，或细化措施没有接住的一条定期的整改措施，及其对应的履职类型
-- 口径：频次和数量取自措施的文字（每月至少 1 次、每季度至少 1 次、报告 2 份）；整改措施自己写明每月、每季度几次，
--   而它的细化措施没有同类要求的，也是一条要求，编号是整改措施的编号。履职类型按措施的用词对应，对应不上的为空，不判断。
--   只用 $known_on（含当日）以前收到的报送；$as_of 不起作用。启动日期取最先收到的写明的：写明的启动日期，
--   没有的为首个节点的时段开始之日，都没有写的为首次收到之日；以后重发、改写的不改。
--   plan_no 有几个方案的，是方案的文号（〔2023〕6号）：各方案都有 1-1，只有编号分不清。
-- 口径变更：2026-12-01 起，启动日期取最先写明的；整改措施的定期要求没有细化的也计。
-- 检验：唯一 item_id、sub_no；非空 item_id、quantity、start_on
WITH said AS (
    SELECT
        item_id,
        known_from,
        coalesce(start_on, CAST(first_node_on - INTERVAL (coalesce(node_days, 0)) DAY AS DATE)) AS start_on
    FROM measure
    WHERE was_received(known_from)
),

begun AS (
    SELECT item_id, coalesce(start_on, known_from) AS start_on
    FROM (
        SELECT
            *,
            row_number() OVER (
                PARTITION BY item_id ORDER BY start_on IS NULL, known_from, start_on
            ) AS turn
        FROM said
    ) AS told
    WHERE turn = 1
),

clauses AS (
    SELECT
        item_id, sub_no, sub_measure AS clause, frequency, quantity, FALSE AS is_parent, measure_no,
        unit, coalesce(extended_due_on, due_on) AS due_on, plan, region
    FROM measure
    WHERE in_force(measure) AND quantity IS NOT NULL AND coalesce(status <> 'void', TRUE)
    UNION ALL
    SELECT
        item_id, measure_no, measure, measure_frequency, measure_quantity, TRUE, measure_no,
        unit, coalesce(extended_due_on, due_on), plan, region
    FROM (
        SELECT *, row_number() OVER (PARTITION BY region, plan, measure_no ORDER BY item_id) AS turn
        FROM measure
        WHERE in_force(measure) AND coalesce(status <> 'void', TRUE)
            AND measure_frequency IS NOT NULL AND measure_quantity IS NOT NULL
    ) AS first_of_measure
    WHERE turn = 1
),

kinds AS (
    SELECT
        *,
        CASE
            WHEN clause LIKE '%学习%' THEN '专题学习'
            WHEN clause LIKE '%例会%' THEN '例会'
            WHEN clause LIKE '%研判会%' OR clause LIKE '%形势研判%' THEN '形势研判会'
            WHEN clause LIKE '%调研%' THEN '调研报告'
            WHEN clause LIKE '%预警%' THEN '预警信息'
            WHEN clause LIKE '%通报%' THEN '事故通报'
            WHEN clause LIKE '%约谈%' THEN '约谈警示'
            WHEN clause LIKE '%培训%' OR clause LIKE '%演练%' THEN '培训演练'
            WHEN clause LIKE '%互检%' THEN '交叉互检'
            WHEN clause LIKE '%督导%' THEN '督导检查'
            WHEN clause LIKE '%述职%' THEN '述职'
        END AS duty_kind
    FROM clauses
),

taken_up AS (
    SELECT DISTINCT region, plan, measure_no, duty_kind
    FROM kinds
    WHERE NOT is_parent
),

several AS (
    SELECT count(DISTINCT plan_id) > 1 AS are_several
    FROM plan
    WHERE in_force(plan)
)

SELECT
    kinds.item_id,
    kinds.plan,
    CASE
        WHEN contains(kinds.plan, '〔') AND (SELECT are_several FROM several)
            THEN concat('〔', split_part(kinds.plan, '〔', 2))
    END AS plan_no,
    kinds.sub_no,
    kinds.clause AS sub_measure,
    kinds.unit,
    kinds.duty_kind,
    kinds.frequency,
    kinds.quantity,
    begun.start_on,
    kinds.due_on,
    kinds.region
FROM kinds
INNER JOIN begun ON kinds.item_id = begun.item_id
LEFT JOIN taken_up
    ON kinds.region IS NOT DISTINCT FROM taken_up.region
    AND kinds.plan IS NOT DISTINCT FROM taken_up.plan
    AND kinds.measure_no = taken_up.measure_no
    AND kinds.duty_kind = taken_up.duty_kind
WHERE NOT kinds.is_parent OR (kinds.duty_kind IS NOT NULL AND taken_up.duty_kind IS NULL)
