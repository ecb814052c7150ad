"""One item whole: where it stands, every submission that spoke of it, what was found wrong."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from analysis.briefing.lists import DONE_LATE
from analysis.charts.wall import DONE_STATES
from analysis.ledgers import ITEM_KIND
from analysis.warehouse.scope import Scope
from analysis.wording.deadlines import chinese_day, counted_state, state_text, text_of
from analysis.wording.labels import ITEM_LABELS, field_label
from analysis.wording.values import value_text
from dashboards.access.session import current_account
from dashboards.parts.doubt_links import doubts_of_item
from dashboards.parts.photos import item_photos
from dashboards.serving.data import Data

TITLE = "事项全貌"
#: What is shown of an item; a field that is empty is left out.
FACTS = (
    "unit", "person", "township", "site", "site_kind", "category", "level", "rect_type", "content",
    "opened_on", "due_on", "first_due_on", "days_late", "days_left", "judged_on", "filed_on",
    "supervised_on", "done_on", "punctuality", "accepted_on", "accepted_by",
    "closed_on", "closure", "suspended_on", "suspension", "relief", "returned_on", "rework_due_on",
)  # fmt: skip
#: Two deadlines stand side by side here.
LABELS = {**ITEM_LABELS, "due_on": "现行期限"}
#: What a version says, compared with the one before it.
SAID = {
    "heading": "编号或场所", "wording": "内容", "remedy": "整改措施", "unit": "责任单位",
    "person": "责任人", "level": "等级", "category": "类别", "rect_type": "整改方式",
    "first_due_on": "期限", "extended_due_on": "延期至", "status": "填报状态",
    "said_done_on": "完成日期", "accepted_on": "验收日期", "accepted_by": "验收人",
    "said_closed_on": "销号日期", "closure": "销号依据", "returned_on": "退回日期",
    "rework_due_on": "重改期限", "supervised_on": "挂牌日期", "suspension": "停业核实",
    "relief": "报送待核实",
}  # fmt: skip


def content(data: Data, scope: Scope, item_id: str) -> Any:
    """State, history and findings of one item, as known in the scope."""
    everything = Scope(scope.as_of, scope.known_on)
    rows = data.item(item_id, everything)
    if rows.empty:
        return html.P(f"截至{chinese_day(scope.as_of)}没有这条事项。", className="note")
    versions = data.versions(item_id, everything)
    found = data.relation("findings", everything)
    row = rows.iloc[0]
    ids = [row["item_id"], *data.aliases(row["item_id"], everything)]
    return html.Div(
        [
            html.H3(row["title"]),
            html.P(
                [
                    html.Span(state_text(row), className=f"state {counted_state(row)}"),
                    f" {ITEM_KIND.labels[row['kind']]}，截至{chinese_day(scope.as_of)}",
                ]
            ),
            *_to_accept(row),
            *doubts_of_item(data, row["item_id"]),
            _facts(row),
            *([] if data.settings.rollup else item_photos(data.photos(item_id, everything))),
            html.H4(f"历次报送（{len(versions)} 个版本）"),
            html.Ol([*_history(versions)], className="history"),
            html.H4("发现的问题"),
            _findings(found[found["item_id"].isin(ids)]),
        ],
        className="item",
    )


def _to_accept(row: pd.Series) -> list[Any]:
    """Where the office records that an item was accepted or sent back."""
    account = current_account()
    words = {
        "accepting": "登记验收、销号，或退回重改",
        "closed": "撤回验收，或退回重改",
        "suspended": "主体灭失的，登记验收、销号",
    }
    if row["state"] not in words or account is None or not account.is_office:
        return []
    href = f"/acceptance/item?{urlencode({'id': row['item_id']})}"
    return [html.P(html.A(words[row["state"]], href=href))]


def _facts(row: pd.Series) -> Any:
    labels = {**LABELS, "days_late": LABELS[DONE_LATE]} if row["state"] in DONE_STATES else LABELS
    pairs = [(labels[name], text_of(row, name, "items")) for name in FACTS]
    lines = [html.Tr([html.Th(label), html.Td(text)]) for label, text in pairs if text]
    place = f"{row['path']}　{row['sheet']}　第{row['row_no']}行"
    lines.append(html.Tr([html.Th("来源"), html.Td(place)]))
    return html.Table(html.Tbody(lines), className="facts")


def _history(versions: pd.DataFrame) -> Iterator[Any]:
    """Each version with its source, and what it says otherwise than the one before."""
    rows = [row for _, row in versions.iterrows()]
    if rows:
        yield html.Li(
            [html.Strong(value_text(rows[0]["known_from"])), " 首次报送", _source(rows[0])]
        )
    for before, now in pairwise(rows):
        changes = [
            html.Li(f"{label}：{old or '空'} → {new or '空'}")
            for name, label in SAID.items()
            for old, new in [(text_of(before, name), text_of(now, name))]
            if old != new
        ]
        yield html.Li(
            [html.Strong(value_text(now["known_from"])), " 变动", _source(now), html.Ul(changes)]
        )


def _source(row: pd.Series) -> Any:
    text = f"{row['path']}　{row['sheet']}　第{row['row_no']}行"
    return html.Div(text, className="muted")


def _findings(found: pd.DataFrame) -> Any:
    if found.empty:
        return html.P("没有。", className="note")
    return html.Ul(
        [
            html.Li(
                f"{value_text(row['severity'], 'severity')}　"
                f"{value_text(row['received_on'])} 报送，"
                f"{field_label(row['field'], row['ledger'])}"
                f"{' ' + row['cell'] if value_text(row['cell']) else ''}：{row['message']}"
            )
            for _, row in found.iterrows()
        ]
    )
