"""The log of a broadcast: what has happened, on disk, and what follows from it in memory.

`eventlog` appends and replays; `unlinked` keeps what must not tell who or when beside it, with no number in
the log. `fold` is the state after every entry; `receipts` remember which commands were done, for those sent
again. Nothing here knows a socket.
"""
