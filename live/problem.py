"""What ends a verb of the command line: one sentence, which `live.cli` prints before it gives up.

Raised by whoever finds that what the operator asked for cannot be done: no such folder, a port that is taken,
a file of another program. What goes wrong while the server runs is none of its business.
"""


class Problem(Exception):
    """What was asked cannot be done. The message is one sentence for the person at the command line."""
