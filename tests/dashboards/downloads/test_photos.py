"""Photos of an item: shown with it, and served to nobody who may not read it."""

from datetime import date
from io import BytesIO
from pathlib import Path

import flask
import pytest
from PIL import Image

from analysis.ingest.pictures.keeping import relative_path
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from dashboards.app import create_app
from dashboards.pages import item
from dashboards.serving.data import Data
from tests.dashboards.people import PEOPLE, Visitor, make_county
from tests.ingest.pictures.ledgers import BLUE, GREEN, HEADER, RED, photo, with_drawings

pytestmark = pytest.mark.slow

#: The ledger of the tests of access with photos: item 7 is 县教育局's, 8 县交通运输局's.
ROWS = [
    ["7", "丁校", "门锁损坏", "2023-10-01", "县教育局"],
    ["8", "戊站", "栏杆松动", "2023-10-01", "县交通运输局"],
]
PHOTOS = {"F2": photo(RED), "G2": photo(GREEN), "F3": photo(BLUE)}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_county(tmp_path_factory.mktemp("county"))
    path = settings.raw / "2023-10-15" / "照片台账.xlsx"
    with_drawings(path, PHOTOS, [HEADER, *ROWS])
    with_drawings(settings.raw / "2023-10-20" / path.name, {"F2": photo("gold")}, [HEADER, *ROWS])
    ingest(settings)
    return settings


@pytest.fixture(scope="module")
def server(county: Settings) -> flask.Flask:
    server: flask.Flask = create_app(county).server
    return server


def sources(data: Data, hazard_no: str) -> list[str]:
    """Where the pictures in an item's drawer come from."""
    items = data.items(Scope(date(2023, 11, 1)))
    (item_id,) = [each for each in items["item_id"] if each.endswith(f"-{hazard_no}")]
    shown = str(item.content(data, Scope(date(2023, 11, 1)), item_id))
    return [part.split("'")[0] for part in shown.split("src='")[1:]]


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("office", True), ("leader", True), ("education", True), ("transport", False),
        ("inspector", False), ("nobody", False),
    ],
)  # fmt: skip
def test_a_photo_is_served_to_whoever_may_read_its_item(
    county: Settings, server: flask.Flask, name: str, may: bool
) -> None:
    visitor = Visitor(server.test_client())
    if name in PEOPLE:
        visitor.log_in(name)
    for source in sources(Data(county), "7"):
        answer = visitor.get(source)
        never_was = visitor.get(f"/photo/{'0' * 64}.jpg")
        if may:
            assert answer.status_code == 200
            assert answer.mimetype == "image/jpeg"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert Image.open(BytesIO(answer.data)).format == "JPEG"
        else:  # the same as for one that there never was
            assert answer.status_code == never_was.status_code == (302 if name == "nobody" else 404)
        if name in PEOPLE and not may:
            assert answer.data == never_was.data


@pytest.mark.parametrize(
    "path",
    [
        "/photo/..%2f..%2f..%2faccounts.sqlite.jpg", "/photo/.jpg", "/photo/' OR TRUE --.jpg",
        f"/photo/{'A' * 64}.jpg", f"/photo/{'0' * 64}",
    ],
)  # fmt: skip
def test_no_other_file_is_served(server: flask.Flask, path: str) -> None:
    visitor = Visitor(server.test_client())
    visitor.log_in("office")
    answer = visitor.get(path)
    assert answer.status_code == 404 or "<html" in answer.get_data(True)  # the frame of a page
    assert answer.mimetype != "image/jpeg"


def test_without_accounts_no_shared_cache_keeps_a_photo(county: Settings) -> None:
    alone = Settings(home=county.home)
    client = create_app(alone).server.test_client()
    answer = client.get(sources(Data(alone), "7")[0], base_url="http://127.0.0.1")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_before_and_after_stand_side_by_side_and_what_was_replaced_is_kept(
    county: Settings,
) -> None:
    data = Data(county)
    scope = Scope(date(2023, 11, 1))
    items = data.items(scope)
    (item_id,) = [each for each in items["item_id"] if each.endswith("-7")]
    shown = str(item.content(data, scope, item_id))
    assert "照片（2 张）" in shown
    assert "2023-10-20 报送，整改前照片 F2" in shown
    assert "以前报送、后来换掉的（1 张）" in shown
    as_known_then = str(item.content(data, Scope(date(2023, 11, 1), date(2023, 10, 15)), item_id))
    assert "照片（2 张）" in as_known_then
    assert "以前报送" not in as_known_then
    assert sources(data, "1") == []


def test_a_photo_that_is_gone_is_not_found(county: Settings, tmp_path: Path) -> None:
    alone = Settings(home=county.home)
    client = create_app(alone).server.test_client()
    source = sources(Data(alone), "8")[0]
    path = county.warehouse.parent / relative_path(source.removeprefix("/photo/")[:64])
    aside = path.rename(tmp_path / path.name)
    assert client.get(source, base_url="http://127.0.0.1").status_code == 404
    aside.rename(path)
    assert client.get(source, base_url="http://127.0.0.1").status_code == 200
