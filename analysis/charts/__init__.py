"""Pure functions DataFrame → plotly Figure; they know no database and no page.

``charts.nodes.node_progress(rows, day)``.
"""

from analysis.charts import (
    accidents,
    bands,
    completion,
    flow,
    mix,
    nodes,
    reports,
    shares,
    shown,
    sites,
    theme,
    timeline,
    tokens,
)

__all__ = [
    "accidents", "bands", "completion", "flow", "mix", "nodes", "reports", "shares",
    "shown", "sites", "theme", "timeline", "tokens",
]  # fmt: skip
