"""事故统计: totals as somebody published them."""

from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase

#: «起数» over 本期 | 去年同期 | 同比, or 本期 over 起数 | 死亡人数: either may stand above.
_EVENTS = "EVENTS|ACCIDENT"
_OF_EVENTS = "EVENTS ACCIDENT OCCUR SAFETY COUNT"
_OF_DEATHS = "DEATH ACCIDENT PEOPLE COUNT SAFETY"

ACCIDENT_STAT = Ledger(
    name="accident_stat",
    label="事故统计",
    grain="一个地区一个时段公布的一组合计一行",
    order=50,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("accidents",),
    said_in_title=("事故统计", "同比", "事故情况统计", "事故对比", "事故指标"),
    anchors=("accidents", "deaths"),
    fingerprint=("region", "industry", "period_start", "period_end"),
    date_order=(("period_start", "period_end"),),
    fields=(
        Field(
            "region",
            "地区",
            "text",
            "统计的地区",
            said("市县 县区"),
            says=(
                phrase("REGION TOWN", may="BELONG TOWN REGION"),
                phrase("BELONG", weight=0.7),
                phrase("NAME", "REGION|TOWN", weight=0.9),
            ),
        ),
        Field(
            "industry",
            "统计口径",
            "text",
            "行业范围与剔除项",
            said("行业 行业领域 口径"),
            says=(
                phrase("TRADE", may="BELONG TRADE ACCIDENT SAFETY"),
                phrase("KIND", "TRADE|ACCIDENT", "BELONG SAFETY"),
                phrase("KIND", weight=0.6),
            ),
        ),
        Field(
            "period_start",
            "统计起始日",
            "date",
            "时段的第一天",
            said("起始日期 统计起"),
            required=True,
        ),
        Field(
            "period_end",
            "统计截止日",
            "date",
            "时段的最后一天",
            said("截止日期 统计止"),
            required=True,
        ),
        Field(
            "accidents",
            "事故起数",
            "integer",
            "公布的起数",
            said("起数 发生起数"),
            unit="起",
            required=True,
            says=(
                phrase("EVENTS", may=f"{_OF_EVENTS} THIS_PERIOD"),
                phrase("COUNT", "ACCIDENT", f"{_OF_EVENTS} THIS_PERIOD"),
                phrase("THIS_PERIOD", _EVENTS, _OF_EVENTS),
            ),
        ),
        Field(
            "deaths",
            "死亡人数",
            "integer",
            "公布的死亡人数",
            said("死亡"),
            unit="人",
            required=True,
            says=(
                phrase("DEATH", may=f"{_OF_DEATHS} THIS_PERIOD"),
                phrase("COUNT PEOPLE", "DEATH", f"{_OF_DEATHS} THIS_PERIOD"),
                phrase("THIS_PERIOD", "DEATH", _OF_DEATHS),
            ),
        ),
        Field(
            "accidents_prev",
            "上年同期起数",
            "integer",
            "公布的上年同期起数；没有公布则为空",
            said("去年同期起数"),
            unit="起",
            says=(
                phrase("EVENTS", "PAST_PERIOD", _OF_EVENTS),
                phrase("COUNT", "PAST_PERIOD ACCIDENT", _OF_EVENTS),
                phrase("PAST_PERIOD", _EVENTS, _OF_EVENTS),
            ),
        ),
        Field(
            "deaths_prev",
            "上年同期死亡人数",
            "integer",
            "公布的上年同期死亡人数；没有公布则为空",
            said("上年同期死亡 去年同期死亡人数"),
            unit="人",
            says=(
                phrase("DEATH", "PAST_PERIOD", _OF_DEATHS),
                phrase("COUNT PEOPLE", "PAST_PERIOD DEATH", _OF_DEATHS),
                phrase("PAST_PERIOD", "DEATH", _OF_DEATHS),
            ),
        ),
        Field(
            "accidents_yoy_printed",
            "起数同比",
            "number",
            "公布的起数同比，上升为正、下降为负，也可以写“下降18.2%”“持平”",
            said("起数同比增减 公布起数同比"),
            unit="%",
            text_in="accidents_yoy_text",
            places_in="accidents_yoy_places",
            change_of=("accidents", "accidents_prev"),
            says=(
                phrase("CHANGE", _EVENTS, _OF_EVENTS),
                phrase("EVENTS", "CHANGE", f"{_OF_EVENTS} CHANGE", 0.8),
            ),
        ),
        Field(
            "deaths_yoy_printed",
            "死亡人数同比",
            "number",
            "公布的死亡人数同比，上升为正、下降为负，也可以写“下降18.2%”“持平”",
            said("死亡同比 公布死亡同比"),
            unit="%",
            text_in="deaths_yoy_text",
            places_in="deaths_yoy_places",
            change_of=("deaths", "deaths_prev"),
            says=(
                phrase("CHANGE", "DEATH", _OF_DEATHS),
                phrase("DEATH", "CHANGE", f"{_OF_DEATHS} CHANGE", 0.8),
                phrase("COUNT PEOPLE", "CHANGE DEATH", f"{_OF_DEATHS} CHANGE", 0.8),
            ),
        ),
        *(
            field
            for measure, label in (("accidents", "起数"), ("deaths", "死亡人数"))
            for field in (
                Field(
                    f"{measure}_yoy_text",
                    f"{label}同比原文",
                    "text",
                    f"公布的{label}同比，照公布的原样",
                    header=False,
                ),
                Field(
                    f"{measure}_yoy_places",
                    f"{label}同比小数位数",
                    "integer",
                    f"公布的{label}同比印到小数点后几位；“持平”按 4 位，“1.5倍”为 −1 位",
                    header=False,
                ),
            )
        ),
        *COMMON[1:],
    ),
)
