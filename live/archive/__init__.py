"""The archive pack: what a broadcast leaves behind in one file, which anybody can check without a server.

`pack.write` makes it, for `live export --pack` and, in a child process (`python -m live.archive`), for the
organiser's page. `check.check` reads one and says the first thing that is wrong. What the pack proves and
what it does not: docs/record.md. It writes nothing into the database.
"""
