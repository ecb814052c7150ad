"""Forged bodies of callbacks, over a real socket: one line and 400, never a failure within."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.settings import Settings
from dashboards.access.bodies import TYPES, is_of_a_page
from dashboards.access.limits import LARGEST_CALLBACK
from dashboards.app import create_app
from dashboards.serving.page_cache import page_request
from tests.dashboards.people import Caller, query_body, served
from tests.depth import some

pytestmark = pytest.mark.slow

PAGE = json.loads(page_request("?as_of=2023-11-15"))
DRAWER = {
    "output": "..shell-drawer.children...shell-drawer.title...shell-drawer.opened..",
    "outputs": [
        {"id": "shell-drawer", "property": name} for name in ("children", "title", "opened")
    ],
    "inputs": [
        [{"id": {"type": "items", "page": "x"}, "property": "selectedRows",
          "value": [{"item_id": "H-1"}]}]
    ],
    "state": [{"id": "shell-location", "property": "search", "value": ""}],
    "changedPropIds": ['{"page":"x","type":"items"}.selectedRows'],
}  # fmt: skip
REAL = (PAGE, DRAWER, query_body("SELECT 1"))


@pytest.fixture(scope="module")
def caller(county: Settings) -> Iterator[Caller]:
    with served(county.model_copy(update={"login": False})) as at:
        yield Caller(at)


def refused(caller: Caller, body: Any) -> bool:
    answer = caller.ask(body)
    return answer.status_code == 400 and "\n" not in answer.text.strip()


@pytest.mark.parametrize("output", ["shell-location.search", "shell-head-follows.data"])
def test_what_browsers_answer_themselves_is_not_answered(caller: Caller, output: str) -> None:
    known = create_app(Settings()).callback_map[output]
    asked = {
        "output": output, "outputs": dict(zip(("id", "property"), output.split("."), strict=True)),
        "inputs": [each | {"value": None} for each in known["inputs"]],
        "state": [each | {"value": None} for each in known["state"]],
        "changedPropIds": [],
    }  # fmt: skip
    assert refused(caller, asked)


@pytest.mark.parametrize("body", REAL, ids=lambda body: str(body["output"]))
def test_what_a_page_sends_is_answered(caller: Caller, body: dict[str, Any]) -> None:
    assert caller.ask(body).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "[]", "{}", "null", "1", '"x"', "[" * 200, "[" * 60_000, '{"output":', '{"output":NaN}',
        '{"output":{}}', '{"output":"page.children"}', '{"a":' * 9_000, "9" * 50_000, '"\\ud800"',
    ],
    ids=lambda body: f"{body[:12]} ({len(body)})",
)  # fmt: skip
def test_what_is_no_body_of_ours_is_refused(caller: Caller, body: str) -> None:
    assert refused(caller, body)


def with_one_thing_else(body: Any, path: tuple[Any, ...], put: Any) -> Any:
    forged = copy.deepcopy(body)
    place = forged
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = put
    return forged


@pytest.mark.parametrize(
    "put", [None, 7, "x", [], {}, [1], [[]], [{}], {"a": []}, "\ud800"], ids=repr
)
@pytest.mark.parametrize(
    "path",
    [
        ("output",), ("outputs",), ("inputs",), ("inputs", 0), ("inputs", 0, "id"),
        ("inputs", 0, "property"), ("changedPropIds",), ("changedPropIds", 0),
    ],
    ids=str,
)  # fmt: skip
def test_whatever_is_put_in_place_of_a_part_nothing_fails(
    caller: Caller, path: tuple[Any, ...], put: Any
) -> None:
    # No change and no state is what a page sends too; everything else is forged.
    forged = with_one_thing_else(PAGE, path, put)
    if path == ("changedPropIds",) and put == []:
        assert caller.ask(forged).status_code == 200
    else:
        assert refused(caller, forged)


@pytest.mark.parametrize("put", [7, True, ["x"], {"x": 1}, "\ud800"], ids=repr)
def test_a_value_of_another_kind_is_refused(caller: Caller, put: Any) -> None:
    for path in (("inputs", 0, "value"), ("inputs", 1, "value")):
        assert refused(caller, with_one_thing_else(PAGE, path, put))
    assert refused(caller, with_one_thing_else(query_body(""), ("state", 0, "value"), put))


@pytest.mark.parametrize(
    "rows", [[1], [[]], [{}], [{"item_id": []}], [{"item_id": "没有"}], [None]]
)
def test_a_row_that_is_no_items_opens_nothing(caller: Caller, rows: list[Any]) -> None:
    forged = with_one_thing_else(DRAWER, ("inputs", 0, 0, "value"), rows)
    assert caller.ask(forged).status_code in {200, 204}


@pytest.mark.parametrize(
    "click",
    [{}, {"points": []}, {"points": 1}, {"points": [{}]}, {"points": [{"customdata": [[]]}]},
     {"points": [{"customdata": "县教育局"}]}, {"points": [{"customdata": ["a", "b", "c"]}]}],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("by", ["unit", "", ",", "as_of", "x,unit"])
def test_a_click_on_nobodys_mark_moves_nothing_or_to_a_member(
    caller: Caller, county: Settings, click: dict[str, Any], by: str
) -> None:
    (output,) = [
        name for name in create_app(county).callback_map
        if name.startswith("shell-location.search@")
    ]  # fmt: skip
    body = {
        "output": output, "outputs": {"id": "shell-location", "property": output.split(".")[1]},
        "inputs": [[{"id": {"type": "drill", "by": by, "graph": "g"}, "property": "clickData",
                     "value": click}]],
        "state": [{"id": "shell-location", "property": "search", "value": ""}],
        "changedPropIds": [f'{{"by":"{by}","graph":"g","type":"drill"}}.clickData'],
    }  # fmt: skip
    assert caller.ask(body).status_code in {200, 204}


def test_a_body_is_at_most_so_large(caller: Caller) -> None:
    small, large = query_body("-" * 60_000), query_body("-" * LARGEST_CALLBACK)
    assert caller.ask(small).status_code == 200
    answer = caller.ask(large)
    assert (answer.status_code, answer.text) == (413, "请求太大，没有处理；查询语句请写短一些。")


def test_the_kind_of_every_property_that_pages_send_is_known(county: Settings) -> None:
    callbacks = create_app(county).callback_map
    sent = {
        each["property"]
        for known in callbacks.values()
        for each in (*known["inputs"], *known["state"])
    }
    assert sent <= TYPES.keys()
    assert all(is_of_a_page(body, callbacks) for body in REAL)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PLACES = st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds", "more"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=some(60))
@given(st.sampled_from(REAL[:2]), PLACES, JSON)
def test_any_json_in_any_place_is_answered_or_refused(
    caller: Caller, body: dict[str, Any], place: str, put: Any
) -> None:
    assert caller.ask(body | {place: put}).status_code in {200, 204, 400}
