"""The photos of an item through time, drawn: who sent which, and what is shown on which day."""

from datetime import date

import pandas as pd

from analysis.ingest.versions.picture_spans import picture_versions
from analysis.ledgers import LEDGERS


def sent(drawing: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Photos and items: day of October, row, item (or -), header, photo (or -)."""
    photos, items = [], []
    for line in drawing.strip().splitlines():
        day, row_no, item, header, sha256 = line.split()
        place = {"submission_id": f"s{day}", "sheet": "台账", "row_no": int(row_no)}
        if item != "-":
            items.append(place | {"item_id": item})
        if sha256 != "-":
            stage = {"整改前": "before", "整改后": "after"}.get(header)
            photos.append(
                place | {"sha256": sha256, "header": header, "stage": stage,
                         "known_from": date(2023, 10, int(day))}
            )  # fmt: skip
    columns = LEDGERS["picture"].columns
    return (
        pd.DataFrame(photos, columns=columns, dtype=object),
        pd.DataFrame(items, columns=["submission_id", "sheet", "row_no", "item_id"], dtype=object),
    )


def spans(drawing: str) -> list[str]:
    """Each photo as «item photo from–to»."""
    rows = picture_versions(*sent(drawing))
    days = [(r.known_from.day, r.known_to.day if r.known_to else "") for r in rows.itertuples()]
    return [
        f"{item or '-'} {sha256} {begin}–{end}"
        for item, sha256, (begin, end) in zip(rows["item_id"], rows["sha256"], days, strict=True)
    ]


def test_a_photo_sent_again_is_one_photo() -> None:
    assert spans("1 5 H1 整改前 a\n15 6 H1 整改前 a") == ["H1 a 1–"]


def test_another_photo_in_the_same_column_replaces_it() -> None:
    assert spans("1 5 H1 整改前 a\n15 5 H1 整改前 b") == ["H1 a 1–15", "H1 b 15–"]


def test_one_in_another_column_does_not() -> None:
    assert spans("1 5 H1 整改前 a\n15 5 H1 整改后 b") == ["H1 a 1–", "H1 b 15–"]


def test_a_ledger_without_photos_says_nothing_about_them() -> None:
    assert spans("1 5 H1 整改前 a\n15 5 H1 整改前 -") == ["H1 a 1–"]


def test_two_rows_of_one_day_keep_both() -> None:
    assert spans("1 5 H1 整改前 a\n1 9 H1 整改前 b") == ["H1 a 1–", "H1 b 1–"]


def test_a_row_of_two_items_gives_its_photo_to_each() -> None:
    assert spans("1 5 M1 整改前 a\n1 5 M2 整改前 -") == ["M1 a 1–", "M2 a 1–"]


def test_photos_of_no_item_are_all_kept() -> None:
    assert spans("1 5 - 整改前 a\n15 5 - 整改前 a") == ["- a 1–", "- a 15–"]


def test_what_comes_back_begins_anew() -> None:
    drawing = "1 5 H1 整改前 a\n8 5 H1 整改前 b\n15 5 H1 整改前 a"
    assert spans(drawing) == ["H1 a 1–8", "H1 b 8–15", "H1 a 15–"]
