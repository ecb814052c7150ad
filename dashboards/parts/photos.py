"""The photos of an item: before and after the work side by side, a click opens one large."""

from typing import Any

import pandas as pd
from dash import html

from analysis.ledgers.codes import PICTURE_STAGE
from analysis.wording.values import value_text

#: Where a photo is served, under its hash.
PATH = "/photo"
#: Of which it cannot be told when they were taken.
OTHER = "照片"


def item_photos(photos: pd.DataFrame) -> list[Any]:
    """The photos of an item with their heading; nothing where it has none.

    ``photos`` is what ``Warehouse.photos`` gives; those that were replaced are one click away.
    """
    if photos.empty:
        return []
    now = photos[photos["known_to"].isna()]
    before = photos[photos["known_to"].notna()]
    older = html.Details(
        [html.Summary(f"以前报送、后来换掉的（{len(before)} 张）"), _side_by_side(before)],
        className="older-photos",
    )
    return [
        html.H4(f"照片（{len(now)} 张）"),
        _side_by_side(now),
        *([older] if len(before) else []),
    ]


def _side_by_side(photos: pd.DataFrame) -> Any:
    """A column for each stage; also an empty one, since a photo that is missing says something."""
    columns = [
        _column(label, photos[photos["stage"].eq(stage)])
        for stage, label in PICTURE_STAGE.labels.items()
    ]
    other = photos[photos["stage"].isna()]
    return html.Div(
        [*columns, *([_column(OTHER, other)] if len(other) else [])], className="photos"
    )


def _column(label: str, photos: pd.DataFrame) -> Any:
    shown = [_photo(label, row) for _, row in photos.iterrows()]
    return html.Div([html.H5(label), *(shown or [html.P("没有报送。", className="note")])])


def _photo(label: str, row: pd.Series) -> Any:
    source = f"{PATH}/{row['sha256']}.jpg"
    day = value_text(row["known_from"])
    place = " ".join(filter(None, (value_text(row["header"]), value_text(row["cell"]))))
    return html.Figure(
        [
            html.A(
                html.Img(src=source, alt=f"{label}照片，{day} 报送".replace("照片照片", "照片")),
                href=source,
                target="_blank",
                title=f"打开大图　{value_text(row['source'])}".strip(),
            ),
            html.Figcaption(f"{day} 报送" + (f"，{place}" if place else "")),
        ]
    )
