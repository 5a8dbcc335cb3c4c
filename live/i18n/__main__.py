"""`python -m live.i18n update [translations.json …]`: keep zh.po in step with the source. See `catalogue`."""

import sys

from live.i18n.catalogue import main

main(sys.argv[1:])
