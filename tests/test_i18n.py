"""The catalogue as pages and browser code see it."""

import json

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment

from live import i18n
from live.i18n import Translator, negotiate


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
    text = chinese().script()
    assert json.loads(text) == {"Send </script>": "发送 </script>", "{n} vote": ["{n} 票"]}
    assert "<" not in text


def test_english_pages_carry_no_catalogue() -> None:
    assert i18n.messages("en") == "{}"


def test_an_unknown_language_is_answered_in_english() -> None:
    assert i18n.translator("../../etc/passwd").lang == "en"


def test_templates_speak_the_language_they_are_taught() -> None:
    environment = Environment(autoescape=True)
    i18n.install(environment, "en")
    said = environment.from_string("{{ _('Hello %(name)s', name=name) }}").render(name="<b>")
    assert said == "Hello &lt;b&gt;"
