"""The record as tables: questions, poll results, votes and attendance as CSV, at any time.

`write` is for the command line, `routes` for the organiser's browser; both read the views of the database
(migrations/0003_views.sql) on a connection that cannot write. What the columns mean: docs/record.md.
"""

from live.exports.routes import routes
from live.exports.tables import NAMES, write

__all__ = ["NAMES", "routes", "write"]
