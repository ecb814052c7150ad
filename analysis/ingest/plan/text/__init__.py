"""Lines as a file has them → paragraphs as their author wrote them."""

from analysis.ingest.plan.text.furniture import frame_of_site, furniture
from analysis.ingest.plan.text.overseers import with_overseers_in_charge
from analysis.ingest.plan.text.paragraphs import Cut, Paragraph, key_values, paragraphs_of

__all__ = [
    "Cut", "Paragraph", "frame_of_site", "furniture", "key_values", "paragraphs_of",
    "with_overseers_in_charge",
]  # fmt: skip
