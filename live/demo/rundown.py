"""What the demo's lecturer prepared: polls, a notice and a break, each behind a page, and speaker notes.

`prepare` puts it into the rundown by commands, `autopilot` goes through it. Plain values: nothing
here knows a server. Titles have the Chinese line first; `lean` is how the demo's crowd tends to
vote, as its kind of ballot takes it, so that results look like those of people and not like noise.
"""

from __future__ import annotations

from dataclasses import dataclass

from live.domain.ballots import Ballot, Cloud, Multiple, Numeric, Rating, Single, Spotting, Zone
from live.domain.quiz import Quiz
from live.domain.rounds import Rules

TITLE = "绿色低碳 安全发展 / Green and Low-Carbon Safe Development"
LECTURER = "周卫东 Zhou Weidong"
PAGES = 20
OPEN_ENDED = Rules()  # as most polls are: somebody closes it and shows the result


@dataclass(frozen=True)
class PlannedPoll:
    """A poll that comes after a page of the deck; perhaps `about` the picture on one."""

    after: int
    title: str
    ballot: Ballot
    lean: tuple[float | str, ...]
    about: int | None = None
    rules: Rules = OPEN_ENDED


@dataclass(frozen=True)
class PlannedNotice:
    after: int
    text: str


@dataclass(frozen=True)
class PlannedBreak:
    after: int
    text: str
    minutes: int


Planned = PlannedPoll | PlannedNotice | PlannedBreak

# Where they are in the picture of page 10, in ten-thousandths of its sides.
HAZARDS = (
    Zone(name="出口处充电 / charging at the exit", points=(708, 5556, 2344, 8704)),
    Zone(name="灭火器被挡 / extinguisher blocked", points=(2417, 5278, 3594, 8426)),
    Zone(name="梯子无人扶 / ladder nobody holds", points=(3542, 3426, 5313, 8796)),
    Zone(name="货叉下站人 / person under raised forks", points=(6281, 5000, 7000, 8241)),
    Zone(name="气瓶挨火花 / cylinder next to sparks", points=(7240, 5741, 9427, 8241)),
    Zone(name="插排泡水 / socket strip in a puddle", points=(6927, 8296, 8594, 8889)),
)

IN_THE_TANK = Single(
    options=(
        "马上下去救人 / go in and get him out",
        "喊人、报警，守住人孔口 / call, and guard the manhole",
        "跑去找防毒面具 / run for a gas mask",
        "往罐里吹氧气 / blow oxygen into the tank",
    )
)
NOT_INTO_THE_TANK = Quiz(
    right=(1,),
    explanation="盲目施救让一个人的事故变成三个人的。守住人孔口，等带装备的人来。\n"
    "Blind rescue makes three victims of one. Guard the manhole until those with equipment come.",
)
TANK = 4  # the number of the poll that is asked again at the end

PLAN: tuple[Planned, ...] = (
    PlannedPoll(
        after=1,
        title="今天来上班的路，你觉得有多安全？\nHow safe was your way to work today?",
        ballot=Rating(low="提心吊胆 / scary", high="很安心 / very safe"),
        lean=(1, 3, 8, 10, 4),
    ),
    PlannedNotice(
        after=2,
        text="问题随时可以写，可以匿名；别人写过的，点“我也想知道”。\n"
        "Ask at any time, with or without your name; give your vote to what others have asked.",
    ),
    PlannedPoll(
        after=3,
        title="过去一年，你遇到过“差一点”的事吗？报了吗？\nA near miss in the past year: did you report it?",
        ballot=Single(
            options=(
                "遇到过，报了 / yes, and reported it",
                "遇到过，没报 / yes, not reported",
                "没有遇到 / none",
                "不方便说 / I would rather not say",
            )
        ),
        lean=(3, 9, 4, 2),
    ),
    PlannedPoll(
        after=4,
        title="货物挡住了前方视线，叉车该怎么走？\nThe load blocks the view ahead: how do you drive?",
        ballot=Single(
            options=(
                "慢慢往前开 / slowly forwards",
                "倒车行驶 / in reverse",
                "一路鸣笛往前 / forwards, horn on",
                "请人站在货叉上看路 / somebody on the forks looks out",
            )
        ),
        lean=(4, 11, 3, 0.4),
        rules=Rules(
            seconds=30,
            quiz=Quiz(
                right=(1,),
                explanation="看不见前方就倒车走：人坐在能看见的一边。货叉上永远不站人。\n"
                "If you cannot see ahead, reverse, facing the way you go. Nobody ever stands on forks.",
            ),
        ),
    ),
    PlannedPoll(
        after=6,
        title="工友在罐里倒下了，你的第一步是什么？\nA workmate lies in the tank: what do you do first?",
        ballot=IN_THE_TANK,
        lean=(5, 9, 3, 1),
    ),
    PlannedPoll(
        after=10,
        title="哪三处要马上停？在图上点出来\nWhich three must stop at once? Tap them",
        ballot=Spotting(slide="", max=3, zones=HAZARDS),
        lean=(6640, 6800, 8300, 7000, 4200, 6000, 7700, 8600, 1500, 7200, 3000, 6800, 5000, 2000),
        about=10,
    ),
    PlannedBreak(after=11, text="喝口水，走一走\nDrink something, walk a little", minutes=5),
    PlannedPoll(
        after=11,
        title="湿路 60 km/h，从看见危险到停住要多少米？\nWet road, 60 km/h: how far until you stand?",
        ballot=Numeric(min=5, max=200, unit="m"),
        lean=(41, 11),
        rules=Rules(
            quiz=Quiz(
                right=("52", "8"),
                explanation="反应 1 秒走 17 米，湿路再滑 35 米。\n"
                "In the second until you brake 17 m, then 35 m on the wet road.",
            )
        ),
    ),
    PlannedPoll(
        after=14,
        title="开车犯困，你通常怎么办？最多选两项\nSleepy at the wheel: what do you do? Up to two",
        ballot=Multiple(
            options=(
                "停车小睡 15 分钟 / stop for a nap",
                "开窗、听音乐 / window, music",
                "喝浓茶、咖啡 / strong tea, coffee",
                "换人开 / somebody else drives",
                "坚持一下就到了 / it is not far now",
            ),
            max=2,
        ),
        lean=(6, 9, 7, 4, 3),
    ),
    PlannedPoll(
        after=17,
        title="再问一次：工友在罐里倒下了，你的第一步？\nOnce more: a workmate lies in the tank. What first?",
        ballot=IN_THE_TANK,
        lean=(1, 16, 2, 0.4),
        rules=Rules(seconds=30, results="close", repeats=TANK, quiz=NOT_INTO_THE_TANK),
    ),
    PlannedPoll(
        after=18,
        title="安全，你最先想到什么？\nSafety: what comes to mind first?",
        ballot=Cloud(max=3),
        lean=(
            "回家",
            "家人",
            "停一下",
            "责任",
            "安全帽",
            "stop work",
            "PPE",
            "习惯",
            "培训",
            "隐患",
            "family",
            "慢一点",
            "互相提醒",
            "near miss",
            "生命",
            "规程",
            "安全带",
            "训练有素",
            "teamwork",
            "别侥幸",
        ),
    ),
    PlannedPoll(
        after=19,
        title="今天的内容，对你的工作有多大用处？\nHow useful is this for your work?",
        ballot=Rating(low="没什么用 / not much", high="马上能用 / at once"),
        lean=(0.5, 1, 5, 11, 9),
    ),
)

NOTES: dict[int, str] = {
    1: "等两分钟，让线上分会场进来。先说一句：今天不考试，只救命。\n"
    "Wait two minutes for the remote sites. Say: no exam today, only lives.",
    2: "三段路各说一句就走。强调案例是改编的，不要对号入座。\n"
    "One sentence for each stretch. The cases are invented: nobody here is meant.",
    3: "先问：谁这个月差一点出事？等五秒。再讲 268。\n"
    "Ask first: who had a close call this month? Wait five seconds. Then the 268.",
    4: "请一位叉车司机说说他最怕的转角。15 m 指着地面比一下。\n"
    "Let a driver name the corner he fears most. Show 15 m on the floor of this room.",
    5: "从右往左讲：最后一步能停，第一步也能停。每一格都有人本可以做点什么。\n"
    "Tell it backwards: at each step somebody could have stopped it.",
    6: "重点是第 4 条：人走了，火才来。问一句：谁守最后 60 分钟？\n"
    "The fourth line matters: the fire came after everyone had left. Who stays the 60 minutes?",
    7: "先公布投票结果，再翻这页。不批评选“下去救”的人：那是善良，所以更要先停一步。\n"
    "Show the poll first. Do not blame those who would go in: it is kindness, and so it kills.",
    8: "放慢。0:40 和 2:10 之间停顿一下，让大家想自己楼道里有什么。\n"
    "Slow down. Pause between 0:40 and 2:10: what stands in your own stairwell?",
    9: "问：我们去年的措施多半在哪一层？让大家指。\n"
    "Ask: at which level were last year's measures? Let them point.",
    10: "计时 60 秒，不说话。之后开投票。\nSixty seconds of silence. Then open the poll.",
    11: "对照投票结果。3、4、5 先停，其余当天整改。\n"
    "Compare with the poll. Stop 3, 4 and 5 now, the rest the same day.",
    12: "先投票再翻页。记住 52 米：比这栋楼还长。\nPoll first. Remember 52 m: longer than this building.",
    13: "请坐在过道边的人站起来当“行人”，用桌子比划内轮差。\n"
    "Let somebody stand in as the walker; show the strip with a table.",
    14: "夜班同事多问一句：几点最难熬？\nAsk the night shift: which hour is the hardest?",
    15: "不放照片。只说数字：6 / 8 和 1 / 31，然后安静三秒。\n"
    "No photographs. Only the figures, 6 of 8 and 1 of 31; then three seconds of silence.",
    16: "当地预警级别以气象台发布为准；公司停运听调度。\n"
    "The weather office's warning counts; dispatch decides about the coaches.",
    17: "算一笔账：40 人坐班车，一年省多少油？\n"
    "Do the sum: forty people on the coach, how much fuel in a year?",
    18: "请大家拍照。清单贴在钥匙柜和车门上。\n"
    "Let them take a picture. The lists go on the key cabinet and the door.",
    19: "请全体起立，一起念四句。\nEveryone stands up and reads the four lines together.",
    20: "先答票数最高的；答不了的，说清谁在几天内答复。\n"
    "Begin with the most wanted. What cannot be answered: say who answers, and by when.",
}
