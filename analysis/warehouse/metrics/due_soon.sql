-- 临期事项 · due_soon
-- 一行：一条 7 日内到期而没有完成的事项，最先到期的在前
-- 口径：期限（有批准的延期时按延期后的）在当日至 7 日后之间，含当日到期；经核实停业关停的不在此列，报停业而没有核实的标明。
-- 口径变更：2026-12-01 起，报停业而没有核实的也列出，此前不列。
-- 列：
--   item_id 事项编号
--   kind 事项种类：measure 三清单、hazard 隐患、decision 议定事项
--   title 事项
--   unit 责任单位
--   person 责任人
--   township 乡镇
--   site 场所
--   level 隐患等级
--   supervised 是否挂牌督办
--   opened_on 发现或下达日期
--   due_on 现行期限
--   due_is_provisional 期限待确认：时限写给了不存在的条目，暂按这一条计
--   suspension 停业核实：claimed 报停业待核实，没有报停业的为空
--   relief 报送待核实：报撤销、延期、取消期限、降级、改写、改完成日期、挂牌、摘牌而没有核实的，没有的为空
--   days_left 剩余天数（天），0 为当日到期
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：整改要求“按时完成问题整改销号”；到期前提醒责任单位
-- 检验：唯一 item_id；取值 kind、suspension、relief；成立 剩余 0—7 天：days_left BETWEEN 0 AND 7；
--   成立 条数与总体情况相同：count(*) OVER () = (SELECT due_soon FROM overview($as_of, known_on := $known_on))
WITH near AS (
    -- the days alone rule out most items before anything else is asked of them
    SELECT * FROM items
    WHERE due_on BETWEEN CAST($as_of AS DATE) AND CAST($as_of AS DATE) + 7 AND (state = 'due_soon' OR state = 'suspended' AND NOT is_suspended)
)

SELECT
    item_id, kind, title, unit, person, township, site, level, supervised,
    opened_on, due_on, due_is_provisional, suspension, relief, days_left, path, sheet, row_no
FROM near
ORDER BY days_left, unit, item_id
