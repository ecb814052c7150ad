"""单位: the units that answer for items and send reports."""

from analysis.ledgers.codes import UNIT_KIND
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase

UNIT = Ledger(
    name="unit",
    label="单位",
    grain="一个责任单位一行",
    order=70,
    tests=(
        "历次 region、unit、submission_id、sheet、row_no；"
        "非空 unit、known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("liaison", "unit_kind"),
    under_title=("phone",),
    said_in_title=(
        "责任单位名录",
        "报单位名录",
        "单位名单",
        "通讯录",
        "联络员",
        "成员单位",
        "联系表",
        "联络表",
        "联系方式",
    ),
    anchors=("unit",),
    key=("unit",),
    fingerprint=("unit",),
    is_register=True,
    owner_column="unit",
    fields=(
        Field(
            "unit",
            "单位名称",
            "unit",
            "统一使用的名称",
            said("成员单位 单位"),
            required=True,
            is_local=True,
            says=(
                phrase("UNIT", may="LEAD BELONG UNIT SUBMIT PERSON", weight=0.8),
                phrase("NAME", "UNIT", "LEAD BELONG UNIT PERSON", 0.9),
            ),
        ),
        Field(
            "unit_kind",
            "单位类别",
            "code",
            "成员单位还是乡镇",
            said("类别"),
            codes=UNIT_KIND,
            says=(
                phrase("KIND NATURE", "UNIT", "UNIT BELONG"),
                phrase("KIND NATURE", weight=0.7),
            ),
        ),
        Field(
            "liaison",
            "联络员",
            "text",
            "与专班办公室联络的人",
            said("联系人"),
            required=True,
            says=(
                phrase("LIAISON", may="WORK GROUP UNIT DUTY SAFETY"),
                phrase("NAME", "LIAISON", "WORK GROUP"),
                phrase("NAME", weight=0.5),
                phrase("ANSWERABLE", may="UNIT LEAD SAFETY", weight=0.5),
            ),
        ),
        Field(
            "phone",
            "联系电话",
            "text",
            "联络员的电话",
            said("电话 手机号码 联系方式"),
            is_phone=True,
            says=(phrase("PHONE", may="LIAISON PHONE WORK PERSON"),),
        ),
        Field(
            "aliases",
            "别名",
            "text",
            "同一单位的其他写法，顿号分隔",
            said("简称 曾用名"),
            is_gathered=True,
            says=(phrase("CALLED NAME", "CALLED", "UNIT"), phrase("CALLED", may="UNIT FACT")),
        ),
        Field(
            "has_to_report",
            "是否报送",
            "boolean",
            "是否要报半月报；没有填写的，成员单位都要报",
            said("是否应报 应报单位 应报 是否报送半月报 是否应报半月报 是否报半月报 报半月报"),
            says=(
                phrase("SUBMIT", "WHETHER", "UNIT MUST"),
                phrase("UNIT", "SUBMIT MUST", weight=0.5),
            ),
        ),
        Field(
            "owes_from",
            "应报起期",
            "date",
            "从哪一期（期次起）起要报半月报；空表示各期都要报",
            header=False,
            note="首份名录以后才列为应报的，从应报日期不早于名录收到日期的第一期起；“是否报送”写明自何时起的，不早于那一期",
        ),
        Field(
            "owes_until",
            "应报止期",
            "date",
            "从哪一期（期次起）起不再要报；空表示没有停报",
            header=False,
            note="后来的名录改为不报送，或者不再列这个单位的，从应报日期不早于名录收到日期的第一期起",
        ),
        Field(
            "region_prefix",
            "地区前缀",
            "text",
            "单位名称里别的地区的名称，如“市”“吕梁市”；本地区的单位为空",
            header=False,
        ),
        *COMMON,
    ),
)
