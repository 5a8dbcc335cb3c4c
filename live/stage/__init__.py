"""The stage of a broadcast: its single writer, and what stands before it.

A command passes `admission` into the `inbox`, where votes wait in one line and all else in another; the
`turnstile` says whose turn it is when too many come. `stage` takes what waits (`errands`), decides, commits,
and only then answers. `alarm` wakes it for what happens by itself; `stages` has one for each broadcast.
"""

from live.stage.stage import Stage
from live.stage.stages import Stages

__all__ = ["Stage", "Stages"]
