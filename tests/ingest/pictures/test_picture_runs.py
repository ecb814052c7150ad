"""Photos from run to run: published with their item, made again when gone, swept when unwanted."""

from pathlib import Path
from typing import Any

from analysis.ingest.pictures.keeping import FOLDER
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publications import publications
from tests.ingest.pictures.ledgers import BLUE, GREEN, RED, photo, with_drawings


def send(home: Settings, day: str, drawings: dict[str, bytes]) -> Path:
    path = home.raw / day / "甲局" / "隐患台账.xlsx"
    with_drawings(path, drawings)
    return path


def published(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def files(home: Settings) -> set[str]:
    return {path.stem for path in (home.warehouse.parent / FOLDER).rglob("*") if path.is_file()}


def test_photos_are_published_with_their_item_and_survive_the_next_run(home: Settings) -> None:
    send(home, "2023-10-15", {"F2": photo(RED), "G2": photo(GREEN), "F9": photo(BLUE)})
    ingest(home)
    sql = (
        "SELECT hazard_no, cell, stage, picture.known_from::VARCHAR, picture.known_to FROM picture "
        "LEFT JOIN hazard USING (item_id) ORDER BY cell"
    )
    rows = [
        ("1", "F2", "before", "2023-10-15", None), (None, "F9", "before", "2023-10-15", None),
        ("1", "G2", "after", "2023-10-15", None),
    ]  # fmt: skip
    assert published(home, sql) == rows
    assert len(files(home)) == 3
    ingest(home)  # off the shelf
    assert published(home, sql) == rows
    assert published(home, "SELECT count(*) FROM picture") == published(
        home, "SELECT count(*) FROM 照片"
    )


def test_a_photo_that_was_lost_is_made_again(home: Settings) -> None:
    send(home, "2023-10-15", {"F2": photo(RED)})
    ingest(home)
    (kept,) = (home.warehouse.parent / FOLDER).rglob("*.jpg")
    kept.unlink()
    ingest(home)
    assert kept.is_file()


def test_a_photo_stays_as_long_as_a_kept_publication_shows_it(home: Settings) -> None:
    path = send(home, "2023-10-15", {"F2": photo(RED)})
    ingest(home)
    before = files(home)
    with_drawings(path, {"F2": photo(GREEN)})
    ingest(home)
    assert before < files(home)
    publications(home.warehouse)[0].unlink()  # as when ten later ones have pushed it out
    ingest(home)
    assert files(home).isdisjoint(before)
    assert len(files(home)) == 1


def test_a_unit_reads_the_photos_of_its_own_items_alone(home: Settings, tmp_path: Path) -> None:
    from analysis.warehouse.share import Share, make_share

    send(home, "2023-10-15", {"F2": photo(RED), "F3": photo(GREEN), "F9": photo(BLUE)})
    ingest(home)
    found = {}
    for unit in ("甲局", "乙局"):
        path = tmp_path / f"{unit}.duckdb"
        make_share(home.warehouse, Share(unit=unit, is_masked=True), path)
        with open_warehouse(path) as con:
            found[unit] = fetch_rows(con, "SELECT cell FROM picture ORDER BY cell")[1]
    assert found == {"甲局": [("F2",), ("F3",)], "乙局": []}
