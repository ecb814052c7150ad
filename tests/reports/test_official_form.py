"""A page as GB/T 9704—2012 lays it out: 版心 156 by 225 mm, the number 7 mm below it."""

from docx.shared import Length

from analysis.reports.office.official_form import new_document


def mm(*lengths: Length | None) -> list[float]:
    """What a file holds is rounded to a twentieth of a point."""
    return [round(length / Length(36000), 1) for length in lengths if length is not None]


def test_the_page_is_laid_out_as_official_papers_are() -> None:
    (page,) = new_document().sections
    wide, high = mm(page.page_width, page.page_height)
    top, left, foot = mm(page.top_margin, page.left_margin, page.footer_distance)
    bottom, right = mm(page.bottom_margin, page.right_margin)
    assert (wide, high, top, left) == (210, 297, 37, 28)
    assert (wide - left - right, high - top - bottom) == (156, 225)
    assert bottom - foot == 7
