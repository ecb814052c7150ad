-- 总体情况 · overview
-- 一行：全部在范围内的事项合为一行
-- 口径：撤销、长期坚持（无期限）和经核实停业关停的单列，不进任何比率；完成含待验收和已销号；逾期为期限早于当日而未完成，当日到期不算。
--   已到期可判的是按期完成、逾期完成和逾期未完成之和，按期完成率以它为分母；停业关停的、没有写完成日期而推断不出是否按期的另列，
--   五项相加是期限早于当日的全部事项。停业关停按报停业的全部列出，核实与否、到期与否都在内；没有核实的照常统计；撤销、延期、降级没有核实的也一样。
--   重大隐患的分子是已销号，一般隐患的分子是已整改，两者并列；重大隐患和挂牌督办不因列为长期坚持或停业关停而不计。
-- 口径变更：2026-12-01 起，经核实停业关停的单列、不进比率，没有核实的照常统计，此前报停业即不算逾期而仍在总数里；
--   没有写完成日期而推断不出是否按期的单列，不再算作逾期完成，此前按首次报送或验收的日期判断。
-- 列：
--   total 事项总数（项），单列的不在内
--   done 已完成，含待验收和已销号（项）
--   closed 已销号（项）
--   due 已到期可判（项），期限早于当日 = on_time + late + overdue
--   on_time 按期完成（项），期限早于当日的之中
--   late 逾期完成（项），期限早于当日的之中
--   overdue 逾期未完成（项）
--   suspended_due 停业关停而期限早于当日（项），经核实的，单列
--   undated_done 期限早于当日、已完成而完成时间不明（项），含主体灭失而销号的，单列
--   due_soon 7 日内到期（项），未完成，含当日到期
--   undated 时限不明（项）
--   suspended 报停业关停（项），核实与否都在内
--   suspended_apart 经核实停业关停（项），单列
--   relieved 报撤销、延期、取消期限、降级、挂牌、摘牌而没有核实（项），没有销号的，照常统计
--   gone 经核实主体灭失而销号（项），已销号的之中
--   standing 长期坚持、无期限，单列（项）
--   void 已撤销，单列（项）
--   major_total 重大隐患总数（条）
--   major_closed 重大隐患已销号（条）
--   major_open 重大隐患未销号（条）
--   major_supervised 重大隐患已挂牌（条），未销号的之中
--   supervised_open 挂牌督办未销号（条）
--   completion_rate 整改完成率 = done / total
--   closure_rate 销号率 = closed / total
--   on_time_rate 按期完成率 = on_time / due
--   major_closure_rate 重大隐患整改率 = major_closed / major_total
--   supervision_rate 挂牌督办率 = major_supervised / major_open
-- 依据：整改要求“按时完成问题整改销号”；月度形势研判会关键数字
-- 检验：一行；
--   成立 事项一条不少：total + suspended_apart + standing + void = (SELECT count(*) FROM items($as_of, known_on := $known_on))；
--   成立 到期可判的三项相加：due = on_time + late + overdue；成立 销号不多于完成：closed <= done AND done <= total；
--   成立 重大隐患已销号加未销号：major_total = major_closed + major_open
WITH counted AS (
    SELECT
        *,
        NOT is_void AND NOT standing AND NOT is_suspended AS counts,
        -- what is struck off is not shut down
        NOT standing AND is_suspended AS is_apart,
        due_on < CAST($as_of AS DATE) AS is_past,
        kind = 'hazard' AND level = '重大' AND NOT is_void AS is_major
    FROM items
),

summed AS (
    SELECT
        count(*) FILTER (WHERE counts) AS total,
        count(*) FILTER (WHERE counts AND is_done) AS done,
        count(*) FILTER (WHERE counts AND is_closed) AS closed,
        count(*) FILTER (WHERE counts AND is_past AND punctuality = 'in_time') AS on_time,
        count(*) FILTER (WHERE counts AND is_past AND punctuality = 'late') AS late,
        count(*) FILTER (WHERE is_overdue) AS overdue,
        count(*) FILTER (WHERE is_apart AND is_past) AS suspended_due,
        count(*) FILTER (WHERE counts AND is_past AND punctuality = 'undated') AS undated_done,
        count(*) FILTER (WHERE counts AND (state = 'due_soon' OR state = 'suspended' AND days_left <= 7)) AS due_soon,
        count(*) FILTER (WHERE counts AND (state = 'undated' OR state = 'suspended' AND due_on IS NULL)) AS undated,
        count(*) FILTER (WHERE (counts OR is_apart) AND suspension IS NOT NULL AND NOT is_closed) AS suspended,
        count(*) FILTER (WHERE is_apart) AS suspended_apart,
        count(*) FILTER (WHERE relief IS NOT NULL) AS relieved,
        count(*) FILTER (WHERE counts AND closure = 'gone') AS gone,
        count(*) FILTER (WHERE standing AND NOT is_void) AS standing,
        count(*) FILTER (WHERE is_void) AS void,
        count(*) FILTER (WHERE is_major) AS major_total,
        count(*) FILTER (WHERE is_major AND is_closed) AS major_closed,
        count(*) FILTER (WHERE is_major AND NOT is_closed) AS major_open,
        count(*) FILTER (WHERE is_major AND NOT is_closed AND supervised) AS major_supervised,
        count(*) FILTER (WHERE supervised AND NOT is_closed AND NOT is_void) AS supervised_open
    FROM counted
)

SELECT
    total,
    done,
    closed,
    on_time + late + overdue AS due,
    on_time,
    late,
    overdue,
    suspended_due,
    undated_done,
    due_soon,
    undated,
    suspended,
    suspended_apart,
    relieved,
    gone,
    standing,
    void,
    major_total,
    major_closed,
    major_open,
    major_supervised,
    supervised_open,
    CAST(done AS DOUBLE) / nullif(total, 0) AS completion_rate,
    CAST(closed AS DOUBLE) / nullif(total, 0) AS closure_rate,
    CAST(on_time AS DOUBLE) / nullif(on_time + late + overdue, 0) AS on_time_rate,
    CAST(major_closed AS DOUBLE) / nullif(major_total, 0) AS major_closure_rate,
    CAST(major_supervised AS DOUBLE) / nullif(major_open, 0) AS supervision_rate
FROM summed
