"""One SQLite file: a single writer, readers that cannot write, and `DatabaseProblem` for what can be told.

Everybody who keeps something calls `write` or `read` with a job: a plain function of a sqlite3
connection. A job of `write` is one transaction, run on the writer's own thread; what it returns is
committed and on disk. Nothing here knows a table, but for the schema's version.
"""

from live.database.file import Database, connect, is_full, passes, telling
from live.database.migrations import DatabaseProblem

__all__ = ["Database", "DatabaseProblem", "connect", "is_full", "passes", "telling"]
