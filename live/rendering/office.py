"""The command line of LibreOffice that makes a PDF, and a profile in which a document cannot reach out.

Called by `__main__` in a child of its own, which then becomes LibreOffice. It has another memory limit than
the renderer and sends no frames: its only result is the file `deck.pdf` beside the copy of the upload.
"""

from pathlib import Path

# No macros, no links to other files or hosts, no active content: the document is a stranger's.
REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{settings}</item>
</oor:items>
"""
SETTING = '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
SETTINGS = {
    "MacroSecurityLevel": "3",
    "DisableMacrosExecution": "true",
    "DisableActiveContent": "true",
    "BlockUntrustedRefererLinks": "true",
}


def prepare(soffice: str, deck: Path) -> list[str]:
    profile = deck.parent / "profile"
    (profile / "user").mkdir(parents=True)
    settings = "".join(SETTING.format(name=name, value=value) for name, value in SETTINGS.items())
    (profile / "user" / "registrymodifications.xcu").write_text(REGISTRY.format(settings=settings))
    return [
        soffice,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "pdf", "--outdir", str(deck.parent), str(deck)),
    ]
