-- 事项的历次报送（含当日作废的） · received
-- 一行：一条整改事项的一个版本，从收到之日起，到被下一次报送改动之日止
-- 口径：只用 $known_on（含当日）以前收到的报送，空表示迄今收到的全部；$as_of 不起作用。内容没有变化的重复报送不成新版本；
--   收到当日又被更改的版本也在其中，它的起止是同一天。known_to 为空的是到 $known_on 仍有效的版本，每条事项一行。
--   first_known_on 首次收到的日期，said_done_since 从哪次报送起一直报为已完成（没有报完成的无意义）。
--   said_done_as_of 首次这样报完成的那次报送截至的日期，said_open_until 此前最近仍报未完成的报送截至的日期：报送写明截至日期或期次的
--   按截至日期或期末，没有写的按收到日期；内容没有变化的重复报送也算。is_onspot 首次报送就报现场整改。
--   suspended_since 从哪次报送起一直报停业关停，经核实没有停业的为空；suspension 是核实的结果，停业核实以前为 claimed。
--   relief 单位报送的撤销、延期、取消期限、降级、改写、改完成日期、挂牌、摘牌，专班没有核实的；各列都是没有计入它们的。
--   due_is_provisional 现行期限待确认：时限写给了不存在的条目，暂按它只可能指的这一条计；批准延期后的期限是写明的。
--   accepted_on、accepted_by、said_closed_on 是台账或验收销号记录写的；台账自报而不算销号的，closure 为 claimed 或 self。
--   source 是隐患的来源、议定事项的会议。category 是隐患类别；措施的清单类别、议定事项的会议名称不是隐患类别，不在这里。
--   returned_on、rework_due_on 是最近一次退回重改的日期和重改期限。
--   has_named_person、has_named_unit 责任人、责任单位是否写明是谁；quantity 是措施写明的数量（次、份），没有写明的为空。
--   conduct、conduct_words 台账写有拒不整改、推诿、虚假整改的，是哪一种，原文怎么写；没有经过核实。
--   heading、wording、remedy 是标题的前半、正文和整改措施，用时才拼接；隐患没有写场所的，前半是部位。
-- 检验：唯一 item_id 当 known_to IS NULL；非空 item_id、kind、known_from、first_known_on；
--   取值 kind、status、suspension、closure、relief；成立 起在止以前：known_from <= known_to；
--   成立 首次收到不晚于本版：first_known_on <= known_from；成立 不能又完成又没有完成：NOT (says_done AND says_open)
WITH sent AS (
    SELECT
        'measure' AS kind, item_id, sub_no AS heading, sub_measure AS wording,
        CAST(NULL AS VARCHAR) AS remedy, unit, person, CAST(NULL AS VARCHAR) AS township,
        CAST(NULL AS VARCHAR) AS site, CAST(NULL AS VARCHAR) AS site_kind, CAST(NULL AS VARCHAR) AS category,
        rect_type, CAST(NULL AS VARCHAR) AS level, CAST(NULL AS DATE) AS found_on,
        due_on AS first_due_on, extended_due_on, due_is_provisional, due_text, done_on AS said_done_on, accepted_on,
        accepted_by, closed_on AS said_closed_on, FALSE AS supervised,
        CAST(NULL AS DATE) AS supervised_on, CAST(NULL AS DATE) AS judged_on,
        CAST(NULL AS DATE) AS filed_on, CAST(NULL AS VARCHAR) AS campaign,
        CAST(NULL AS VARCHAR) AS source, CAST(NULL AS VARCHAR) AS inspection_no, plan, quantity, status, closure, returned_on, rework_due_on,
        region, submission_id, sheet, row_no, known_from, known_to, first_known_on, said_done_since,
        said_done_as_of, said_open_until, is_onspot, has_named_person, has_named_unit, conduct, conduct_words, suspended_since, suspension, relief
    FROM measure
    UNION ALL
    SELECT
        'hazard', item_id, coalesce(site, location), description, measure, unit, person, township, site, site_kind, category, rect_type, level, found_on, due_on,
        extended_due_on, FALSE, due_text, done_on, accepted_on, accepted_by, closed_on, supervised,
        supervised_on, judged_on, filed_on, campaign, source, inspection_no, NULL, CAST(NULL AS DOUBLE), status, closure, returned_on, rework_due_on,
        region, submission_id, sheet, row_no, known_from, known_to, first_known_on, said_done_since,
        said_done_as_of, said_open_until, is_onspot, has_named_person, has_named_unit, conduct, conduct_words, suspended_since, suspension, relief
    FROM hazard
    UNION ALL
    SELECT
        'decision', item_id, NULL, task, NULL, unit, person, NULL, NULL, NULL, NULL, NULL, NULL,
        held_on, due_on, NULL, FALSE, due_text, done_on, accepted_on, accepted_by, closed_on, FALSE, NULL,
        NULL, NULL, NULL, meeting, NULL, NULL, NULL, status, closure, returned_on, rework_due_on,
        region, submission_id, sheet, row_no, known_from, known_to, first_known_on, said_done_since,
        said_done_as_of, said_open_until, is_onspot, has_named_person, has_named_unit, conduct, conduct_words, suspended_since, suspension, relief
    FROM decision
)

SELECT
    kind, item_id, heading, wording, remedy, unit, person, township, site, site_kind, category, rect_type,
    level, found_on, first_due_on, extended_due_on,
    coalesce(extended_due_on, first_due_on) AS due_on,
    coalesce(due_is_provisional, FALSE) AND extended_due_on IS NULL AND first_due_on IS NOT NULL AS due_is_provisional,
    due_text, said_done_on, accepted_on, accepted_by, said_closed_on, supervised, supervised_on,
    judged_on, filed_on, campaign, source, inspection_no, plan, quantity, status,
    closure, returned_on, rework_due_on,
    -- an older program has not told
    coalesce(has_named_person, person IS NOT NULL) AS has_named_person,
    coalesce(has_named_unit, unit IS NOT NULL) AS has_named_unit,
    conduct, conduct_words,
    coalesce(status IN ('done', 'done_onspot', 'pending_accept', 'closed'), FALSE) AS says_done,
    coalesce(status IN ('not_started', 'in_progress', 'blocked', 'rejected', 'transferred'), FALSE) AS says_open,
    region, submission_id, sheet, row_no, known_from,
    coalesce(first_known_on, known_from) AS first_known_on,
    coalesce(said_done_since, known_from) AS said_done_since,
    coalesce(said_done_as_of, said_done_since, known_from) AS said_done_as_of,
    said_open_until,
    coalesce(is_onspot, FALSE) AS is_onspot,
    CASE WHEN suspended_since IS NOT NULL AND suspension IS DISTINCT FROM 'denied' THEN suspended_since END AS suspended_since,
    CASE WHEN suspended_since IS NOT NULL THEN coalesce(suspension, 'claimed') END AS suspension,
    relief,
    CASE WHEN was_received(known_to) THEN known_to END AS known_to
FROM sent
WHERE was_received(known_from)
