"""The command line: `live serve`, `live export`, `live verify`, `live copy`, `live setup-link`, …

`program` knows the verbs by name. Each is a module with `arguments(parser)` and `run(chosen)`, loaded only
when it is the one that was asked for: a table of votes needs no web server. Every expected failure is one
line on standard error and exit code 2.
"""

from live.cli.program import main

__all__ = ["main"]
