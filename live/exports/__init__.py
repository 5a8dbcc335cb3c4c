"""The record as tables: questions, poll results, votes and attendance as CSV, at any time.

`write` is for the command line and for the organiser's browser (`live.pages.export`). It reads the views of
the database (migrations/0003_views.sql) and writes nothing there. What the columns mean: docs/record.md.
"""

from live.exports.tables import NAMES, write

__all__ = ["NAMES", "write"]
