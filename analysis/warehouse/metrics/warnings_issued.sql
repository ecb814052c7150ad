-- 预警信息发布 · warnings_issued
-- 一行：一个单位一个月发布的预警信息；单位“全部”是当月的合计
-- 口径：履职台账里的预警信息，按发布日期归月，没有日期的按所属月份；数量按台账填写的，没有填写的为 1 条。没有写明单位的算在“未填”。
--   一条也没有发布的月份不列出。
-- 列：
--   month_on 月份的第一天
--   unit 发布单位，“全部”为合计
--   warnings 预警信息（条）
--   with_target 其中写明发给谁的（条）
--   units 发布的单位（个），只在合计一行
--   last_on 当月最近一次发布
-- 依据：发布预警信息
-- 措施：预警
-- 检验：唯一 month_on、unit；合计 warnings、with_target，unit = '全部'，按 month_on；
--   成立 写明对象的不多于全部：with_target <= warnings
WITH told AS (
    SELECT
        region,
        CAST(date_trunc('month', told_on) AS DATE) AS month_on,
        coalesce(unit, '未填') AS unit,
        coalesce(quantity, 1) AS quantity,
        target,
        held_on AS issued_on
    FROM acts
    WHERE kind = '预警信息' AND is_held
),

members AS (
    SELECT month_on, unit, unit AS issuer, quantity, target, issued_on, FALSE AS is_all
    FROM told
    UNION ALL
    SELECT month_on, '全部', unit, quantity, target, issued_on, TRUE
    FROM told
)

SELECT
    month_on,
    unit,
    CAST(sum(quantity) AS BIGINT) AS warnings,
    CAST(coalesce(sum(CASE WHEN target IS NOT NULL THEN quantity END), 0) AS BIGINT) AS with_target,
    CASE WHEN is_all THEN count(DISTINCT CASE WHEN issuer <> '未填' THEN issuer END) END AS units,
    max(issued_on) AS last_on
FROM members
GROUP BY month_on, unit, is_all
ORDER BY month_on DESC, is_all DESC, warnings DESC, unit
