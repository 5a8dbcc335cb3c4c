"""Where the files beside the code are: templates, static, migrations.

A wheel carries them inside the package; in a source tree (a clone, an editable install) they stand
next to it. Used by whoever opens such a file; it never reads one itself.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Only the wheel has migrations inside the package: in a source tree they are one floor up.
ROOT = PACKAGE if (PACKAGE / "migrations").is_dir() else PACKAGE.parent

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
BUILT = STATIC / "built"
MIGRATIONS = ROOT / "migrations"
LOCALE = PACKAGE / "locale"
