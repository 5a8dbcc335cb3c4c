"""The socket, over a real one: who gets in, what is answered, and that a bad frame harms nobody."""

from __future__ import annotations

import secrets

import pytest
import websockets

from live.limits import VOTES
from tests.serving import Guest, House

SINGLE: dict[str, object] = {"kind": "single", "options": ["Helmet", "Gloves"]}


async def open_poll(desk: Guest, ballot: dict[str, object] = SINGLE) -> int:
    made = await desk.do("add_poll", title="What do you put on first?", ballot=ballot)
    assert made is not None
    number = int(made.partition("/")[2])
    await desk.do("open_poll", poll=number)
    return number


async def test_a_vote_is_acknowledged_and_everyone_sees_the_count(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "lecturer", "Chen Wei")
    phone = await house.guest(where, unit="Workshop 1")
    screen = await house.guest(where, "screen", "")
    await desk.do("start")
    number = await open_poll(desk)
    await phone.do("vote", poll=number, round=1, n=1, choice=[0], seen_at=house.now)
    assert desk.docs[f"tally/{number}"] == {"round": 1, "votes": 1, "counts": [1, 0]}
    assert screen.docs[f"tally/{number}"] == {"round": 1, "votes": 1}, "not shown yet"
    await desk.do("show_results", poll=number, shown=True)
    assert screen.docs[f"tally/{number}"]["counts"] == [1, 0]


async def test_the_same_command_id_gets_the_same_answer_and_is_done_once(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "moderator")
    name = secrets.token_urlsafe(16)
    poll = {"title": "Which?", "ballot": SINGLE}
    first = await desk.order("add_poll", name, **poll)
    again = await desk.order("add_poll", name, **poll)
    assert first == again == {"type": "done", "id": name, "made": "poll/1"}
    assert "poll/2" not in desk.docs
    other = await desk.order("add_poll", name, **(poll | {"title": "What?"}))
    assert other["code"] == "id_reused"


async def test_a_command_is_still_known_after_a_restart(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "moderator")
    name = secrets.token_urlsafe(16)
    await desk.order("add_poll", name, title="Which?", ballot=SINGLE)
    await desk.leave()
    await house.stop()
    await house.open()
    await desk.come()
    answer = await desk.order("add_poll", name, title="Which?", ballot=SINGLE)
    assert answer == {"type": "done", "id": name, "made": "poll/1"}
    assert "poll/2" not in desk.docs


async def test_a_page_that_comes_back_gets_what_it_missed_and_no_more(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "lecturer")
    phone = await house.guest(where)
    await phone.leave()
    await desk.do("notify", text="We begin in five minutes.")
    await phone.come()
    assert phone.frames[-1]["type"] == "patch"
    assert set(phone.frames[-1]["docs"]) <= {"notice", "presence"}
    await house.agree(where)


async def test_another_epoch_gets_everything(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.leave()
    phone.epoch = "of another life"
    await phone.come()
    assert phone.frames[-1]["type"] == "welcome"


async def test_a_seq_ahead_of_the_log_gets_everything(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.leave()
    phone.seq = 1_000_000
    await phone.come()
    assert phone.frames[-1]["type"] == "welcome"


async def test_a_pulse_is_answered_with_its_own_time_and_the_servers(house: House) -> None:
    phone = await house.guest(await house.broadcast())
    await phone.send({"type": "pulse", "t": 12.5, "visible": True})
    await phone.until(lambda: phone.frames[-1]["type"] == "pulse", "was answered")
    assert phone.frames[-1]["t"] == 12.5
    assert phone.frames[-1]["now"] == house.now


async def test_a_page_that_is_hidden_is_told_to_the_desk(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "moderator")
    phone = await house.guest(where)
    key = f"person/{phone.participant}"
    await desk.until(lambda: desk.docs.get(key, {}).get("visible") is True, "saw the phone")
    await phone.send({"type": "pulse", "t": 1, "visible": False})
    await desk.until(lambda: not desk.docs[key].get("visible"), "saw it hidden")
    assert desk.docs[key]["here"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not json", "bad_frame"),
        ("[]", "bad_frame"),
        ('{"type": "dance"}', "unknown_command"),
        (b"\xff\xfe", "bad_frame"),
        ('{"type": "hello", "since": NaN}', "bad_frame"),
        ("x" * 20_000, "too_large"),
    ],
)
async def test_a_bad_frame_gets_a_code_and_the_socket_lives(
    house: House, frame: str | bytes, code: str
) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.send(frame)
    await phone.until(lambda: phone.frames[-1]["type"] == "rejected", "was refused")
    assert phone.frames[-1]["code"] == code
    await phone.send({"type": "pulse", "t": 1})
    await phone.until(lambda: phone.frames[-1]["type"] == "pulse", "went on")


async def test_a_page_that_sends_only_rubbish_is_cut_off(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    for _ in range(20):
        await phone.send("rubbish")
    await phone.until(lambda: not phone.here, "was cut off")
    assert phone.socket is not None
    assert phone.socket.close_code == 1008


async def test_a_page_of_another_site_is_refused_at_the_handshake(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.leave()
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{house.port}.evil.example"):
        headers = {"Origin": origin, "Authorization": f"Bearer {phone.token}"}
        with pytest.raises(websockets.InvalidStatus) as refused:
            await phone.open(headers)
        assert refused.value.response.status_code == 403


async def test_a_stranger_is_told_that_there_is_no_access(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.leave()
    await phone.open({"Authorization": "Bearer nobody"})
    await phone.until(lambda: not phone.here, "was turned away")
    assert phone.frames[-1] == {"type": "bye", "code": "revoked"}


async def test_an_attendee_cannot_listen_at_the_desk(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.leave()
    phone.audience = "desk"
    await phone.open()
    await phone.until(lambda: not phone.here, "was turned away")
    assert phone.frames[-1]["code"] == "revoked"


async def test_who_is_turned_out_hears_so_at_once(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    (await house.stage(where)).turn_out([phone.participant])
    await phone.until(lambda: not phone.here, "was turned out")
    assert phone.frames[-1] == {"type": "bye", "code": "revoked"}


async def test_who_is_turned_out_before_saying_hello_is_told_so_then(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await phone.leave()
    await phone.open()
    stage = await house.stage(where)
    stage.turn_out([phone.participant])
    await phone.send({"type": "hello"})
    await phone.until(lambda: not phone.here, "was turned out")
    assert phone.frames[-1] == {"type": "bye", "code": "revoked"}
    await phone.come()  # somebody let them in again
    assert phone.here


async def test_too_many_votes_are_sent_back_for_later_and_nothing_is_lost(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "lecturer")
    phone = await house.guest(where)
    await desk.do("start")
    number = await open_poll(desk)
    for n in range(1, VOTES.burst + 1):
        await phone.do("vote", poll=number, round=1, n=n, choice=[n % 2])
    answer = await phone.order("vote", poll=number, round=1, n=99, choice=[1])
    assert answer["code"] == "too_fast"
    house.now += answer["retry_ms"]
    await phone.do("vote", poll=number, round=1, n=99, choice=[1])
    assert desk.docs[f"tally/{number}"]["counts"] == [0, 1]


async def test_a_stop_says_goodbye_and_logs_who_left(house: House) -> None:
    where = await house.broadcast()
    phone = await house.guest(where)
    await house.stop()
    await phone.until(lambda: not phone.here, "heard the goodbye")
    assert phone.frames[-1]["type"] == "bye"
    assert phone.frames[-1]["code"] == "restart"
    await house.open()
    left = await house.database.read(
        lambda db: db.execute("SELECT count(*) FROM event WHERE body LIKE '%\"left\"%'").fetchone()[0]
    )
    assert left == 1


async def test_the_desk_sees_by_which_clock_viewers_follow_and_how_far_behind(house: House) -> None:
    where = await house.broadcast()
    desk = await house.guest(where, "moderator")
    home, office = await house.guest(where), await house.guest(where)

    async def pulse(guest: Guest, rung: str, behind_ms: int, *, playing: bool = True) -> None:
        media_at = house.time() - behind_ms
        await guest.send(
            {"type": "pulse", "t": 1, "rung": rung, "media_at": media_at, "visible": True, "playing": playing}
        )

    async def shows(median_ms: int, slowest_ms: int, **rungs: int) -> None:
        def right() -> bool:
            doc = desk.docs["viewers"]
            near = (abs(doc.get(name, 0) - ms) < 200 for name, ms in want.items())
            return all(doc["rungs"][name] == count for name, count in rungs.items()) and all(near)

        want = {"median_ms": median_ms, "slowest_ms": slowest_ms}
        await desk.until(right, f"saw {rungs} and {want}")
        await house.agree(where)

    await pulse(home, "playlist", 8_000)
    await pulse(office, "site", 12_000)
    await shows(12_000, 12_000, playlist=1, site=1)
    await pulse(home, "playlist", 60_000, playing=False)  # paused: nobody has to wait for that
    await pulse(office, "playlist", 9_000)
    await shows(9_000, 9_000, playlist=2, site=0)
    await office.leave()
    await shows(8_000, 8_000, playlist=1)


async def test_a_phone_in_the_hall_is_no_viewer(house: House) -> None:
    where = await house.broadcast()
    desk, phone = await house.guest(where, "moderator"), await house.guest(where)
    await phone.send({"type": "pulse", "t": 1, "rung": "now", "media_at": 0, "visible": True})
    await phone.until(lambda: phone.frames[-1]["type"] == "pulse", "was answered")
    await desk.do("notify", text="Welcome.")
    assert not any(desk.docs["viewers"]["rungs"].values())
    assert not (await house.stage(where)).ephemeral.viewers.watching
