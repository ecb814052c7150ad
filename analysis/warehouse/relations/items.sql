-- 整改事项 · items
-- 一行：一条三清单细化措施、隐患或议定事项，按截至 $as_of 的情形
-- 口径：只用 $known_on（含当日）以前收到的报送；空表示迄今收到的全部。期限有批准的延期时按延期后的期限。
--   due_is_provisional 期限待确认，见 received；由人确认以前，按这个期限统计。
--   状态由日期、验收和填报状态推出：销号须有验收日期和验收人；有签字人或账号的县，以及重大隐患，只有验收销号记录才算，
--   台账自报的、责任人自己验收的按待验收统计。closure 是销号的依据：record 验收销号记录，ledger 由台账自报，
--   claimed 自报而待验收，self 自己验收而待验收。退回重改的，退回以前的完成不算，按期与否仍按原来的期限。
--   口径变更：2026-12-01 起，台账不能自行销号重大隐患；有签字人或账号的，一切事项都须有验收销号记录。
--  报已整改而没有日期的，按首次这样报送的日期；
--   填报状态明确未完成的（含基本完成、阶段性完成），即使填了完成日期也不算完成。
--   没有发现日期，或发现日期晚于首次收到日期的，按首次收到日期计，事项不因一格有误而漏统。
WITH opened AS (
    SELECT
        *,
        coalesce(least(found_on, first_known_on), first_known_on) AS opened_on,
        CASE
            WHEN NOT says_open AND accepted_on IS NOT NULL AND accepted_by IS NOT NULL AND is_accepted
                THEN greatest(accepted_on, coalesce(said_closed_on, accepted_on))
        END AS closed_from
    FROM (SELECT *, coalesce(closure NOT IN ('claimed', 'self'), TRUE) AS is_accepted FROM received) AS known
    WHERE known_to IS NULL
),

finished AS (
    SELECT
        *,
        -- least() passes over what is not there; what is struck off is done, at the latest, by then
        least(
            closed_from,
            CASE
                WHEN says_open THEN NULL
                WHEN said_done_on IS NOT NULL THEN said_done_on
                WHEN status = 'done_onspot' THEN opened_on
                WHEN closed_from IS NOT NULL THEN accepted_on
                WHEN says_done THEN said_done_since
            END
        ) AS done_from
    FROM opened
    WHERE opened_on <= CAST($as_of AS DATE)
),

judged AS (
    SELECT
        *,
        coalesce(status = 'void', FALSE) AS is_void,
        coalesce(rect_type = '长期坚持', FALSE) AND due_on IS NULL AS standing,
        coalesce(closed_from <= CAST($as_of AS DATE), FALSE) AS is_closed,
        coalesce(done_from <= CAST($as_of AS DATE), FALSE) AS is_done
    FROM finished
),

placed AS (
    SELECT
        *,
        CASE
            WHEN is_void THEN 'void'
            WHEN is_closed THEN 'closed'
            WHEN is_done THEN 'accepting'
            WHEN status = 'suspended' THEN 'suspended'
            WHEN standing THEN 'standing'
            WHEN due_on IS NULL THEN 'undated'
            WHEN due_on < CAST($as_of AS DATE) THEN 'overdue'
            WHEN date_diff('day', CAST($as_of AS DATE), due_on) <= 7 THEN 'due_soon'
            ELSE 'open'
        END AS state
    FROM judged
),

files AS (
    -- grouped, so that it is known to add no rows and falls away where nobody asks for the file
    SELECT submission_id, max(path) AS path, bool_or(is_simulated) AS is_simulated
    FROM submission
    GROUP BY submission_id
)

SELECT
    placed.item_id,
    placed.kind,
    CASE
        WHEN placed.kind = 'hazard' THEN concat_ws('：', placed.heading, placed.wording)
        ELSE concat_ws(' ', placed.heading, placed.wording)
    END AS title,
    placed.unit,
    placed.person,
    placed.township,
    placed.site,
    placed.site_kind,
    placed.category,
    placed.rect_type,
    placed.level,
    placed.opened_on,
    placed.due_on,
    placed.due_is_provisional,
    CASE WHEN placed.is_done THEN placed.done_from END AS done_on,
    CASE WHEN placed.accepted_on <= CAST($as_of AS DATE) AND placed.is_accepted THEN placed.accepted_on END AS accepted_on,
    CASE WHEN placed.accepted_on <= CAST($as_of AS DATE) AND placed.is_accepted THEN placed.accepted_by END AS accepted_by,
    CASE WHEN placed.is_closed THEN placed.closed_from END AS closed_on,
    CASE WHEN placed.is_closed OR NOT placed.is_accepted THEN placed.closure END AS closure,
    placed.returned_on,
    placed.rework_due_on,
    -- A day of listing says that it is listed, from that day on.
    coalesce(placed.supervised, placed.supervised_on IS NOT NULL)
    AND coalesce(placed.supervised_on <= CAST($as_of AS DATE), TRUE) AS supervised,
    placed.standing,
    placed.state,
    placed.is_done,
    placed.is_closed,
    placed.state = 'overdue' AS is_overdue,
    CASE
        WHEN placed.state = 'overdue' THEN date_diff('day', placed.due_on, CAST($as_of AS DATE))
        WHEN placed.is_done AND placed.done_from > placed.due_on
            THEN date_diff('day', placed.due_on, placed.done_from)
    END AS days_late,
    CASE
        WHEN NOT placed.is_done AND placed.due_on >= CAST($as_of AS DATE)
            THEN date_diff('day', CAST($as_of AS DATE), placed.due_on)
    END AS days_left,
    placed.first_due_on,
    concat_ws('；', placed.wording, placed.remedy) AS content,
    placed.source,
    placed.campaign,
    placed.plan,
    placed.judged_on,
    placed.filed_on,
    placed.supervised_on,
    placed.region,
    files.is_simulated,
    files.path,
    placed.sheet,
    placed.row_no,
    placed.is_void,
    placed.first_known_on,
    placed.known_from
FROM placed
LEFT JOIN files ON placed.submission_id = files.submission_id
