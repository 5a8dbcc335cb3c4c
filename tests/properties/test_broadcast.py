"""A broadcast under random commands of random people: the promises that must hold after each one.

Old docs with the patch laid over them are a newcomer's docs (`Scene` checks it for each event and audience),
the log alone gives the same state, a tally is a recount, and nothing of the desk reaches anybody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from live.domain import (
    attendance,
    broadcast,
    cues,
    driver,
    known,
    life,
    polls,
    question_docs,
    questions,
    rundown,
    secret,
    sight,
    turns,
    verdicts,
    viewers,
    votes,
)
from live.domain.base import AUDIENCES, CODES, Actor, Participant, Rejected, Setup
from live.domain.cues import BlankOverlay, QuestionOverlay
from live.domain.permits import Command
from live.domain.questions import PUBLIC
from tests.domain.scenes import COLOURS, LI, MO, SECOND, Scene, fresh, set_up
from tests.properties import commands as some

_decode = msgspec.json.Decoder(broadcast.Event).decode
DESK_ONLY = ("rundown", "driver", "person")


class Broadcast(RuleBasedStateMachine):
    """Rules are what people and the server do; invariants are what everybody relies on."""

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene()
        self.tried: dict[str, int] = {}

    @rule(seconds=some.limits)
    def there_is_a_secret_poll(self, seconds: int | None) -> None:
        """Opened for the second poll that there is, if it still is a draft."""
        if len(self.scene.state.polls.polls) < 2:
            self.give(polls.AddPoll(title="Which?", ballot=COLOURS, secret=True), LI)
            self.give(turns.OpenPoll(poll=2, seconds=seconds), LI)

    @initialize()
    def half_an_hour_before(self) -> None:
        """Most interesting things happen in a broadcast that has been prepared and is live."""
        self.scene.notice(some.deck(0))
        for command in (
            polls.AddPoll(title="Which?", ballot=COLOURS),
            life.Start(),
            driver.TakeDrive(),
            cues.Goto(item="s1"),
            turns.OpenPoll(poll=1),
        ):
            self.scene.when(command, LI)

    @rule(command=some.commands, by=some.actors)
    def somebody_gives_a_command(self, command: Command, by: Actor) -> None:
        self.give(command, by)

    @rule(command=some.commands, by=some.desk)
    def the_desk_gives_a_command(self, command: Command, by: Actor) -> None:
        self.give(command, by)

    @rule(command=some.honest_vote, by=some.attendees)
    def an_attendee_votes(self, command: Command, by: Actor) -> None:
        self.give(command, by)

    @rule(command=some.honest_ask, by=some.attendees)
    def an_attendee_asks(self, command: Command, by: Actor) -> None:
        self.give(command, by)

    @rule(command=some.paces, by=some.attendees)
    def an_attendee_says_how_it_goes(self, command: Command, by: Actor) -> None:
        self.give(command, by)

    @rule(key=st.sampled_from(some.KEYS), by=some.attendees)
    def an_attendee_withdraws(self, key: str, by: Actor) -> None:
        self.give(questions.Withdraw(question=questions.question_id(key), key=key), by)

    @rule(command=some.moves)
    def a_moderator_works_the_queue(self, command: Command) -> None:
        self.give(command, MO)

    @rule(command=some.drives)
    def the_lecturer_drives(self, command: Command) -> None:
        self.give(driver.TakeDrive(), LI)
        self.give(command, LI)

    @rule(signal=some.signals, by=some.actors)
    def the_server_notices_something(self, signal: broadcast.Signal, by: Actor) -> None:
        self.scene.notice(signal, by)

    @rule(watch=some.watches)
    def a_page_says_how_far_behind_it_is(self, watch: viewers.Watch) -> None:
        self.scene.passing(watch)

    @rule()
    def what_is_due_happens(self) -> None:
        due = broadcast.due(self.scene.state)
        if due is not None:
            self.scene.now = max(self.scene.now, due)
            faded = broadcast.fade(self.scene.state, self.scene.now)
            self.scene.changed(faded)
            assert self.scene.notice(life.Due()) or faded

    @rule(deck=some.decks)
    def a_deck_is_ready(self, deck: rundown.AttachDeck) -> None:
        self.scene.notice(deck)

    @rule(title=some.texts)
    def the_set_up_changes(self, title: str) -> None:
        set_up(self.scene, Setup(title=title))

    @rule(name=some.texts, participant=some.participants)
    def somebody_is_renamed(self, name: str, participant: str) -> None:
        before = self.scene.state.people.get(participant)
        role = before.role if before else "attendee"
        person = Participant(id=participant, name=name, role=role, unit=name, site=name)
        self.scene.state.people[participant] = person
        self.scene.notice(attendance.Rename(participant=participant))

    @rule()
    def the_clock_is_set_back(self) -> None:
        self.scene.now -= 60 * SECOND

    def give(self, command: Command, by: Actor) -> None:
        """Any command gives events or a refusal with a known code, and a second time changes no more."""
        length = len(self.scene.log)
        try:
            self.scene.when(command, by)
            self.scene.changed(broadcast.feel(self.scene.state, command, by, self.scene.now))
        except Rejected as refusal:
            assert refusal.code in CODES  # noqa: PT017  # any other exception must come through
            assert len(self.scene.log) == length

    # What everybody relies on ------------------------------------------------------------------

    @invariant()
    def the_log_can_be_read_again(self) -> None:
        for event, _ in self.scene.log[-3:]:
            assert _decode(msgspec.json.encode(event)) == event

    @invariant()
    def what_is_due_next_is_what_all_polls_and_holds_say(self) -> None:
        kept = broadcast.due(self.scene.state)
        self.scene.state.stirred = True
        assert broadcast.due(self.scene.state) == kept

    @invariant()
    def a_tally_is_a_recount(self) -> None:
        for poll in self.scene.state.polls.polls.values():
            recount: Counter[int | str] = Counter()
            for vote in poll.votes.values():
                recount.update(poll.ballot.marks(vote.choice) or vote.choice)
            if not poll.rules.secret:
                assert poll.counts == recount

    @invariant()
    def the_question_on_screen_is_the_one_on_stage(self) -> None:
        state = self.scene.state
        on_screen = [name for name, each in state.questions.questions.items() if each.state == "on_screen"]
        assert on_screen == ([state.questions.on_screen] if state.questions.on_screen else [])
        seen = state.cues.now.overlay
        if isinstance(seen, QuestionOverlay):
            assert on_screen == [seen.question]
        elif on_screen:
            assert isinstance(seen, BlankOverlay)
            assert state.cues.overlay == QuestionOverlay(question=on_screen[0])

    @invariant()
    def cues_stand_in_the_order_of_time(self) -> None:
        times = [cue.at for cue in self.scene.state.cues.cues]
        assert times == sorted(times)

    @invariant()
    def turns_stand_in_the_order_of_time_and_end_as_the_poll_stands(self) -> None:
        for poll in self.scene.state.polls.polls.values():
            times = [turn.at for turn in poll.turns]
            assert times == sorted(times)
            if poll.turns:
                last = poll.turns[-1]
                assert (last.state, last.round, last.shown) == (poll.state, poll.round, poll.shown)
                assert poll.shown or not poll.promised or poll.until is not None

    @invariant()
    def nothing_is_open_after_the_end(self) -> None:
        state = self.scene.state
        if state.life.phase == "ended":
            assert all(poll.state != "open" for poll in state.polls.polls.values())
            assert state.questions.on_screen is None

    @invariant()
    def the_rundown_is_a_list_of_different_things(self) -> None:
        state = self.scene.state.rundown
        ids = [item.id for item in state.items]
        assert len(ids) == len(set(ids))
        assert {item.slide for item in state.items if isinstance(item, rundown.SlideItem)} <= set(state.deck)

    @invariant()
    def nothing_of_the_desk_reaches_anybody_else(self) -> None:
        for key in sight.keys(self.scene.state):
            for audience in set(AUDIENCES) - {"desk"}:
                doc = sight.view(self.scene.state, key, audience)
                assert doc is None or not list(self._leaks(key, doc)), f"{key} → {audience}: {doc}"

    def _leaks(self, key: str, doc: known.Doc) -> Iterator[str]:
        state = self.scene.state
        if key.partition("/")[0] in DESK_ONLY:
            yield "a doc that is the desk's"
        if key.startswith("split/") and key.count("/") > 1:
            yield "the groups of a former round"
        if isinstance(doc, polls.PollDoc | votes.TallyDoc):
            poll = state.polls.polls[int(key.partition("/")[2])]
            if poll.state == "draft":
                yield "a draft"
            if isinstance(doc, votes.TallyDoc) and (doc.former or (_tells(doc) and not poll.shown)):
                yield "counts that are not shown"
        if isinstance(doc, question_docs.QuestionDoc):
            if doc.original is not None or doc.author is not None or doc.undo or doc.action is not None:
                yield "what the desk alone knows of a question"
            if doc.state not in PUBLIC and doc != question_docs.QuestionDoc(
                state=doc.state, into=doc.into, private_reply=doc.private_reply
            ):
                yield "a wording that nobody has approved"
            if doc.anonymous and (doc.by or doc.unit):
                yield "who asked"
            if doc.listed or doc.held_by is not None:
                yield "what the desk alone knows of a question"
            if any(not state.questions.labels[each].public for each in doc.labels):
                yield "a label of the desk"
            if doc.reply is not None and doc.reply.startswith(some.SECRET):
                yield "a reply to the asker alone"
        if isinstance(doc, attendance.PresenceDoc) and doc != attendance.PresenceDoc(here=doc.here):
            yield "who is there"
        if isinstance(doc, rundown.SlideDoc) and f"{some.SECRET} notes" in str(doc):
            yield "notes"

    @invariant()
    def an_anonymous_act_has_no_actor(self) -> None:
        for event, stamp in self.scene.log[-3:]:
            assert not (broadcast.unlinked(event) and stamp.actor)

    @invariant()
    def the_log_knows_no_more_of_a_secret_vote_than_who_and_apart_from_it_what(self) -> None:
        for number, poll in self.scene.state.polls.polls.items():
            if poll.rules.secret:
                said = [event for event, _ in self.scene.log if getattr(event, "poll", None) == number]
                assert not [event for event in said if isinstance(event, votes.Voted)]
                cast = [each for each in said if isinstance(each, secret.BallotCast)]
                cast = [each for each in cast if each.round == poll.round]
                counted: Counter[int | str] = Counter()
                for each in cast:
                    counted.update(each.marks or each.choice)
                assert (poll.counts, poll.votes, len(poll.voters)) == (counted, {}, len(cast))

    def teardown(self) -> None:
        """The log alone gives the same docs, and the same answer to "what is mine"."""
        folded, state = self.scene.folded(), self.scene.state
        for audience in AUDIENCES:
            assert fresh(folded, audience) == fresh(state, audience) == dict(self.scene.feeds[audience].all())
        for participant in state.people:
            mine = questions.mine(state.questions, participant)
            assert questions.mine(folded.questions, participant) == mine
            assert set(mine[0]) == _upvoted(state.questions, participant)
            assert verdicts.mine(folded.polls, participant) == verdicts.mine(state.polls, participant)


def _tells(doc: votes.TallyDoc) -> bool:
    return bool(doc.counts or doc.said or doc.median)


def _upvoted(state: questions.State, participant: str) -> set[str]:
    return {name for name, question in state.questions.items() if participant in question.votes}


TestBroadcast = Broadcast.TestCase
TestBroadcast.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
