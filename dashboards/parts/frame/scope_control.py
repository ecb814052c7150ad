"""What the figures are about: one panel with the filters, what is chosen as chips, two days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import html

from analysis.wording.deadlines import chinese_day
from dashboards.parts.shell import unfold
from dashboards.serving.address import CHOOSERS, KINDS, Address

#: Part of the scope → its control.
CONTROLS = {name: f"shell-{name}" for name in ("as_of", "known_on", "since", "kind", *CHOOSERS)}
#: With fewer members there is nothing to choose: a county is all of itself, so is its only plan.
LEAST = {"region": 1, "plan": 2}
KNOWN_ON = "报送截至"


def controls(
    address: Address, shown_day: date, choices: Mapping[str, Sequence[str]], compared: str = ""
) -> list[Any]:
    """The two days, and behind one button the filters.

    ``compared`` is the day that changes are told from where nobody has chosen one.
    """
    as_of = _day_picker("as_of", shown_day, "数字所描述的那一天")
    since = _day_picker("since", address.since, "变化与这一天相比", compared)
    return [
        _panel(address, choices),
        html.Div([_picker("截至", as_of), _picker("比", since)], className="days"),
    ]


def chips(address: Address) -> list[Any]:
    """What is chosen, each a link to the same page without it; the last one gives all up."""
    chosen = [
        html.Li(
            html.A(
                [html.Span(f"{label}：", className="muted"), value, html.Span("×", className="x")],
                href=rest.search() or "?", className="inner chip",
                **{"aria-label": f"去掉筛选 {label}：{value}"},
            )
        )
        for label, value, rest in _chosen(address)
    ]  # fmt: skip
    if not chosen:
        return []
    if len(chosen) > 1:
        bare = Address(address.as_of, since=address.since).search() or "?"
        chosen.append(html.Li(html.A("全部去掉", href=bare, className="inner clear")))
    return [html.Ul(chosen, className="chosen", **{"aria-label": "已选的范围"})]


def without_offered(address: Address, choices: Mapping[str, Sequence[str]]) -> Address:
    """The address without what its controls show by themselves: what is chosen of their choices."""
    odd = {n: value for n, value in address.chosen.items() if value not in choices.get(n, ())}
    return Address(as_of=address.as_of, chosen=odd)


def _chosen(address: Address) -> Iterator[tuple[str, str, Address]]:
    """What is chosen: its label, its value, the address without it."""
    if address.kind != "all":
        yield "种类", KINDS[address.kind], address.moved("kind", "all")
    for name, value in address.chosen.items():
        yield CHOOSERS[name], value, address.moved(name, None)
    if address.known_on:
        yield KNOWN_ON, chinese_day(address.known_on), address.moved("known_on", None)


def _panel(address: Address, choices: Mapping[str, Sequence[str]]) -> Any:
    number = sum(1 for _ in _chosen(address))
    known_on = _day_picker(
        "known_on", address.known_on, "只计这一天（含当日）以前收到的报送", "迄今"
    )
    filters = [
        dmc.SegmentedControl(
            id=CONTROLS["kind"], value=address.kind, size="sm",
            data=[{"value": value, "label": label} for value, label in KINDS.items()],
        ),
        *(_chooser(name, address, choices.get(name, ())) for name in CHOOSERS),
        _picker(KNOWN_ON, known_on),
    ]  # fmt: skip
    label = ["范围", html.Strong(f"{number}" if number else "", className="how-many")]
    body = html.Section(filters, className="controls", **{"aria-label": "筛选"})
    parts = {"data-parts": " ".join(CONTROLS)}  # of the address, which the browser follows
    return html.Div(unfold(label, body, "scope-button"), className="scope", **parts)


def _chooser(name: str, address: Address, members: Sequence[str]) -> Any:
    value = address.chosen.get(name)
    is_needless = len(members) < LEAST.get(name, 0) and not value
    return dmc.Select(
        id=CONTROLS[name],
        value=value,
        data=[*members, *([value] if value and value not in members else [])],
        placeholder=CHOOSERS[name],
        searchable=True,
        clearable=True,
        nothingFoundMessage="没有",
        size="sm",
        display="none" if is_needless else None,
        comboboxProps={"position": "bottom-start"},
        **{"aria-label": CHOOSERS[name]},
    )


def _picker(label: str, picker: Any) -> Any:
    """A day with what it is called in front."""
    return html.Span([html.Span(label, className="picker-label"), picker], className="picker")


def _day_picker(name: str, value: date | None, label: str, empty: str = "迄今") -> Any:
    return dmc.DatePickerInput(
        id=CONTROLS[name],
        value=value.isoformat() if value else None,
        valueFormat="YYYY年M月D日",
        monthLabelFormat="YYYY年M月",
        yearLabelFormat="YYYY年",
        ariaLabels={"previousMonth": "上一月", "nextMonth": "下一月"},
        placeholder=empty,
        clearable=name != "as_of",
        size="sm",
        popoverProps={"position": "bottom-end"},
        **{"aria-label": label},
    )
