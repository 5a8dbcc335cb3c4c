"""The catalogue as pages and browser code see it."""

import json
import subprocess

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment

from hatch_build import find_node
from live import assets, i18n
from live.i18n import Translator, negotiate
from live.paths import STATIC


def chinese() -> Translator:
    catalog = Catalog(locale="zh")
    catalog.add("Join", "加入", locations=[("templates/join.html", 0)])
    catalog.add("Send </script>", "发送 </script>", locations=[("static/attendee.js", 0)])
    catalog.add(("{n} vote", "{n} votes"), ("{n} 票",), locations=[("static/screen.js", 0)])
    catalog.add("Not yet said", "", locations=[("static/screen.js", 0)])
    return Translator("zh", catalog)


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("de-DE,de;q=0.9,zh;q=0.5", "zh"),
        ("de", "en"),
        ("ZH-hans", "zh"),
        ("en;q=0.1, zh;q=0.9", "zh"),
        ("zh;q=0", "en"),
        ("zh;q=nonsense;;,,;=", "en"),
    ],
)
def test_a_browser_gets_the_language_it_likes_best(header: str | None, lang: str) -> None:
    assert negotiate(header, ["en", "zh"]) == lang


def test_without_a_wish_the_first_language_of_the_broadcast_is_taken() -> None:
    assert negotiate("de", ["zh", "en"]) == "zh"


def test_an_untranslated_sentence_is_shown_in_english() -> None:
    assert chinese().gettext("Not yet said") == "Not yet said"
    assert chinese().gettext("Never heard of") == "Never heard of"


def test_a_plural_has_one_chinese_form_and_two_english_ones() -> None:
    english = i18n.translator("en")
    assert [english.ngettext("{n} vote", "{n} votes", n) for n in (1, 2)] == ["{n} vote", "{n} votes"]
    assert [chinese().ngettext("{n} vote", "{n} votes", n) for n in (1, 2)] == ["{n} 票", "{n} 票"]


def test_the_browser_gets_only_its_own_sentences_and_no_way_out_of_the_script_element() -> None:
    text = chinese().script(r'_("Send <\/script>"), ngettext("{n} vote", "{n} votes", n)')
    assert json.loads(text) == {"Send </script>": "发送 </script>", "{n} vote": ["{n} 票"]}
    assert "<" not in text


def test_english_pages_carry_no_catalogue() -> None:
    assert i18n.messages("en", "everything") == "{}"


def test_an_unknown_language_is_answered_in_english() -> None:
    assert i18n.translator("../../etc/passwd").lang == "en"


def test_templates_speak_the_language_they_are_taught() -> None:
    environment = Environment(autoescape=True)
    i18n.install(environment, "en")
    said = environment.from_string("{{ _('Hello %(name)s', name=name) }}").render(name="<b>")
    assert said == "Hello &lt;b&gt;"


SPEAK = """
const said = process.argv[2];
globalThis.document = { getElementById: (id) => (id === "messages" && said ? { textContent: said } : null) };
const { _, ngettext } = await import(process.argv[1]);
console.log(JSON.stringify([_("Join {name}", { name: "$& <b>" }), _("{left} {alone}", { left: 1 }),
  ngettext("{n} vote", "{n} votes", 1), ngettext("{n} vote", "{n} votes", 2)]));
"""


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        ("", ["Join $& <b>", "1 {alone}", "1 vote", "2 votes"]),
        (
            '{"Join {name}": "{name} 加入", "{n} vote": ["{n} 票"]}',
            ["$& <b> 加入", "1 {alone}", "1 票", "2 票"],
        ),
    ],
    ids=["english", "chinese"],
)
def test_the_browser_fills_in_names_and_numbers(messages: str, said: list[str]) -> None:
    node, _npm = find_node()
    command = [str(node), "--input-type=module", "-e", SPEAK, str(STATIC / "core/i18n.js"), messages]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == said


def test_a_page_is_given_the_sentences_of_its_own_script_and_no_others() -> None:
    """None is missing that the sources of a page say: what a bundler wrote is searched, not guessed."""
    catalogue = i18n.translator("zh").script
    phone = json.loads(catalogue(assets.text("attendee.js")))
    desk = json.loads(catalogue(assets.text("desk.js")))
    assert phone["The poll is not open."] == desk["The poll is not open."]
    assert set(desk) - set(phone)
    assert set(phone) - set(desk)
    everything = json.loads(catalogue("\n".join(i18n.translator("zh")._script)))
    scripts = "\n".join(assets.text(name) for name in assets.manifest() if name.endswith(".js"))
    assert json.loads(catalogue(scripts)).keys() == everything.keys(), "each sentence is on some page"
