"""The list of words: what waits for a moderator because of it, in Chinese and English, and what does not."""

from __future__ import annotations

import pytest

from live.domain.base import Setup
from live.domain.moderation import QuestionsSet
from live.domain.question_docs import QuestionDoc
from live.domain.questions import Ask, question_id
from live.domain.wordlist import contains, words
from tests.domain.scenes import ANN, MO, Scene, given, set_up

LIST = words("Idiot, bloody hell\n废物；王主任\n\nass、Idiot")


def test_a_list_is_typed_by_lines_or_commas() -> None:
    assert LIST == ("Idiot", "bloody hell", "废物", "王主任", "ass")


@pytest.mark.parametrize(
    "text",
    [
        "you IDIOT!",
        "ｉｄｉｏｔ",
        "Bloody\n  hell, why?",
        "这是废物吗",
        "这是废 物吗",
        "这是 废·物 吗",
        "废\u200b物",
        "问王主任：为什么？",
        "i\u00addiot",
    ],
)
def test_however_it_is_written_it_is_found(text: str) -> None:
    assert contains(text, LIST)


@pytest.mark.parametrize(
    "text", ["Who has the passport?", "idiots' guide", "作废，物品另存", "王 的主任", "hell"]
)
def test_what_only_looks_alike_is_not(text: str) -> None:
    assert not contains(text, LIST)


def listed() -> Scene:
    scene = given(QuestionsSet(mode="open", anonymous=True))
    set_up(scene, Setup(words=LIST))
    return scene


@pytest.mark.parametrize("anonymous", [True, False])
def test_a_question_with_a_listed_word_waits_marked_and_is_never_lost(*, anonymous: bool) -> None:
    scene = listed()
    scene.when(Ask(key="k" * 22, text="Which idiot?", anonymous=anonymous), ANN)
    scene.when(Ask(key="l" * 22, text="Which rope?", anonymous=anonymous), ANN)
    rude, civil = (scene.doc(f"question/{question_id(key * 22)}") for key in "kl")
    assert isinstance(rude, QuestionDoc)
    assert isinstance(civil, QuestionDoc)
    assert (rude.state, rude.listed, rude.text) == ("pending", True, "Which idiot?")
    assert (civil.state, civil.listed) == ("live", False)
    assert scene.doc(f"question/{question_id('k' * 22)}", "attendee") == QuestionDoc(state="pending")


def test_the_desk_is_not_kept_waiting() -> None:
    scene = listed()
    scene.when(Ask(key="k" * 22, text="Which idiot?", anonymous=False), MO)
    doc = scene.doc(f"question/{question_id('k' * 22)}")
    assert isinstance(doc, QuestionDoc)
    assert doc.state == "live"
