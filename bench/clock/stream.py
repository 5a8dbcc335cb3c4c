"""A live stream of the test picture: camera → ffmpeg → playlist and segments in a folder, served with CORS.

`Direct` is an encoder that writes HLS itself. `Ingest` sends to a packager first, which probes what comes in
for five seconds, as an RTMP server with ffmpeg behind it does. `Server` can say all dates wrong by an offset,
as an encoder with a wrong clock does. `true_offset` reads from the pixels what the right calibration is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.clock import picture

LISTED = 45  # seconds in the playlist: far enough to go back
FIRST_SECONDS = 40  # until there is a playlist; the ingest needs 5 s, a busy machine more
DATE = "#EXT-X-PROGRAM-DATE-TIME:"
KEPT = ("#EXTM3U", "#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-INDEPENDENT", "#EXT-X-MAP")
KINDS = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/mp4",
    ".mp4": "video/mp4",
}
FFMPEG = ("ffmpeg", "-loglevel", "error", "-nostdin")


class Missing(Exception):
    """What the benchmark cannot do without; the message is one sentence."""


class Encoder:
    """A camera and who encodes it, writing to `folder` until ended."""

    def __init__(self, folder: Path, seconds: int, *, through_ingest: bool = False) -> None:
        if shutil.which("ffmpeg") is None:
            raise Missing("The clock is measured with ffmpeg's live HLS: apt-get install ffmpeg.")
        folder.mkdir(parents=True)
        self._seconds = seconds
        self.playlist = folder / "live.m3u8"
        camera = [sys.executable, picture.__file__, str(24 * 3_600)]
        stages = [camera, _encode(_flv()), _package(folder, seconds)] if through_ingest else [
            camera, _encode(_hls(folder, seconds))
        ]  # fmt: skip
        self._running = _pipe(stages)

    def wait(self) -> None:
        """Until the first segments are there."""
        for _ in range(FIRST_SECONDS * 10):
            if self.playlist.exists() and self.playlist.read_text().count("#EXTINF") >= 3:
                return
            if any(each.poll() is not None for each in self._running):
                break
            time.sleep(0.1)
        self.end()
        raise RuntimeError("ffmpeg has written no stream; it says why above")

    def true_offset(self) -> float:
        """What must be added to the playlist's dates to get the time at which a frame was taken, ms."""
        told, name = self._last()
        taken = picture.moment(_first_frame(self.playlist.parent, name), time.time_ns() // 1_000_000)
        if taken is None:
            raise RuntimeError("the first frame of a segment cannot be read")
        return taken - told.timestamp() * 1_000

    def true_end(self) -> float:
        """When the last frame of the newest segment was over, ms."""
        told, _name = self._last()
        return told.timestamp() * 1_000 + self.true_offset() + self._seconds * 1_000

    def record(self) -> str:
        """Write a playlist of all that has been sent so far, as a recording; gives its name."""
        told, name = self._last()
        stem, last, suffix = re.fullmatch(r"(\D+)(\d+)(\..+)", name).groups()  # type: ignore[union-attr]
        lines = [line for line in self.playlist.read_text().splitlines() if line.startswith(KEPT)]
        for number in range(int(last) + 1):
            date = told + timedelta(seconds=self._seconds * (number - int(last)))
            lines += [f"#EXTINF:{self._seconds}.0,", f"{DATE}{date.isoformat(timespec='milliseconds')}"]
            lines.append(f"{stem}{number}{suffix}")
        recorded = self.playlist.with_name("recording.m3u8")
        recorded.write_text("\n".join([*lines, "#EXT-X-ENDLIST", ""]))
        return recorded.name

    def _last(self) -> tuple[datetime, str]:
        """The date and the name of the last segment."""
        lines = self.playlist.read_text().splitlines()
        at = max(place for place, line in enumerate(lines) if line.startswith(DATE))
        name = next(line for line in lines[at:] if line and not line.startswith("#"))
        return datetime.fromisoformat(lines[at].removeprefix(DATE)), name

    def end(self) -> None:
        for each in self._running:
            each.kill()
        for each in self._running:
            each.wait()


def _encode(output: Sequence[str]) -> list[str]:
    size = f"{picture.WIDTH}x{picture.HEIGHT}"
    return [
        *FFMPEG, "-f", "rawvideo", "-pix_fmt", "gray", "-s", size, "-r", str(picture.RATE), "-i", "-",
        "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p",
        "-threads", "1", *output,
    ]  # fmt: skip


def _keys(seconds: int) -> list[str]:
    return ["-g", str(seconds * picture.RATE), "-keyint_min", str(seconds * picture.RATE)]


def _hls(folder: Path, seconds: int) -> list[str]:
    return [*_keys(seconds), "-sc_threshold", "0", *_segments(folder, seconds)]


def _segments(folder: Path, seconds: int) -> list[str]:
    """Two seconds in MPEG-TS, longer ones in fMP4: both are met outside. All stay, for the replay."""
    kind = ["-hls_segment_type", "fmp4" if seconds > 2 else "mpegts"]
    flags = "program_date_time+independent_segments+temp_file"
    listed = str(LISTED // seconds)
    return [
        "-f", "hls", "-hls_time", str(seconds), "-hls_list_size", listed, *kind, "-hls_flags", flags,
        str(folder / "live.m3u8"),
    ]  # fmt: skip


def _flv() -> list[str]:
    return [*_keys(2), "-sc_threshold", "0", "-f", "flv", "-flvflags", "no_duration_filesize", "-"]


def _package(folder: Path, seconds: int) -> list[str]:
    return [*FFMPEG, "-f", "flv", "-i", "-", "-c", "copy", *_segments(folder, seconds)]


def _pipe(stages: Sequence[Sequence[str]]) -> list[subprocess.Popen[bytes]]:
    """Each reads what the one before writes."""
    running: list[subprocess.Popen[bytes]] = []
    for place, stage in enumerate(stages):
        source = running[-1].stdout if running else subprocess.DEVNULL
        last = place == len(stages) - 1
        sink = subprocess.DEVNULL if last else subprocess.PIPE
        running.append(subprocess.Popen(stage, stdin=source, stdout=sink))
        if running[:-1] and (passed := running[-2].stdout) is not None:
            passed.close()  # so that the writer notices when its reader has gone
    return running


def _first_frame(folder: Path, name: str) -> int:
    """The code in the first frame of a segment."""
    head = folder / "init.mp4"
    content = (head.read_bytes() if name.endswith(".m4s") else b"") + (folder / name).read_bytes()
    command = [*FFMPEG[:3], "-i", "-", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    return picture.read(subprocess.run(command, input=content, capture_output=True, check=True).stdout)


class Server:
    """Serves a folder on a port of its own; the dates of its playlists are wrong by `wrong` ms."""

    def __init__(self, folder: Path, wrong: int = 0) -> None:
        handler = partial(_Handler, directory=str(folder), change=lambda text: shifted(text, wrong))
        self._server = _Quiet(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def shifted(text: str, wrong: int) -> str:
    """A playlist whose dates are later by so many ms."""

    def later(found: re.Match[str]) -> str:
        date = datetime.fromisoformat(found.group(1)) + timedelta(milliseconds=wrong)
        return DATE + date.isoformat(timespec="milliseconds")

    return re.sub(f"{DATE}(.+)", later, text) if wrong else text


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that was closed amid a segment is nothing to speak of."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, change: Callable[[str], str], directory: str) -> None:
        self._change = change
        super().__init__(*given, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        if path.suffix == ".m3u8":
            body = self._change(body.decode()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", KINDS.get(path.suffix, "application/octet-stream"))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *given: object) -> None:
        """Nothing is said of single requests."""
