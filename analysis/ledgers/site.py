"""场所: every supervised place."""

from analysis.ledgers.codes import RISK_LEVEL
from analysis.ledgers.fields import COMMON, Field, Ledger, said

SITE = Ledger(
    name="site",
    label="场所",
    grain="一个被监管的场所一行",
    signature=("risk_level", "likelihood", "person_post"),
    anchors=("site",),
    key=("site_id",),
    fingerprint=("site", "township"),
    guard=("site",),
    fields=(
        Field("site_id", "场所编号", "text", "名录中的编号", said("编号 统一社会信用代码")),
        Field(
            "site",
            "场所名称",
            "text",
            "场所的名称",
            said("单位名称 企业名称 景区名称 市场主体名称"),
            required=True,
        ),
        Field("site_kind", "场所类型", "text", "业态", said("业态 类别 企业类型"), required=True),
        Field("township", "乡镇", "text", "属地", said("属地 所在乡镇 所属乡镇"), required=True),
        Field(
            "unit", "监管单位", "unit", "负监管责任的单位", said("监管部门 责任单位"), required=True
        ),
        Field(
            "risk_level",
            "风险等级",
            "code",
            "红橙黄蓝四色，没有绿色",
            said("四色等级 风险四色"),
            codes=RISK_LEVEL,
        ),
        Field("likelihood", "可能性", "integer", "1 至 5", said("可能性等级")),
        Field("severity", "严重性", "integer", "1 至 5", said("后果严重性 严重程度")),
        Field(
            "person",
            "挂牌责任人",
            "text",
            "安全生产挂牌责任制的责任人",
            said("责任人 主要负责人 安全责任人"),
            required=True,
        ),
        Field("person_post", "责任人职务", "text", "挂牌责任人的职务", said("职务")),
        *COMMON,
    ),
)
