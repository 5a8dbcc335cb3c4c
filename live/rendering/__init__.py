"""The child process that opens what people upload: `python -m live.rendering`.

Started by `live.decks`, one for each deck, and thrown away after it. A PDF or picture reader is C code fed
by strangers, so it never runs in the server: here it has limits on memory, time and files, and no network.
The only way out is a pipe with the frames of `frames`. Nothing here imports another module of live.
"""
