-- 整改事项 · items
-- 一行：一条三清单细化措施、隐患或议定事项，按截至 $as_of 的情形
-- 口径：只用 $known_on（含当日）以前收到的报送；空表示迄今收到的全部。期限有批准的延期时按延期后的期限。
--   有几个方案的，三清单的事项在编号前标明方案的文号（〔2023〕6号 1-1），以免编号相同而混淆。
--   due_is_provisional 期限待确认，见 received；由人确认以前，按这个期限统计。
--   状态由日期、验收和填报状态推出：销号须有验收日期和验收人；有签字人或账号的县，以及重大隐患，只有验收销号记录才算，
--   台账自报的、责任人自己验收的按待验收统计。closure 是销号的依据：record 验收销号记录，ledger 由台账自报，
--   claimed 自报而待验收，self 自己验收而待验收，gone 经核实主体灭失（关闭、注销、取缔）。退回重改的，退回以前的完成不算，按期与否仍按原来的期限。
--   口径变更：2026-12-01 起，台账不能自行销号重大隐患；有签字人或账号的，一切事项都须有验收销号记录。
--   完成日期以台账写明的为准；没有写的按首次报完成的收到日期（done_as_reported 为是，“按首次报告”），以后验收的不改；
--   首次报送就报现场整改而没有日期的，按发现当日，以后才这样报的按报送。
--   按期与否（punctuality）：写明完成日期的，不晚于期限为按期（in_time），晚于为逾期完成（late）；没有写明的，完成在最后一次报未完成
--   以后、首次报完成以前，一次报送说明到它写明的截至日期或期末，没有写的到收到日期：首次报完成不晚于期限的为按期，
--   报未完成的不早于期限的为逾期完成，其余为完成时间不明（undated）。
--   口径变更：2026-12-01 起，没有完成日期的，验收日期不再当作完成日期；按期与否按历次报送推断，推断不出的单列，不进比率；
--   此前一律按首次报送或验收的日期判断。
--   停业关停：台账报停业的，状态写停业关停；专班没有核实的（suspension 为 claimed，“报停业待核实”）照常统计，期限过了仍算逾期；
--   经核实的（confirmed，is_suspended 为是）从报告之日（suspended_on）起不进比率，不算逾期；报告之日以前仍照原样。恢复营业的仍按原期限。停产停业整顿、临时查封是执法措施，
--   不是停业关停。核实主体灭失的从核实之日起销号，重大隐患仍须有验收销号记录。
--   口径变更：2026-12-01 起，报停业的须经专班核实才单列；此前报停业即单列。
--   报送待核实：单位账号报送撤销（误报、重复、无需整改、不予认定）、推后或取消期限、把重大改为一般或不写等级、改写重大隐患、把逾期完成的日期改早、期限过后仍报未完成而又报期限以内早已完成、挂牌、摘牌的，
--   专班核实以前不算，照原样统计，relief 是没有核实的哪一种；重大隐患的撤销，不论谁报送，都须核实。核实属实、批准的，从核实之日起算。改回专班最近一次报送以后算过的期限、提前期限的，不用核实。
--   口径变更：2026-12-01 起，上述报送须经专班核实才算；此前报送即算。
--   隐患的责任单位写的是企业、内设部门、下属单位，名录和方案里没有的，按报送台账的单位统计；专班办公室的台账照写的算。
--   口径变更：2026-12-01 起，上述隐患按报送台账的单位统计；此前照台账写的责任单位。
--   填报状态明确未完成的（含基本完成、阶段性完成、已移交），即使填了完成日期也不算完成。
--   has_begun 已开展：已完成，或报送的状态不是“未启动”；没有报过状态的不算。quantity 是措施写明的数量。
--   has_named_person、has_named_unit 责任人、责任单位是否写明是谁，如“分管领导”“各相关单位”没有写明。
--   conduct 待核实情形：台账写有拒不整改（refused）、推诿（shirked）、虚假整改（faked），是台账的说法，没有经过核实；conduct_words 是原文。
--   没有发现日期，或发现日期晚于首次收到日期的，按首次收到日期计，事项不因一格有误而漏统。
-- 检验：唯一 item_id；非空 item_id、kind、state、opened_on；取值 kind、state、punctuality、suspension、closure、conduct、relief；
--   成立 逾期的期限已过：due_on < $as_of 当 is_overdue；成立 完成的不逾期：NOT is_overdue 当 is_done；
--   成立 销号的已完成：is_done 当 is_closed；成立 完成有日期：done_on IS NOT NULL 当 is_done；
--   成立 撤销的不逾期：NOT is_overdue 当 is_void
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

told AS (
    SELECT
        *,
        -- what the ledger says; what was mended before the first report was mended as it was found
        CASE
            WHEN says_open THEN NULL
            WHEN said_done_on IS NOT NULL THEN said_done_on
            WHEN is_onspot AND found_on IS NOT NULL THEN opened_on
        END AS stated_on,
        -- least() passes over what is not there; an acceptance tells of the work that it found done
        CASE WHEN closed_from IS NOT NULL THEN accepted_on END AS found_done_on,
        CASE WHEN says_done THEN said_done_since END AS reported_on,
        CASE WHEN says_done THEN said_done_as_of END AS reported_as_of
    FROM opened
    WHERE opened_on <= CAST($as_of AS DATE)
),

finished AS (
    SELECT
        *,
        -- what is struck off is done, at the latest, by then
        least(closed_from, coalesce(stated_on, least(found_done_on, reported_on))) AS done_from,
        CASE WHEN stated_on IS NULL THEN least(found_done_on, reported_as_of) END AS done_by
    FROM told
),

judged AS (
    SELECT
        *,
        coalesce(status = 'void', FALSE) AS is_void,
        coalesce(rect_type = '长期坚持', FALSE) AND due_on IS NULL AS standing,
        coalesce(closed_from <= CAST($as_of AS DATE), FALSE) AS is_closed,
        coalesce(done_from <= CAST($as_of AS DATE), FALSE) AS is_done,
        coalesce(closure = 'gone', FALSE) AS is_gone,
        CASE WHEN suspended_since <= CAST($as_of AS DATE) THEN suspended_since END AS suspended_from
    FROM finished
),

placed AS (
    SELECT
        *,
        CASE
            WHEN is_void THEN 'void'
            WHEN is_closed THEN 'closed'
            WHEN is_done THEN 'accepting'
            WHEN suspended_from IS NOT NULL AND suspension <> 'claimed' THEN 'suspended'
            WHEN standing THEN 'standing'
            WHEN due_on IS NULL THEN 'undated'
            WHEN due_on < CAST($as_of AS DATE) THEN 'overdue'
            WHEN date_diff('day', CAST($as_of AS DATE), due_on) <= 7 THEN 'due_soon'
            ELSE 'open'
        END AS stand,
        CASE
            -- the commonest first; without a deadline none of these holds
            WHEN NOT is_done THEN NULL
            WHEN is_gone AND due_on IS NOT NULL THEN 'undated'
            WHEN coalesce(done_by, done_from) <= due_on THEN 'in_time'
            WHEN due_on IS NULL THEN NULL
            WHEN stated_on IS NOT NULL OR said_open_until >= due_on THEN 'late'
            ELSE 'undated'
        END AS punctuality
    FROM judged
),

plans AS (
    SELECT count(DISTINCT plan_id) > 1 AS are_several
    FROM plan
    WHERE in_force(plan)
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
        -- of two plans each has a 1-1
        WHEN placed.kind = 'measure' AND contains(placed.plan, '〔') AND (SELECT are_several FROM plans)
            THEN concat_ws(' ', concat('〔', split_part(placed.plan, '〔', 2)), placed.heading, placed.wording)
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
    placed.is_done AND placed.stated_on IS NULL AS done_as_reported,
    placed.punctuality,
    CASE WHEN placed.accepted_on <= CAST($as_of AS DATE) AND placed.is_accepted THEN placed.accepted_on END AS accepted_on,
    CASE WHEN placed.accepted_on <= CAST($as_of AS DATE) AND placed.is_accepted THEN placed.accepted_by END AS accepted_by,
    CASE WHEN placed.is_closed THEN placed.closed_from END AS closed_on,
    CASE WHEN placed.is_closed OR NOT placed.is_accepted THEN placed.closure END AS closure,
    placed.returned_on,
    placed.rework_due_on,
    CASE WHEN NOT placed.is_done OR placed.is_gone THEN placed.suspended_from END AS suspended_on,
    CASE
        WHEN placed.suspended_from IS NULL OR (placed.is_done AND NOT placed.is_gone) THEN NULL
        WHEN placed.suspension = 'claimed' THEN 'claimed'
        ELSE 'confirmed'
    END AS suspension,
    CASE WHEN NOT placed.is_closed AND NOT placed.is_void THEN placed.relief END AS relief,
    -- A day of listing says that it is listed, from that day on.
    coalesce(placed.supervised, placed.supervised_on IS NOT NULL)
    AND coalesce(placed.supervised_on <= CAST($as_of AS DATE), TRUE) AS supervised,
    placed.standing,
    -- what is told as shut down is shown so; until the office has looked it counts as if it were not
    CASE
        WHEN placed.suspended_from IS NOT NULL AND placed.stand IN ('overdue', 'due_soon', 'open', 'undated')
            THEN 'suspended'
        ELSE placed.stand
    END AS state,
    placed.stand = 'suspended' AS is_suspended,
    placed.is_done,
    placed.is_closed,
    placed.stand = 'overdue' AS is_overdue,
    CASE
        WHEN placed.stand = 'overdue' THEN date_diff('day', placed.due_on, CAST($as_of AS DATE))
        WHEN placed.punctuality = 'late' AND placed.done_from > placed.due_on
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
    placed.inspection_no,
    placed.plan,
    placed.quantity,
    placed.has_named_person,
    placed.has_named_unit,
    placed.conduct,
    placed.conduct_words,
    -- What nobody has reported on has not begun, as far as is known.
    placed.is_done OR coalesce(placed.status <> 'not_started', FALSE) AS has_begun,
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
