"""Random people giving random commands: mostly sensible ones, some that nobody's page would send.

The pools are small on purpose, so that commands meet: the same poll, the same question, the same item.
"""

from __future__ import annotations

from hypothesis import strategies as st

from live.domain import (
    actions,
    attendance,
    calibration,
    cues,
    driver,
    groups,
    holding,
    labels,
    life,
    moderation,
    notices,
    polls,
    questions,
    quiz,
    reactions,
    replies,
    results,
    rounds,
    rundown,
    turns,
    verdicts,
    video,
    viewers,
    votes,
)
from live.domain.ballots import (
    Ballot,
    Cloud,
    Multiple,
    Numeric,
    Ranking,
    Rating,
    Single,
    Spotting,
    Wall,
    Zone,
)
from live.domain.base import Video
from live.domain.permits import Command
from tests.domain.scenes import ANN, BOB, CAT, EVERYONE, HALL, LI, MAX, MO, OLGA, START

KEYS = tuple(letter * 22 for letter in "abc")
SECRET = "\u5bc6"  # stands in every text that must not leave the desk before it is approved
QUESTIONS = (*(questions.question_id(key) for key in KEYS), "nowhere")
SLIDES = ("d1p1", "d1p2", "d1p3", "d2p1", "d2p2", "d3p1", "d3p2", "d3p3", "d3p4")
DECKS = (SLIDES[:3], SLIDES[3:5], SLIDES[5:])
ITEMS = ("s1", "s2", "s3", "x", "y", "z")
HUGE = 10**400

numbers = st.sampled_from((1, 2, 1, 2, 1, 2, 3, 0, -1, HUGE))
questions_ = st.sampled_from(QUESTIONS)
items = st.sampled_from(ITEMS)
flags = st.booleans()
labels_ = st.sampled_from((None, 1, 2))
days = st.sampled_from((None, "2026-12-01", "2026-02-30"))
limits = st.sampled_from((None, None, 5, 20, 20, 3_600, 0, -1, HUGE))
forms = st.sampled_from(("", "", "Feedback", " "))
repeats = st.sampled_from((None, None, 1, 2, HUGE))
rights = st.sampled_from(((0,), (0,), (1,), (0, 1), (2, 0, 1), (), ("2", "0.5"), ("2",), (9,)))
quizzes = st.one_of(
    st.none(),
    st.builds(
        quiz.Quiz,
        right=rights,
        points=st.sampled_from((1, 5, 10, 15, 101)),
        explanation=st.just(f"{SECRET} why"),
    ),
)
bys: st.SearchStrategy[groups.By | None] = st.sampled_from((None, None, "kind", "site", "unit"))
shows: st.SearchStrategy[rounds.Results] = st.sampled_from(("hand", "live", "close"))
texts = st.sampled_from(("Why?", "Why not?", "What now?", "", "\u202e", "x" * 1_001, "e\u0301"))
actors = st.sampled_from((ANN, ANN, BOB, CAT, HALL, MO, MO, MAX, LI, OLGA))
attendees = st.sampled_from((ANN, ANN, BOB))
desk = st.sampled_from((MO, LI, OLGA))
moments = st.integers(START, START + 9_000)
participants = st.sampled_from((*(each.participant for each in EVERYONE), "nobody"))

ballots: st.SearchStrategy[Ballot] = st.sampled_from(
    (
        Single(options=("Red", "Green", "Blue")),
        Multiple(options=("Red", "Green", "Blue"), max=2),
        Rating(low="Poor", high="Good", steps=7),
        Multiple(options=("Red", "Green", "Blue"), max=3, min=2),
        Single(options=("Red",)),
        Ranking(options=("Red", "Green", "Blue")),
        Numeric(min=-1, max=5, decimals=1),
        Cloud(),
        Wall(),
        Spotting(slide="d1p1", max=2, zones=(Zone(name="Fork", points=(0, 0, 2, 2)),)),
        Multiple(options=("Red", "Red"), max=1),
        Multiple(options=("Red", "Green"), max=HUGE),
    )
)
placed: st.SearchStrategy[rundown.Item] = st.one_of(
    st.builds(rundown.SlideItem, id=items, slide=st.sampled_from(SLIDES), notes=st.just(f"{SECRET} notes")),
    st.builds(rundown.PollItem, id=items, poll=numbers),
    st.builds(rundown.NoticeItem, id=items, text=texts),
    st.builds(rundown.BreakItem, id=items, text=texts, minutes=numbers),
    st.builds(rundown.BreakItem, id=st.text(max_size=30), text=texts, minutes=numbers),
)
options = st.lists(st.sampled_from((0, 1, 2, 2, 1, 4, -1, HUGE)), max_size=3)
orders = st.permutations((0, 1, 2))
said = st.lists(st.sampled_from(("1", "2.5", "-1.0", "x" * 300, "", "NaN", "e\u0301", "E\u0301")), max_size=3)
choices = st.one_of(options, orders, said).map(tuple)

seen_at = st.sampled_from((None, START, START + 20_000, START + 10**6))
vote = st.builds(votes.Vote, poll=numbers, round=numbers, n=numbers, choice=choices, seen_at=seen_at)
# What honest pages send: valid as far as a page can know.
honest_vote = st.builds(
    votes.Vote,
    poll=st.just(1),
    round=st.sampled_from((1, 1, 1, 2)),
    n=st.integers(1, 4),
    choice=st.sampled_from(((0,), (1,), (2,), (2, 1), (2, 0, 1), (0, 1, 2), ("2",), ("2.5",))),
)
honest_ask = st.builds(questions.Ask, key=st.sampled_from(KEYS), text=st.just(f"{SECRET}?"), anonymous=flags)
paces = st.builds(reactions.SetPace, pace=st.sampled_from((*reactions.PACES, None)))
asked = st.sampled_from(QUESTIONS[:-1])
moves: st.SearchStrategy[Command] = st.one_of(
    st.builds(moderation.Approve, question=asked),
    st.builds(moderation.Present, question=asked),
    st.builds(moderation.Present, question=asked),
    st.builds(moderation.Answer, question=asked),
    st.builds(moderation.Dismiss, question=asked),
    st.builds(moderation.Edit, question=asked, text=st.sampled_from(("One?", "Two?"))),
    st.builds(moderation.Merge, question=asked, into=asked),
    st.builds(moderation.Undo, question=asked),
    st.builds(moderation.Undo, question=asked),
    st.builds(questions.Upvote, question=asked, on=flags),
)
drives: st.SearchStrategy[Command] = st.one_of(
    st.builds(cues.Goto, item=items),
    st.builds(cues.Blank, on=flags),
    st.builds(cues.Blank, on=flags),
    st.builds(cues.ClearOverlay),
    st.builds(cues.ShowPoll, poll=st.just(1), by=bys),
)

ask = st.builds(
    questions.Ask,
    key=st.sampled_from((*KEYS, *KEYS, "short", "\ud800" * 22)),
    text=st.one_of(st.just(f"{SECRET}?"), texts),
    anonymous=flags,
)

commands: st.SearchStrategy[Command] = st.one_of(
    vote,
    vote,
    ask,
    st.builds(questions.Upvote, question=questions_, on=flags),
    st.builds(questions.Withdraw, question=questions_, key=st.sampled_from((*KEYS, "\ud800"))),
    st.builds(life.Start),
    st.builds(life.End),
    st.builds(cues.Goto, item=items),
    st.builds(cues.Goto, item=items),
    st.builds(cues.Blank, on=flags),
    st.builds(cues.ShowPoll, poll=numbers, by=bys, first=st.one_of(st.none(), st.integers(-1, 2_000))),
    st.builds(cues.ShowScores),
    st.builds(cues.ClearOverlay),
    st.builds(driver.TakeDrive),
    st.builds(driver.RequestDrive),
    st.builds(driver.HandDrive, to=participants),
    st.builds(driver.ReleaseDrive),
    st.builds(rundown.Place, item=placed, before=st.one_of(st.none(), items)),
    st.builds(rundown.Unplace, item=items),
    st.builds(
        polls.AddPoll,
        title=texts,
        ballot=ballots,
        seconds=limits,
        results=shows,
        form=forms,
        repeats=repeats,
        quiz=quizzes,
        secret=flags,
        split=bys,
    ),
    st.builds(
        polls.EditPoll,
        poll=numbers,
        title=texts,
        ballot=ballots,
        seconds=limits,
        results=shows,
        form=forms,
        repeats=repeats,
        quiz=quizzes,
        secret=flags,
        split=bys,
    ),
    st.builds(polls.RemovePoll, poll=numbers),
    st.builds(polls.RestorePoll, poll=numbers),
    st.builds(turns.OpenPoll, poll=numbers, seconds=limits),
    st.builds(turns.ClosePoll, poll=numbers),
    st.builds(turns.ReopenPoll, poll=numbers),
    st.builds(turns.RerunPoll, poll=numbers, seconds=limits),
    st.builds(turns.ExtendPoll, poll=numbers, seconds=limits.filter(bool)),
    st.builds(results.ShowResults, poll=numbers, shown=flags),
    st.builds(results.JudgeAnswer, poll=numbers, text=st.sampled_from(("2", "2.5", "É")), shown=flags),
    st.builds(moderation.Approve, question=questions_),
    st.builds(moderation.Present, question=questions_),
    st.builds(moderation.Answer, question=questions_),
    st.builds(moderation.Dismiss, question=questions_),
    st.builds(moderation.Edit, question=questions_, text=texts),
    st.builds(moderation.Merge, question=questions_, into=questions_),
    st.builds(moderation.Pin, question=questions_, on=flags),
    st.builds(moderation.Undo, question=questions_),
    st.builds(replies.Reply, question=questions_, text=st.one_of(st.none(), texts)),
    st.builds(
        replies.Reply, question=questions_, text=st.just(f"{SECRET} only for you"), private=st.just(True)
    ),
    st.builds(verdicts.ReadVote, poll=numbers),
    st.builds(replies.ReadReply, question=questions_, key=st.sampled_from((*KEYS, ""))),
    st.builds(moderation.Archive, question=questions_),
    st.builds(
        labels.SetLabel, name=texts, colour=st.just("red"), public=flags, label=st.sampled_from((None, 1, 2))
    ),
    st.builds(labels.RemoveLabel, label=st.sampled_from((1, 2))),
    st.builds(labels.LabelQuestion, question=questions_, label=st.sampled_from((1, 2)), on=flags),
    st.builds(
        actions.Assign,
        question=questions_,
        unit=texts,
        due=st.sampled_from((None, "2026-12-01", "2026-02-30")),
        done=st.sampled_from((None, False, True)),
        outcome=st.one_of(st.none(), texts),
    ),
    st.builds(actions.Unassign, question=questions_),
    st.builds(actions.Settle, question=questions_, done=flags, outcome=st.one_of(st.none(), texts)),
    st.builds(holding.Hold, question=questions_, on=flags),
    st.builds(
        moderation.SetQuestions,
        mode=st.sampled_from(("moderated", "open")),
        anonymous=st.sampled_from((True, True, False)),
        named=st.sampled_from((True, True, False)),
    ),
    st.builds(notices.Notify, text=texts),
    st.builds(notices.Notify, text=texts, unit=st.just("Depot")),
    st.builds(notices.ClearNotice),
    st.builds(notices.ClearNotice, unit=st.just("Depot")),
    st.builds(reactions.React, sign=st.sampled_from(reactions.SIGNS)),
    paces,
    st.builds(reactions.SetReactions, signs=flags, pace=flags, on_screen=flags),
    st.builds(calibration.Clap, clapped_at=moments, seen_at=moments, frame_at=st.one_of(st.none(), moments)),
    st.builds(calibration.Nudge, by_ms=st.sampled_from((-100, 100))),
    st.builds(calibration.CalibrateByItself),
    st.builds(video.ShowMark, on=flags),
)

connections = st.sampled_from(("c1", "c2", "c3", "c4"))
watches = st.builds(
    viewers.Watch,
    connection=connections,
    rung=st.sampled_from(viewers.RUNGS),
    behind_ms=st.sampled_from((0, 3_000, 8_000, 30_000, 90_000)),
)
streams = st.sampled_from((calibration.stream(Video()), "another"))
comings: st.SearchStrategy[attendance.Signal] = st.one_of(
    st.builds(attendance.Arrive, connection=connections, visible=flags),
    st.builds(attendance.Arrive, connection=connections, visible=flags),
    st.builds(attendance.Leave, connection=connections),
    st.builds(attendance.Look, connection=connections, visible=flags),
    st.builds(attendance.Restart, until=st.integers(0, 2**41)),
)
signals: st.SearchStrategy[attendance.Signal | video.Signal] = st.one_of(
    comings,
    st.builds(calibration.Measure, stream=streams, offset_ms=st.integers(-9_000, 9_000), from_pdt=moments),
)


def deck(number: int) -> rundown.AttachDeck:
    """One of three decks of different lengths."""
    names = DECKS[number]
    slides = (
        rundown.Slide(id=name, number=n, width=1600, height=900, text=f"Page {name}")
        for n, name in enumerate(names, 1)
    )
    return rundown.AttachDeck(deck=number + 1, slides=tuple(slides))


decks = st.integers(0, len(DECKS) - 1).map(deck)
