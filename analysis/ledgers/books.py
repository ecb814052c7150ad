"""The system's own books: what was received, not loaded, in doubt, wrong with it, its photos."""

from dataclasses import replace

from analysis.ledgers.codes import PICTURE_STAGE, RULE, SEVERITY
from analysis.ledgers.fields import Field, Ledger

SUBMISSION = Ledger(
    name="submission",
    label="报送批次",
    grain="收到的一个文件的一张工作表一行",
    order=910,
    tests=(
        "唯一 submission_id；"
        "非空 path、received_on；"
        "成立 读取的行一行不少："
        "rows_read = rows_loaded + rows_duplicate + rows_ignored + rows_rejected；"
        "成立 退回的行逐行可查：rows_rejected = "
        "(SELECT count(*) FROM reject WHERE reject.submission_id = tested.submission_id)"
    ),
    dated_by="received_on",
    fields=(
        Field(
            "submission_id",
            "报送批次",
            "text",
            "由文件内容与工作表得出的编号",
            is_identifier=True,
            is_local=True,
        ),
        Field("path", "文件", "text", "相对 data/raw 的路径"),
        Field("sha256", "文件校验值", "text", "文件内容的 SHA-256", is_identifier=True),
        Field("sheet", "工作表", "text", "工作表名"),
        Field("ledger", "台账类型", "text", "识别出的台账；空表示没有识别出来"),
        Field("unit", "填报单位", "text", "副标题写明的填报单位", is_local=True),
        Field(
            "unit_written",
            "填报单位原文",
            "text",
            "填报单位在文件里的写法；各日按当时所知的名称显示",
            is_local=True,
        ),
        Field("period_on", "数据截至", "date", "标题写明的截止日期；方案为成文日期"),
        Field("received_on", "收到日期", "date", "专班办公室收到的日期"),
        Field("received_basis", "收到日期依据", "text", "登记、目录日期、标题日期或文件日期"),
        Field(
            "received_no",
            "收件序号",
            "integer",
            "收入的第几个文件，全库连续；空表示没有登记",
            # a number: what is local takes the county's name in front, in a roll-up
            is_identifier=True,
        ),
        Field("received_at", "收件时间", "text", "收入的时刻；空表示没有登记"),
        Field("title", "标题", "text", "表头之上的文字"),
        Field("is_plan", "是否方案正文", "boolean", "整改方案正文里的措施；其余为空"),
        Field("document_no", "文号", "text", "文件自己的文号", is_identifier=True),
        Field("issued_on", "成文日期", "date", "文件落款的日期"),
        Field("is_simulated", "是否模拟数据", "boolean", "文件名或标题带有“模拟数据”"),
        Field(
            "withdrawn_on",
            "撤回日期",
            "date",
            "从哪一天起不再计入；空表示没有撤回",
            note="撤回的文件、行数仍留着；以前的数字不变",
        ),
        Field("rows_read", "读取行数", "integer", "等于后四项之和"),
        Field("rows_loaded", "入库行数", "integer", "成为记录的行"),
        Field("rows_duplicate", "重复行数", "integer", "没有新内容的行"),
        Field("rows_ignored", "略过行数", "integer", "标题、表头、合计、说明、空行"),
        Field("rows_rejected", "退回行数", "integer", "不能成为记录的行，见退回行表"),
    ),
)

REJECT = Ledger(
    name="reject",
    label="退回行",
    grain="没有入库的一行一行",
    order=920,
    tests=(
        "唯一 submission_id、sheet、row_no；"
        "非空 reason；"
        "引用 submission_id → submission.submission_id"
    ),
    dated_by="",
    fields=(
        Field(
            "submission_id", "报送批次", "text", "来自哪一次报送", is_identifier=True, is_local=True
        ),
        Field("sheet", "工作表", "text", "来源工作表"),
        Field("row_no", "行号", "integer", "来源行"),
        Field("reason", "原因", "text", "为什么不能入库，怎样改"),
        Field("raw", "原文", "json", "该行各格的原文，JSON 文本"),
    ),
)

DOUBT_KEY = Field(
    "doubt_key",
    "疑问编号",
    "text",
    "由疑问的种类和内容得出的编号，再次读取不变",
    is_identifier=True,
    is_local=True,
)

#: Where one of the two things stands that a doubt is about.
_SIDE = (
    Field("submission_id", "报送批次", "text", "来自哪一次报送", is_identifier=True, is_local=True),
    Field("path", "文件", "text", "相对 data/raw 的路径", is_identifier=True),
    Field("sheet", "工作表", "text", "来源工作表"),
    Field("row_no", "行号", "integer", "来源行；空表示整张工作表"),
    Field("cell", "单元格", "text", "所在的那一格，如 E12", is_identifier=True),
    Field("field", "字段", "text", "有疑问的字段", is_identifier=True),
    Field("text", "原文", "text", "那里写的内容"),
    Field("item_id", "事项编号", "text", "涉及的事项", is_identifier=True, is_local=True),
)

DOUBT = Ledger(
    name="doubt",
    label="疑问",
    grain="要由人定的一个问题一行，已经定的也在内",
    order=922,
    tests=(
        "历次 doubt_key；"
        "非空 question、known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    fields=(
        DOUBT_KEY,
        Field("rule", "规则", "code", "哪一种疑问", codes=RULE, is_identifier=True),
        Field("question", "问题", "text", "要定的是什么"),
        *_SIDE,
        *(
            replace(
                each, name=f"other_{each.name}", label=f"另一处{each.label}",
                description=f"另一处的{each.label}；空表示只有一处",
            )
            for each in _SIDE
        ),
        Field("answers", "可选答案", "json", "各个答案的代码和意思，JSON 文本"),
        Field(
            "default_answer", "暂按", "text", "没有定以前按哪个答案计（代码）", is_identifier=True
        ),
        Field(
            "answer", "所定答案", "text", "定为哪个答案（代码）；空表示还没有定", is_identifier=True
        ),
        Field("answered_by", "确定人", "text", "谁定的"),
        Field("answered_on", "确定日期", "date", "从哪一天起按所定的计"),
        Field("known_from", "提出日期", "date", "从哪一天的报送起有这个问题"),
        Field(
            "known_to", "了结日期", "date",
            "从哪一天起没有这个问题了（报送被撤回，或后来的报送另有说法）；空表示还有",
        ),
    ),
)  # fmt: skip

CONFIRMATION = Ledger(
    name="confirmation",
    label="疑问确认",
    grain="confirmations.toml 里的一条一行",
    order=924,
    tests=("唯一 entry_no；引用 doubt_key → doubt.doubt_key 当 has_doubt"),
    fields=(
        DOUBT_KEY,
        Field("entry_no", "条目", "integer", "文件里的第几条"),
        Field("answer", "答案", "text", "定为哪个答案（代码）；空表示撤回", is_identifier=True),
        Field("answered_by", "确定人", "text", "谁定的"),
        Field("answered_on", "确定日期", "date", "从哪一天起按这个答案计"),
        Field("why", "理由", "text", "凭什么这样定"),
        Field("has_doubt", "疑问还在", "boolean", "“否”表示没有这个编号的疑问，来源可能已经更正"),
    ),
    dated_by="answered_on",
)

QUALITY = Ledger(
    name="quality",
    label="数据质量",
    grain="发现的一个问题一行",
    order=930,
    tests=(
        "唯一 submission_id、sheet、row_no、cell、field、value、rule、message、item_id、"
        "known_from；"
        "非空 rule、severity、message；"
        "引用 submission_id → submission.submission_id；"
        "引用 item_id → measure.item_id、hazard.item_id、decision.item_id"
    ),
    dated_by="",
    fields=(
        Field(
            "submission_id", "报送批次", "text", "来自哪一次报送", is_identifier=True, is_local=True
        ),
        Field("sheet", "工作表", "text", "来源工作表"),
        Field("row_no", "行号", "integer", "来源行"),
        Field("field", "字段", "text", "有问题的字段", is_identifier=True),
        Field("value", "原值", "text", "该格的原文"),
        Field("rule", "规则", "code", "触发的规则", codes=RULE, is_identifier=True),
        Field(
            "severity",
            "严重程度",
            "code",
            "疑问、错误、警告或提示",
            codes=SEVERITY,
            is_identifier=True,
        ),
        Field("message", "说明", "text", "问题是什么，怎样改"),
        Field("item_id", "事项编号", "text", "涉及的事项", is_identifier=True, is_local=True),
        Field("cell", "单元格", "text", "有问题的那一格，如 E12", is_identifier=True),
        replace(DOUBT_KEY, description="要由人定的是哪一个疑问，见疑问表；空表示不是疑问"),
        Field(
            "known_from",
            "起算日期",
            "date",
            "从哪一天起是问题；空表示从收到之日起",
            note="漏报从应报日期的次日起",
        ),
        Field(
            "known_to", "截止日期", "date", "从哪一天起不再是问题（所依据的报送被撤回）；空表示仍是"
        ),
    ),
)

ITEM_ALIAS = Ledger(
    name="item_alias",
    label="事项别号",
    grain="一条事项的一个别的编号一行",
    order=935,
    tests=("唯一 alias、item_id、known_from；非空 alias、item_id"),
    fields=(
        Field(
            "alias",
            "别号",
            "text",
            "这条事项的另一个编号：填报单位另一个名称下的、改编号以后的，或与它是同一条的另一条的编号",
            note="凭别号登记的验收、更正，打开的链接，都算在这条事项上",
            is_identifier=True,
            is_local=True,
        ),
        Field(
            "item_id",
            "事项编号",
            "text",
            "别号所指的事项",
            note="它也可能又有别号",
            is_identifier=True,
            is_local=True,
        ),
        Field("known_from", "起始日期", "date", "从哪一天起知道是同一条；此前各按各的统计"),
        Field(
            "known_to", "截止日期", "date", "从哪一天起不再是同一条（核实结论被撤回）；空表示仍是"
        ),
        Field("why", "缘由", "text", "为什么有这个别号"),
    ),
)

PICTURE = Ledger(
    name="picture",
    label="照片",
    grain="台账里的一张照片在它那一行的一条事项上一行",
    order=940,
    tests=(
        "唯一 sha256、item_id、submission_id、sheet、row_no、cell、known_from；"
        "引用 submission_id → submission.submission_id；"
        "引用 item_id → measure.item_id、hazard.item_id、decision.item_id"
    ),
    fields=(
        Field(
            "sha256",
            "照片校验值",
            "text",
            "台账里原图内容的 SHA-256",
            note="同一张照片再次报送不另成一行",
            is_identifier=True,
        ),
        Field(
            "item_id",
            "事项编号",
            "text",
            "照片所在那一行的事项",
            note="空表示不在事项的行里",
            is_identifier=True,
            is_local=True,
        ),
        Field(
            "submission_id", "报送批次", "text", "来自哪一次报送", is_identifier=True, is_local=True
        ),
        Field("sheet", "工作表", "text", "来源工作表"),
        Field("row_no", "行号", "integer", "来源行；空表示没有固定在哪一格"),
        Field("cell", "单元格", "text", "照片所在的那一格，如 K5", is_identifier=True),
        Field("field", "字段", "text", "认领那一列的字段；空表示没有", is_identifier=True),
        Field("header", "表头", "text", "那一列的表头，如 整改后照片"),
        Field(
            "stage",
            "阶段",
            "code",
            "由表头判断是整改前还是整改后的照片；空表示看不出",
            codes=PICTURE_STAGE,
        ),
        Field(
            "path",
            "照片文件",
            "text",
            "重新编码后的照片，相对 data/processed 的路径",
            is_identifier=True,
        ),
        Field("known_from", "收到日期", "date", "专班办公室收到这张照片的日期"),
        Field(
            "known_to",
            "被替代日期",
            "date",
            "同一事项同一列换了照片的日期；空表示现行有效",
            note="后来的台账不附照片，不算换",
        ),
    ),
)

REPORT_PERIOD = Ledger(
    name="report_period",
    label="报送期次",
    grain="一个地区的一个半月一行",
    order=950,
    tests=("唯一 region、period_start；成立 期末以后才应报：period_end < due_on"),
    dated_by="period_start",
    fields=(
        Field("region", "地区", "text", "县（市、区）"),
        Field("period_start", "期次起", "date", "1 日或 16 日"),
        Field("period_end", "期次止", "date", "15 日或月末"),
        Field(
            "due_on",
            "应报日期",
            "date",
            "这一期最晚的报送日期，由设置和放假安排推出",
            note="期末后 report_grace_days 天，遇休息日顺延到下一个工作日；与单位填写的无关",
        ),
    ),
)

WORKDAY = Ledger(
    name="workday",
    label="工作日",
    grain="一个地区的一天一行",
    order=955,
    tests=("唯一 region、day；非空 is_workday、workday_no"),
    dated_by="day",
    fields=(
        Field("region", "地区", "text", "县（市、区）"),
        Field("day", "日期", "date", "有检查的最早一年起，到最近一次报送以后两年止"),
        Field(
            "is_workday",
            "是否工作日",
            "boolean",
            "按国务院办公厅的放假安排和设置里补的假期；都没有的年份只看周末",
        ),
        Field("workday_no", "工作日序号", "integer", "从第一天起到这一天（含当日）的工作日数"),
        Field(
            "is_arranged", "放假安排已知", "boolean", "“否”表示这一年的放假安排还不知道，只看周末"
        ),
    ),
)

NODE_CALENDAR = Ledger(
    name="node_calendar",
    label="节点日历",
    grain="一个方案的节点日历，在它没有变化的一段时间里一行",
    order=957,
    tests=("历次 region、plan；成立 节点间隔为正：node_days > 0"),
    fields=(
        Field("region", "地区", "text", "县（市、区）"),
        Field("plan", "方案", "text", "所属方案；空表示还没有收到方案", is_identifier=True),
        Field("first_node_on", "首个节点", "date", "第一个工作节点的日期"),
        Field("node_days", "节点间隔", "integer", "每隔多少天一个节点", unit="天"),
        Field(
            "last_due_on",
            "最晚期限",
            "date",
            "本地区全部事项最晚的期限，作废的不算；节点至少排到这一天",
        ),
        Field("known_from", "起始日期", "date", "从哪一天收到的报送起是这样"),
        Field("known_to", "终止日期", "date", "从哪一天起有变化；空表示现行有效"),
    ),
)

UNIT_NAME = Ledger(
    name="unit_name",
    label="单位写法",
    grain="一个单位的一种写法，在它指这个单位的一段时间里一行",
    order=960,
    tests=("历次 written；非空 unit"),
    fields=(
        Field(
            "written", "写法", "text", "台账里见过的写法，和加上本地区名称的正式写法", is_local=True
        ),
        Field("unit", "单位", "text", "这段时间里统一显示的名称", is_local=True),
        Field("known_from", "起始日期", "date", "从哪一天收到的报送起指这个单位"),
        Field("known_to", "终止日期", "date", "从哪一天起改指别的名称；空表示现行有效"),
    ),
)
