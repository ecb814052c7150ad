-- 交叉互检 · cross_checks
-- 一行：一个检查方对一个被检查方
-- 口径：安排取履职台账里的交叉互检，做到没有取检查台账里检查类型写明互检的检查，被检查方是场所所在的乡镇，没有写乡镇的为场所。
--   乡镇名称不分“东河镇”和“东河镇人民政府”。检查方就是被检查方的是自己检查自己，不算互检，单列为本乡镇（本单位），不进互检的次数。
--   没有写明被检查方的为“未填”。
-- 列：
--   unit 检查方
--   target 被检查方
--   is_own 检查方和被检查方相同，不算互检
--   arranged 安排（次）
--   visits 检查（家次）
--   hazards_found 检查发现隐患（条）
--   first_on 开始
--   last_on 最近
-- 依据：重大事故隐患交叉互检执法，检查方不得是被检查方
-- 措施：互检
-- 检验：唯一 unit、target；成立 有安排或有检查：arranged + visits >= 1
WITH told AS (
    SELECT acted_by AS unit, coalesce(target, '未填') AS target, held_on AS day, 1 AS arranged, 0 AS visits, 0 AS found
    FROM targets
    WHERE kind = '交叉互检'
    UNION ALL
    SELECT unit, coalesce(township, site, '未填'), inspected_on, 0, 1, coalesce(hazards_found, 0)
    FROM inspections
    WHERE kind LIKE '%互检%'
),

named AS (
    SELECT
        coalesce(regexp_replace(unit, '(人民政府|办事处)$', ''), '未填') AS unit,
        regexp_replace(target, '(人民政府|办事处)$', '') AS target,
        day,
        arranged,
        visits,
        found
    FROM told
)

SELECT
    unit,
    target,
    unit = target AND unit <> '未填' AS is_own,
    CAST(sum(arranged) AS BIGINT) AS arranged,
    CAST(sum(visits) AS BIGINT) AS visits,
    CAST(sum(found) AS BIGINT) AS hazards_found,
    min(day) AS first_on,
    max(day) AS last_on
FROM named
GROUP BY unit, target
ORDER BY is_own DESC, arranged DESC, visits DESC, unit, target
