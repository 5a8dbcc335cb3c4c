"""What the demo's crowd has on its mind: questions a plant would really ask, in Chinese and in English.

Some come twice in other words, some without a name, and a few are rude, so that the queue at the
desk has work to do. `autopilot` knows the rude ones (`RUDE`) and the sloppy ones (`BETTER`) by
their wording. Invented for the demo; nothing else reads this.
"""

from __future__ import annotations

from live.crowd import Thought

NAMED = (
    "叉车倒车行驶的时候，转角镜看不全，能不能再加蓝光灯？",
    "冷库那边地面结霜，限速 5 公里还是会打滑，有没有防滑的办法？",
    "人车分流画了线，可送货的师傅还是抄近路，护栏什么时候装？",
    "新来的实习生没有上岗证，可以在师傅陪同下开叉车吗？",
    "货架转角的反光镜坏了找谁报修？上次报了两周没人来。",
    "动火作业票上的“清理 10 米”，二楼平台根本做不到，怎么办？",
    "收工后守 60 分钟，这一个小时算加班吗？",
    "外包队伍的焊工，由谁来看火？甲方还是乙方？",
    "四合一测氧仪多久校验一次？我们班组那台显示一直是 20.9。",
    "罐里通风要通多长时间才能再测？测几个点？",
    "救援三脚架只有一套，两个罐同时检修怎么安排？",
    "宿舍楼下的充电棚只有 20 个位置，不够用，能扩建吗？",
    "电动自行车的电池拿回宿舍充，门卫管不管？",
    "电池冒烟了，用干粉灭火器有用吗？",
    "充电棚晚上跳闸，第二天上班没电怎么办？",
    "夜班下班骑车回家，公司能不能加开一趟 6 点半的班车？",
    "班车后排有两条安全带扣不上，报过司机了，谁来修？",
    "站着乘班车算不算违规？早高峰经常没座位。",
    "大货车右转的盲区雷达，我们车队哪年能装完？",
    "连续开 2 小时要停 20 分钟，可是送货时间卡得很紧，晚到扣钱怎么办？",
    "湿路 52 米是按新轮胎算的吗？磨损的轮胎要加多少？",
    "雨天高速上，跟车距离到底留多少米？",
    "雷暴的时候，室外巡检要不要停？谁说了算？",
    "台风橙色预警，夜班已经在厂里的人怎么回家？",
    "报“差一点”真的不追责吗？去年小李报了，被班长批评了。",
    "未遂事件报了以后，在哪里能看到处理结果？",
    "高温天罐内作业，一次最多待多久？",
    "检修时上锁挂牌，钥匙丢了怎么解锁？",
    "Is the corner speed limit of 5 km/h set in the truck, or do we rely on the driver?",
    "Who signs the hot-work permit when the shift leader is away?",
    "Can the 60-minute fire watch be done by camera?",
    "How do I report a near miss if I do not read Chinese well?",
    "Does the belt rule on the coach also hold for the ten minutes inside the plant?",
    "For contractors: is one gas test in the morning enough for the whole day?",
)

# Near-duplicates: the same wish in other words.
AGAIN = (
    "叉车能不能装那种蓝色的警示灯？转角看不见来车。",
    "收工以后看火一小时有没有加班费？",
    "夜班班车能不能早一点发车，6 点半左右？",
    "小区充电棚车位太少，抢不到，怎么解决？",
    "Could we get the blue warning lights on all forklifts?",
    "报未遂会不会影响班组评优？",
)

NAMELESS = (
    "领导来检查的时候才停工，平时赶产量没人管，这种情况向谁反映？",
    "班长让我们没测气就先下去看一眼，我可以拒绝吗？会扣绩效吗？",
    "有司机早上还有酒味就出车，怎么举报才不会被知道？",
    "The permit is often signed before anybody has looked at the place. Who checks that?",
    "我上个月差点被吊物砸到，没敢说，现在还能报吗？",
    "安全帽发的是过期的，能换吗？",
)

RUDE = frozenset(
    {
        "讲这么久，什么时候吃饭？？？",
        "都是套话，浪费时间！",
        "三车间的人都是笨蛋，天天闯祸",
        "hahaha who cares",
        "主任开车最烂，还好意思讲别人",
    }
)

# Typed in a hurry: the desk mends the wording, and the original is kept.
BETTER = {
    "那个啥 护栏门老关不上  有人修没": "护栏门关不上，谁来修？",
    "can u put slides on intranet pls": "Will the slides be on the intranet?",
}

THOUGHTS: tuple[Thought, ...] = (
    *(Thought(text, anonymous=False) for text in (*NAMED, *AGAIN, *BETTER)),
    *(Thought(text, anonymous=True) for text in (*NAMELESS, *sorted(RUDE))),
)
