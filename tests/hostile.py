"""Five hundred texts that nobody hoped for: markup and script, templates, bidi, zalgo, emoji, and long words.

Used by the browser tests. A script of theirs that ran would set `window.hacked` or open a dialog. Each
text is another one, and stays so when it is cleaned; a few are refused, because nothing of them shows.
"""

from __future__ import annotations

from collections.abc import Iterator

RUN = "window.hacked=1"
JOINER, VARIANT, KEYCAP = "\u200d", "\ufe0f", "\u20e3"

TAGS = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<img src=x onerror='{run}'>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<body onload={run}>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src='javascript:parent.{run}'></iframe>",
    "<a href='javascript:{run}'>click</a>",
    "<a href='data:text/html,<script>{run}</script>'>click</a>",
    "<details open ontoggle={run}>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}>",
    "<textarea autofocus onfocus={run}></textarea>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}>",
    "<marquee onstart={run}>",
    "<object data='javascript:{run}'></object>",
    "<embed src='javascript:{run}'>",
    "<form action='javascript:{run}'><button>go</button></form>",
    "<math><mtext><script>{run}</script></mtext></math>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<link rel=stylesheet href='javascript:{run}'>",
    "<style>*{{display:none}}</style>",
    "<base href='https://example.invalid/'>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'></noscript>",
    "<template><script>{run}</script></template>",
    "<div style='position:fixed;inset:0;background:red'>",
    "<p id=page><p id=first><form name=body>",
)
BREAKOUTS = ("{tag}", '">{tag}', "'>{tag}", "</textarea>{tag}", "</script>{tag}", "-->{tag}", "]]>{tag}")
TEMPLATES = (
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{% for x in y %}",
    "{{constructor.constructor('window.hacked=1')()}}",
    "${window.hacked=1}",
    "`${window.hacked=1}`",
    "{n} people {name} {time}",
    "%(name)s %s %d %n",
    "{0} {} {{}}",
    "@{user} $user $$",
    "[[${7*7}]]",
    "<!--lit-part-->",
    "<?lit$0123456789$?>",
    "{{lit-0}}",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "'; DROP TABLE event; --",
    '" OR 1=1 --',
    '=HYPERLINK("http://example.invalid")',
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "C:\\CON\\NUL",
    "\\u003cscript\\u003e",
    "&lt;script&gt;&amp;&#60;&#x3c;",
)
NOTHINGS = (
    "null",
    "undefined",
    "NaN",
    "Infinity",
    "None",
    "nil",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1e309",
    "0x0",
    "[]",
    "{}",
    "[object",
    "Object]",
    "()",
    "''",
    '""',
    "``",
    "\\0",
    "%00",
    "%0a",
    "&nul;",
    "\\x00",
    "(null)",
    "#N/A",
    "EOF",
    "NULL",
    "Null",
    "undefined()",
    "void(0)",
    "NaN%",
    "00",
    "..",
    ".",
    "-",
    "_",
    "~",
    "?",
    "!",
    "/",
    "\\",
    "|",
    ";",
    ":",
    ",",
    "*",
    "#",
    "&",
    "%",
    "$",
    "^",
    "@",
    "+",
    "=",
)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2062\u2063"
HIDDEN += "\u115f\u3164\uffa0\u2800\u00a0\u3000\u2028\u2029\x00\x07\x1b\x7f\x85"
RIGHT_TO_LEFT = (
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0627\u0644\u0633\u0644\u0627\u0645\u0629 \u0623\u0648\u0644\u0627 (1) <2> [3]",
    "\ufdfd",  # one letter as wide as a sentence
    "\u0639" * 400,
)
PEOPLE = ("\U0001f468", "\U0001f469", "\U0001f467", "\U0001f466", "\U0001f9d1")
SKINS = tuple(chr(code) for code in range(0x1F3FB, 0x1F400))
FLAGS = ("CN", "DE", "UN", "XX", "ZZ", "GB", "EU", "AQ")
WIDE = (
    "W",
    "\u2003",
    "\uff37",
    "\u4e2d",
    "\ufdfd",
    "\u2e3b",
    "\U0001f468",
    "\u0bb5\u0bc6",
    "\ua9c5",
    "\u1242b",
)
LOOKALIKES = {
    "a": "\u0430",
    "e": "\u0435",
    "o": "\u043e",
    "p": "\u0440",
    "c": "\u0441",
    "i": "\u0456",
    "s": "\u0455",
}


def _markup() -> Iterator[str]:
    for tag in TAGS:
        for around in BREAKOUTS:
            yield around.format(tag=tag.format(run=RUN))


def _directions() -> Iterator[str]:
    for number, mark in enumerate(BIDI):
        yield f"start{mark}{number} evil exe.gpj end"
        yield f"{mark * 200}{number} overridden"
        yield f"{number} {mark.join('reversed order')}"
    yield from RIGHT_TO_LEFT
    yield from (f"{text} mixed with English {n}" for n, text in enumerate(RIGHT_TO_LEFT))


def _marks() -> Iterator[str]:
    for many in (1, 5, 50, 500, 10_000):
        for mark in ("\u0301", "\u0337", "\u20dd", "\u0e49", "\u0f74", "\u0483", "\ufe20"):
            yield f"z{mark * many}algo {many}"
    yield "".join(f"{letter}{chr(0x300 + n % 0x70) * 9}" for n, letter in enumerate("he comes" * 20))
    yield "\u0301" * 10_000
    yield "\u0915\u094d" * 400  # one cluster of hundreds of consonants


def _emoji() -> Iterator[str]:
    for number, person in enumerate(PEOPLE):
        yield person + "".join(JOINER + other for other in PEOPLE[:number])
        yield from (person + skin for skin in SKINS)
    yield JOINER.join(PEOPLE * 40)
    for flag in FLAGS:
        yield "".join(chr(0x1F1E6 + ord(letter) - 65) for letter in flag)
    yield "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"
    yield "\U0001f3f3" + VARIANT + JOINER + "\U0001f308"
    yield from (f"{digit}{VARIANT}{KEYCAP}" for digit in "0123456789#*")
    yield "\U0001f1e8" * 301  # half a flag is left over
    yield from (chr(code) * 100 for code in (0x1F600, 0x1F4A9, 0x1F9FF, 0x1FAE8, 0x2764))


def _long() -> Iterator[str]:
    for letter in WIDE:
        yield from (letter * many for many in (120, 999) if len(letter) * many <= 1_000)
    yield "https://example.invalid/" + "a/" * 480
    yield "A" * 300 + " " + "b" * 600
    yield "\n".join("line" + str(n) for n in range(100))
    yield "\n" * 400 + "below" + "\n" * 400 + "far below"
    yield "tab\t" * 200
    yield "word " * 199
    yield "\u5b89\u5168\u751f\u4ea7" * 249
    yield "\uff21\uff22\uff23\uff11\uff12\uff13\uff1c\uff1e" * 60
    yield "-" * 700
    yield "._-" * 300
    yield "0123456789" * 99


def _hidden() -> Iterator[str]:
    for number, character in enumerate(HIDDEN):
        yield character
        yield f"in{character}side {number}"
        yield f"{character * 300}after {number}"


def _likes() -> Iterator[str]:
    for word in ("admin", "paypal", "official notice", "moderator", "safety first", "close poll", "password"):
        yield "".join(LOOKALIKES.get(letter, letter) for letter in word)
        yield "".join(chr(0xFF00 + ord(letter) - 32) if letter != " " else "\u3000" for letter in word)
        yield "".join(chr(0x1D41A + ord(letter) - 97) if letter != " " else " " for letter in word)


def _all() -> Iterator[str]:
    yield from (*_markup(), *TEMPLATES, *_marks(), *_directions(), *_emoji(), *_long(), *_hidden(), *_likes())
    yield from NOTHINGS


TEXTS = tuple(dict.fromkeys(_all()))
FEW = TEXTS[:: len(TEXTS) // 24]
