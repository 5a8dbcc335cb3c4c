"""The fan-out: what each audience sees, and how the news reaches everyone who follows.

`audiences` looks again at docs that may have changed and hands them to a `feed`, which encodes each change
once. The `hub` knows every open socket; a `following` writes the same bytes to all that stand at the same
place in a feed. Nothing here knows a command.
"""
