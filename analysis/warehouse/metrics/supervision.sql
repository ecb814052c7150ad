-- 挂牌督办 · supervision
-- 一行：一条未销号的重大隐患，或一条挂牌督办的隐患
-- 口径：重大隐患未销号而没有挂牌的为“应挂未挂”；挂牌而未销号的为“督办中”；挂牌且已销号的为“已摘牌”。撤销的不计。
-- 列：
--   item_id 事项编号
--   title 隐患
--   unit 责任单位
--   person 责任人
--   township 乡镇
--   site 场所
--   level 隐患等级
--   standing_text 督办情形：应挂未挂、督办中、已摘牌
--   supervised_on 挂牌日期
--   days_supervised 挂牌天数（天），已摘牌的算到销号；销号日期早于挂牌日期的算不出，为空
--   due_on 现行期限
--   state 状态代码
--   suspension 停业核实：claimed 报停业待核实，confirmed 经核实停业关停，没有报停业的为空
--   relief 报送待核实：报撤销、延期、取消期限、降级、改写、改完成日期、挂牌、摘牌而没有核实的，没有的为空
--   days_late 逾期天数（天），没有完成的
--   done_late 逾期完成天数（天），完成了的晚了几天
--   closed_on 销号日期
--   path 来源文件
--   sheet 来源工作表
--   row_no 来源行号
-- 依据：重大隐患挂牌督办、约谈警示；未销号重大隐患应全部挂牌
-- 措施：挂牌督办
-- 检验：唯一 item_id；取值 state、suspension、relief；引用 item_id → items.item_id；成立 挂牌天数不为负：days_supervised >= 0
WITH listed AS (
    SELECT
        *,
        CASE
            WHEN is_closed THEN '已摘牌'
            WHEN supervised THEN '督办中'
            ELSE '应挂未挂'
        END AS standing_text
    FROM items
    WHERE kind = 'hazard' AND NOT is_void
        AND (supervised OR (level = '重大' AND NOT is_closed))
)

SELECT
    item_id,
    title,
    unit,
    person,
    township,
    site,
    level,
    standing_text,
    CASE WHEN supervised THEN supervised_on END AS supervised_on,
    CASE
        WHEN supervised AND supervised_on <= coalesce(closed_on, CAST($as_of AS DATE))
            THEN date_diff('day', supervised_on, coalesce(closed_on, CAST($as_of AS DATE)))
    END AS days_supervised,
    due_on,
    state,
    suspension,
    relief,
    CASE WHEN NOT is_done THEN days_late END AS days_late,
    CASE WHEN is_done THEN days_late END AS done_late,
    closed_on,
    path,
    sheet,
    row_no
FROM listed
ORDER BY
    standing_text <> '应挂未挂', standing_text <> '督办中',
    listed.days_late DESC NULLS LAST, unit, item_id
