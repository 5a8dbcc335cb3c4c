"""Whatever is voted, merged and undone: of united questions each person counts once; an undo parts them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from live.domain.base import Actor, Rejected
from live.domain.life import Started
from live.domain.moderation import Merge, Undo
from live.domain.question_docs import QuestionDoc
from live.domain.questions import QuestionAsked, Upvote
from tests.domain.scenes import ANN, BOB, CAT, MO, Scene
from tests.domain.scenes import given as given_events

NAMES = "qrst"
questions_ = st.sampled_from(NAMES)
votes = st.tuples(st.sampled_from((ANN, BOB, CAT)), st.builds(Upvote, question=questions_, on=st.booleans()))
merges = st.tuples(st.just(MO), st.builds(Merge, question=questions_, into=questions_))
undos = st.tuples(st.just(MO), st.builds(Undo, question=questions_))
Given = list[tuple[Actor, Upvote | Merge | Undo]]


class Model:
    """Who wants what, and what stands for what, told as simply as can be."""

    def __init__(self) -> None:
        self.wanted: dict[str, set[str]] = {name: set() for name in NAMES}
        self.into: dict[str, str] = {}

    def head(self, name: str) -> str:
        return self.head(self.into[name]) if name in self.into else name

    def under(self, name: str) -> set[str]:
        """A question and all that it stands for."""
        return {name}.union(*(self.under(each) for each, into in self.into.items() if into == name))

    def voters(self, name: str) -> set[str]:
        return set[str]().union(*(self.wanted[each] for each in self.under(name)))

    def take(self, command: Upvote | Merge | Undo, who: str) -> None:
        match command:
            case Upvote(on=True):
                if who not in self.voters(self.head(command.question)):
                    self.wanted[self.head(command.question)].add(who)
            case Upvote():
                for each in self.under(self.head(command.question)):
                    self.wanted[each].discard(who)
            case Merge():
                self.into[command.question] = command.into
            case Undo():
                del self.into[command.question]


def counts(scene: Scene) -> dict[str, int]:
    docs = {name: scene.doc(f"question/{name}") for name in NAMES}
    return {name: doc.votes for name, doc in docs.items() if isinstance(doc, QuestionDoc)}


@settings(max_examples=150, deadline=None)
@given(doings=st.lists(st.one_of(votes, merges, undos), max_size=14))
def test_of_united_questions_each_person_counts_once_and_an_undo_parts_them(doings: Given) -> None:
    asked = (QuestionAsked(question=name, text=f"{name}?", anonymous=False, pending=False) for name in NAMES)
    scene, model = given_events(Started(), *((ANN, each) for each in asked)), Model()
    for who, command in doings:
        try:
            scene.when(command, who)
        except Rejected:
            continue
        model.take(command, who.participant)
        assert counts(scene) == {name: len(model.voters(name)) for name in NAMES}
    for name in list(model.into):
        scene.when(Undo(question=name), MO)
    assert counts(scene) == {name: len(voters) for name, voters in model.wanted.items()}
