"""The wire: WebSockets from their first byte to their last, and the patience of the HTTP protocol.

`server` gives `protocols(door)` to uvicorn; the door says who may come in, and what is made of an open
`Line`. A head is read once, a frame is encoded once and costs one write() for each viewer; whoever floods
or trickles is cut. Under another server everything works through plain ASGI. It knows no audience.
"""

from live.wire.deadlines import Deadlines
from live.wire.doorway import Door, Take, protocols
from live.wire.line import Line, Talk
from live.wire.listening import Server

__all__ = ["Deadlines", "Door", "Line", "Server", "Take", "Talk", "protocols"]
