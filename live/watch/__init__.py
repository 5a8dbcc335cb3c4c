"""The watch: looks at what viewers elsewhere watch, measures its clock, and says what is wrong with it.

`app` starts one for the whole server (`Watches`). `fetch` asks the stream's host and nobody else, `playlist`
reads what comes, `estimate` finds the clock's error, `findings` names what is wrong, `watching` does it for
one broadcast. It tells the stage by notes and signals; whatever it meets, the broadcast goes on.
"""

from .fetch import Door
from .watches import Watches

__all__ = ["Door", "Watches"]
