"""事故统计: totals as somebody published them."""

from analysis.ledgers.fields import COMMON, Field, Ledger

ACCIDENT_STAT = Ledger(
    name="accident_stat",
    label="事故统计",
    grain="一个地区一个时段公布的一组合计一行",
    signature=("accidents",),
    anchors=("accidents", "deaths"),
    fingerprint=("region", "industry", "period_start", "period_end"),
    fields=(
        Field("region", "地区", "text", "统计的地区", ("市县", "县区")),
        Field("industry", "统计口径", "text", "行业范围与剔除项", ("行业", "行业领域", "口径")),
        Field(
            "period_start",
            "统计起始日",
            "date",
            "时段的第一天",
            ("起始日期", "统计起"),
            required=True,
        ),
        Field(
            "period_end",
            "统计截止日",
            "date",
            "时段的最后一天",
            ("截止日期", "统计止"),
            required=True,
        ),
        Field(
            "accidents",
            "事故起数",
            "integer",
            "公布的起数",
            ("起数", "发生起数"),
            unit="起",
            required=True,
        ),
        Field(
            "deaths", "死亡人数", "integer", "公布的死亡人数", ("死亡",), unit="人", required=True
        ),
        Field(
            "accidents_prev",
            "上年同期起数",
            "integer",
            "公布的上年同期起数；没有公布则为空",
            ("去年同期起数",),
            unit="起",
        ),
        Field(
            "deaths_prev",
            "上年同期死亡人数",
            "integer",
            "公布的上年同期死亡人数；没有公布则为空",
            ("上年同期死亡", "去年同期死亡人数"),
            unit="人",
        ),
        Field(
            "accidents_yoy_printed",
            "起数同比",
            "number",
            "公布的起数同比，上升为正",
            ("起数同比增减", "公布起数同比"),
            unit="%",
        ),
        Field(
            "deaths_yoy_printed",
            "死亡人数同比",
            "number",
            "公布的死亡人数同比，上升为正",
            ("死亡同比", "公布死亡同比"),
            unit="%",
        ),
        *COMMON[1:],
    ),
)
