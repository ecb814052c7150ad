"""The kept publications: found by their numbers, each with the metrics of its own."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from analysis.errors import QueryError, WarehouseError
from analysis.warehouse.publications import (
    FOLDER,
    Kept,
    current,
    find_macro,
    find_publication,
    keeping,
    kept_publications,
    macros,
    metric_as_published,
    one_before,
    open_kept,
    publications,
)
from analysis.warehouse.sql_files import comment_of, metrics


def test_a_kept_publication_is_found_by_its_number(tmp_path: Path) -> None:
    published = tmp_path / "warehouse.duckdb"
    with pytest.raises(WarehouseError, match="还没有保留的发布"):
        find_publication(published, 1)
    (tmp_path / FOLDER).mkdir()
    for name in ("000002_20231015T083000_ab", "000003_20231031T170000_cd"):
        (tmp_path / FOLDER / f"{name}.duckdb").touch()
    assert find_publication(published, 3).at == datetime(2023, 10, 31, 17)
    with pytest.raises(WarehouseError, match="没有保留第 1 次发布；保留着的是第 2、3 次"):
        find_publication(published, 1)


def test_the_metrics_of_a_publication_are_told_without_the_relations_that_they_read() -> None:
    with duckdb.connect() as con:
        con.execute("CREATE MACRO items(as_of) AS TABLE SELECT as_of AS day")
        con.execute("CREATE MACRO overview(as_of) AS TABLE SELECT as_of AS day")
        con.execute("COMMENT ON MACRO TABLE overview IS '总体情况'")
        (macro,) = macros(con).values()
    assert (macro.name, macro.parameters, macro.comment) == ("overview", ("as_of",), "总体情况")


def keep(home: Path, made_from: str = "", text: bytes = b"") -> Path:
    """Publish a draft of those bytes and keep it; the published file."""
    draft, published = home / "draft", home / "warehouse.duckdb"
    draft.write_bytes(text)
    with keeping(draft, published, made_from):
        published.write_bytes(text)
    return published


def numbers(published: Path) -> list[str]:
    return [path.name[:6] for path in publications(published)]


def test_a_publication_of_the_same_files_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    assert numbers(keep(tmp_path, "a" * 64)) == ["000001"]
    assert numbers(keep(tmp_path, "a" * 64)) == ["000001"]
    assert numbers(keep(tmp_path, "b" * 64)) == ["000001", "000002"]
    assert numbers(keep(tmp_path, "a" * 64)) == ["000001", "000002", "000003"]
    assert numbers(keep(tmp_path)) == ["000001", "000002", "000003", "000004"]
    assert numbers(keep(tmp_path))[-1] == "000005"  # of which nobody says what it was made from
    assert publications(tmp_path / "warehouse.duckdb")[0].stem.endswith(f"_{'a' * 12}")


def test_the_last_ten_are_kept_and_nothing_of_a_run_that_ended(tmp_path: Path) -> None:
    for n in range(11):
        published = keep(tmp_path, f"{n:x}" * 12)
    assert numbers(published) == [f"{n:06}" for n in range(2, 12)]
    left = tmp_path / FOLDER / "000099_x.part"
    left.touch()
    (tmp_path / FOLDER / "别的.duckdb").touch()  # is none of ours
    with pytest.raises(RuntimeError), keeping(tmp_path / "draft", published, "c" * 12):
        raise RuntimeError
    assert numbers(published) == [f"{n:06}" for n in range(2, 12)]
    assert not list((tmp_path / FOLDER).glob("*.part"))


def test_the_one_before_is_that_before_what_is_published_now(tmp_path: Path) -> None:
    assert current(tmp_path / "warehouse.duckdb") is None
    for text in (b"one", b"two", b"ten"):
        published = keep(tmp_path, text.hex(), text)
    first, second, third = publications(published)
    assert (current(published), one_before(published)) == (third, second)
    published.write_bytes(b"one")
    assert current(published) == first
    with pytest.raises(WarehouseError, match="没有更早的发布"):
        one_before(published)
    published.write_bytes(b"six")  # made elsewhere: the last that is kept is before it
    assert (current(published), one_before(published)) == (None, third)
    published.write_bytes(b"seventeen")
    assert current(published) is None
    assert [each.number for each in kept_publications(published)] == [1, 2, 3]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A publication with two metrics: one whose 口径 is today's, one that is no more."""
    path = tmp_path_factory.mktemp("kept") / "old.duckdb"
    comment = comment_of(metrics()["overview"]).replace("'", "''")
    with duckdb.connect(str(path)) as con:
        for name, days in (("overview", "known_on := NULL"), ("gone", "since := NULL")):
            con.execute(
                f"CREATE MACRO {name}(as_of, {days}) AS TABLE "
                f"SELECT as_of AS day, {days.split()[0]} AS other"
            )
        con.execute(f"COMMENT ON MACRO TABLE overview IS '{comment}'")
        con.execute("COMMENT ON MACRO TABLE gone IS '旧指标。一行：一件事。'")
    return Kept(7, datetime(2023, 11, 15, 8), path)


def test_a_metric_of_a_publication_says_whether_it_is_counted_so_today(kept: Kept) -> None:
    with open_kept(kept) as con:
        overview, gone = (find_macro(con, kept, name) for name in ("overview", "gone"))
        assert (overview.title, overview.is_as_today) == (metrics()["overview"].title, True)
        assert (gone.title, gone.is_as_today) == ("旧指标", False)
        with pytest.raises(
            QueryError, match="第 7 次发布里没有名为 overvie 的指标，是不是 overview"
        ):
            find_macro(con, kept, "overvie")
        with pytest.raises(QueryError, match="有的是：gone、overview。"):
            find_macro(con, kept, "别的")
    with pytest.raises(WarehouseError, match=r"第 7 次发布（none\.duckdb）打不开"):
        open_kept(Kept(7, kept.at, kept.path.with_name("none.duckdb")))


def test_a_metric_is_asked_as_it_was_published_with_the_days_that_it_takes(kept: Kept) -> None:
    day, before = date(2023, 11, 15), date(2023, 10, 31)
    days = {"known_on": before, "since": date(2023, 1, 1)}
    told = metric_as_published(kept, "overview", day, days, 45)
    assert (told.as_of, told.is_stale, told.columns) == (day, False, ["day", "other"])
    assert told.rows == [(day, before)]
    assert metric_as_published(kept, "gone", day, days, 45).rows == [(day, date(2023, 1, 1))]
