"""Pure functions DataFrame → plotly Figure; they know no database and no page."""
