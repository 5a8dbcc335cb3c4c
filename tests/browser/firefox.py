"""Debian's Firefox, driven by its own WebDriver BiDi over a websocket: Playwright drives only one of its own.

`firefox(folder)` starts one without a window and gives its one `Tab`. A tab finds things by what a person
reads, presses them with a real pointer and types with real keys. It waits inside the page, and never sleeps.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

PROGRAM = shutil.which("firefox-esr")
LISTENING = b"WebDriver BiDi listening on "
START_SECONDS = 60
PATIENCE_MS = 30_000  # a busy machine is slow, not wrong
PREFERENCES = {
    "intl.accept_languages": "en-GB",
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}

# A button or a link by its words, or a control by its label.
FIND = """(kind, words) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (each) => each.checkVisibility() && !each.disabled;
  const says = (each) => (each.getAttribute("aria-label") ?? each.textContent).trim().startsWith(words);
  if (kind === "button") return all("button, a, [role=button]").find((each) => seen(each) && says(each));
  const control = all("label").find(says)?.control;
  return control?.checkVisibility() ? control : undefined;
}"""
WAIT = """async (patience, given) => {
  const end = Date.now() + patience;
  const wanted = () => (%s)(...given);
  for (;;) {
    const found = wanted();
    if (found || Date.now() > end) return found;
    await new Promise((done) => setTimeout(done, 30));
  }
}"""


@asynccontextmanager
async def firefox(folder: Path) -> AsyncIterator[Tab]:
    """A Firefox with a fresh profile in `folder`, until the block ends."""
    assert PROGRAM is not None
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (folder / "user.js").write_text("".join(lines))
    command = [PROGRAM, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    program = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(START_SECONDS):
            address = await _address(program)
        async with connect(f"{address}/session", max_size=None, open_timeout=START_SECONDS) as socket:
            yield await Tab.open(socket)
    finally:
        program.kill()  # it takes seconds to leave by itself, and nothing in its profile is wanted
        await program.communicate()


async def _address(program: asyncio.subprocess.Process) -> str:
    assert program.stderr is not None
    async for line in program.stderr:
        if line.startswith(LISTENING):
            return line.removeprefix(LISTENING).decode().strip()
    raise RuntimeError("Firefox ended before it listened")


class Tab:
    """One page. `wrong` is what its console has said that is an error."""

    def __init__(self, socket: ClientConnection) -> None:
        self.wrong: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._context = ""

    @classmethod
    async def open(cls, socket: ClientConnection) -> Tab:
        tab = cls(socket)
        await tab._do("session.new", capabilities={})
        await tab._do("session.subscribe", events=["log.entryAdded"])
        tree = await tab._do("browsingContext.getTree")
        tab._context = tree["contexts"][0]["context"]
        return tab

    async def goto(self, url: str) -> None:
        await self._do("browsingContext.navigate", context=self._context, url=url, wait="complete")

    async def is_so(self, function: str) -> bool:
        """Whether this JavaScript function comes to give something true."""
        return bool((await self._wait(function)).get("value"))

    async def press(self, words: str, kind: str = "button") -> None:
        """A button or a link by its words; with `kind` "label", what it is the label of."""
        element = await self._wait(FIND, kind, words)
        assert element["type"] == "node", f"there is no {kind} {words!r}"
        origin = {"type": "element", "element": {"sharedId": element["sharedId"]}}
        await self._call(
            "(each) => each.scrollIntoView({ block: 'center' })", {"sharedId": element["sharedId"]}
        )
        await self._act(
            "pointer",
            [
                {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ],
        )

    async def type(self, label: str, text: str) -> None:
        await self.press(label, "label")
        await self._act(
            "key", [{"type": kind, "value": each} for each in text for kind in ("keyDown", "keyUp")]
        )

    async def _wait(self, function: str, *given: str) -> dict[str, Any]:
        """What the function gives as soon as that is true, else what it gives at last."""
        values = [{"type": "string", "value": each} for each in given]
        return await self._call(
            WAIT % function, {"type": "number", "value": PATIENCE_MS}, {"type": "array", "value": values}
        )

    async def _call(self, function: str, *arguments: dict[str, Any]) -> dict[str, Any]:
        answer = await self._do(
            "script.callFunction",
            functionDeclaration=function,
            arguments=list(arguments),
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        result: dict[str, Any] = answer["result"]
        return result

    async def _act(self, kind: str, actions: Iterable[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": list(actions)}
        await self._do("input.performActions", context=self._context, actions=[source])

    async def _do(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async for message in self._socket:
            said = json.loads(message)
            if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                self.wrong.append(said["params"]["text"])
            if said.get("id") == number:
                assert said["type"] == "success", said.get("message")
                result: dict[str, Any] = said["result"]
                return result
        raise RuntimeError("Firefox has gone")
