// Written by `live protocol` from live/protocol.py and live/domain. Do not edit.

/** What a unit is to do about a question: until when (`2026-12-01`), and what came of it. */
export interface Action {
  unit: string;
  due?: string | null;
  outcome?: string | null;
  done?: boolean;
}

/** Make a poll; `done.made` gives its key. */
export interface AddPoll {
  do: "add_poll";
  seconds?: number | null;
  results?: "close" | "hand" | "live";
  form?: string;
  repeats?: number | null;
  quiz?: Quiz | null;
  secret?: boolean;
  split?: "kind" | "site" | "unit" | null;
  title: string;
  ballot: Single | Multiple | Rating | Ranking | Numeric | Cloud | Wall | Spotting;
}

/** Mark a question as answered. */
export interface Answer {
  do: "answer";
  question: string;
}

/** `answers/<poll>/<page>`: what was said, the oldest first; the screen's once the result is shown. */
export interface AnswersDoc {
  round: number;
  said?: Said[];
}

/** Let everyone see a question; also brings back a dismissed or answered one. */
export interface Approve {
  do: "approve";
  question: string;
}

/** Put a question away without a word on it: neither answered nor turned down, out of everyone's sight. */
export interface Archive {
  do: "archive";
  question: string;
}

/** Ask. `key` is a 128-bit secret that the phone makes and keeps; `done.made` gives the question's key. */
export interface Ask {
  do: "ask";
  key: string;
  text: string;
  anonymous: boolean;
}

/** Give a question to a unit, with the day by which it is to be seen to (`2026-12-01`). */
export interface Assign {
  do: "assign";
  question: string;
  unit: string;
  due?: string | null;
  done?: boolean | null;
  outcome?: string | null;
}

/** Answer to a pulse: its `t`, the server's clock in ms, and the head of the log. */
export interface Beat {
  type: "pulse";
  t: number;
  now: number;
  seq: number;
}

/** Make the stage blank, or bring back what was there. */
export interface Blank {
  do: "blank";
  on: boolean;
}

/** Nothing is to be seen; what was there comes back. */
export interface BlankOverlay {
  kind: "blank";
}

export interface BreakItem {
  kind: "break";
  id: string;
  text: string;
  minutes: number;
}

export interface BreakOverlay {
  kind: "break";
  text: string;
  minutes: number;
}

/** `broadcast`: times in ms; `slides`: pages of the deck; `replay`: one may watch it again. */
export interface BroadcastDoc {
  title: string;
  lecturer: string;
  phase: "ended" | "live" | "planned";
  question_mode: "moderated" | "open";
  anonymous: boolean;
  named?: boolean;
  cooldown_s?: number;
  planned_at?: number | null;
  due_at?: number | null;
  started_at?: number | null;
  ended_at?: number | null;
  languages?: string[];
  sites?: Site[];
  units?: string[];
  code?: string | null;
  join_url?: string | null;
  slides?: number;
  replay?: boolean;
}

/** The server is about to close the socket. All codes but `revoked`: come again after `retry_ms`. */
export interface Bye {
  type: "bye";
  code: "replaced" | "restart" | "revoked" | "slow";
  retry_ms?: number | null;
}

/** Forget claps and nudges: go by the stream's clock, and by what the watch measures of it. */
export interface CalibrateByItself {
  do: "calibrate_by_itself";
}

/** A clap in the hall at `clapped_at` was seen on a monitor of the stream at `seen_at` (server ms). */
export interface Clap {
  do: "clap";
  clapped_at: number;
  seen_at: number;
  frame_at?: number | null;
}

/** Take away the notice that went there: to everyone, to a site or to a unit. */
export interface ClearNotice {
  do: "clear_notice";
  site?: string | null;
  unit?: string | null;
}

/** Take whatever lies over the slide off the stage. */
export interface ClearOverlay {
  do: "clear_overlay";
}

export interface ClosePoll {
  do: "close_poll";
  poll: number;
}

/** Write up to `max` words or short phrases. `said`: the most frequent ones. */
export interface Cloud {
  kind: "cloud";
  max?: number;
}

/** `cue/<n>`: the whole stage from `at` (ms) until the next cue. */
export interface CueDoc {
  at: number;
  item?: string | null;
  slide?: string | null;
  overlay?: ScoresOverlay | BlankOverlay | PollOverlay | QuestionOverlay | NoticeOverlay | BreakOverlay | null;
}

export interface Dismiss {
  do: "dismiss";
  question: string;
}

/** The command is in the log and on disk. `made` is the key of the doc it brought into being. */
export interface Done {
  type: "done";
  id: string;
  made?: string | null;
  reply?: string | null;
  vote?: MyVote | null;
}

/** `driver`, for the desk: participants. */
export interface DriverDoc {
  driver?: string | null;
  requests?: string[];
}

/** Change the wording; the original is kept for the desk and the record. */
export interface Edit {
  do: "edit";
  question: string;
  text: string;
  was?: string | null;
}

/** Change a draft. */
export interface EditPoll {
  do: "edit_poll";
  seconds?: number | null;
  results?: "close" | "hand" | "live";
  form?: string;
  repeats?: number | null;
  quiz?: Quiz | null;
  secret?: boolean;
  split?: "kind" | "site" | "unit" | null;
  poll: number;
  title: string;
  ballot: Single | Multiple | Rating | Ranking | Numeric | Cloud | Wall | Spotting;
}

/** End the broadcast. Open polls close by it; `start` within a minute opens them again. */
export interface End {
  do: "end";
}

/** Leave the round open for so much longer; without a limit so far, it closes after that. */
export interface ExtendPoll {
  do: "extend_poll";
  poll: number;
  seconds: number;
}

/** A round that has been run again, with its result. */
export interface FormerRound {
  counts?: number[];
  said?: Said[];
  median?: string | null;
  round: number;
  votes: number;
}

/** What has become of the answers since poll `earlier`. */
export interface Gain {
  earlier: number;
  votes: number;
  both: number;
  changed: number;
  counts?: number[];
  said?: Said[];
  median?: string | null;
  right_before?: number | null;
  right_after?: number | null;
}

/** Bring an item of the rundown on stage. */
export interface Goto {
  do: "goto";
  item: string;
}

/** The result of those who are counted together. `name`: a unit, a site, a kind of site; empty: of none. */
export interface Group {
  votes: number;
  name?: string;
  counts?: number[];
  median?: string | null;
  rest?: number;
}

/** Hand over to a participant of the desk who is connected. */
export interface HandDrive {
  do: "hand_drive";
  to: string;
}

/** First frame of a page. With `since` and `epoch` it gets what it missed, else everything. */
export interface Hello {
  type: "hello";
  since?: number | null;
  epoch?: string | null;
  visible?: boolean;
}

/** Be at a question, or let it go. It passes: `done` says that the others see it, and no log has it. */
export interface Hold {
  do: "hold";
  question: string;
  on: boolean;
}

/** Let what voters wrote be seen by everyone, or take it away: a word of a cloud, a text of a wall. */
export interface JudgeAnswer {
  do: "judge_answer";
  poll: number;
  text: string;
  shown: boolean;
}

/** What the desk sorts questions by; `public`: everyone sees it. */
export interface Label {
  id: number;
  name: string;
  colour: "blue" | "green" | "grey" | "orange" | "purple" | "red";
  public?: boolean;
}

/** Put a label on a question, or take it off. */
export interface LabelQuestion {
  do: "label_question";
  question: string;
  label: number;
  on: boolean;
}

/** `labels`: those that there are, in the order of their making; the private ones at the desk alone. */
export interface LabelsDoc {
  labels?: Label[];
}

/** Unite a question with another that asks the same; `into` stays, with the votes of both. */
export interface Merge {
  do: "merge";
  question: string;
  into: string;
}

/** Choose at least `min` and up to `max` options. */
export interface Multiple {
  kind: "multiple";
  options: string[];
  max: number;
  min?: number;
}

/** A participant's own vote in a round; once the result of a quiz question is shown, with its points. */
export interface MyVote {
  round: number;
  n: number;
  choice: (number | string)[];
  verdict?: "partly" | "right" | "wrong" | null;
  points?: number | null;
}

/** `notice` to everyone, `notice/site` and `notice/unit` to those there: shown since `at` (ms). */
export interface NoticeDoc {
  text: string;
  at: number;
}

export interface NoticeItem {
  kind: "notice";
  id: string;
  text: string;
}

export interface NoticeOverlay {
  kind: "notice";
  text: string;
}

/** `notices`, for the desk: the newest last. */
export interface NoticesDoc {
  shown?: Shown[];
}

/** Show a notice to everyone, to one site or to one unit, in place of the one before that went there. */
export interface Notify {
  do: "notify";
  text: string;
  site?: string | null;
  unit?: string | null;
}

/** What viewers see is from `by_ms` later than thought; below zero: earlier. */
export interface Nudge {
  do: "nudge";
  by_ms: number;
}

/** Give a number from `min` to `max` with up to `decimals` places, in `unit`. */
export interface Numeric {
  kind: "numeric";
  min: number;
  max: number;
  unit?: string;
  decimals?: number;
}

/** Open a draft for its first round; it goes on stage. `seconds`: not as drafted; 0: without a limit. */
export interface OpenPoll {
  do: "open_poll";
  poll: number;
  seconds?: number | null;
}

/** Whole docs that changed after `from` up to `seq`; null: gone. `from` must be ≤ the page's own seq. */
export interface Patch {
  type: "patch";
  from: number;
  seq: number;
  at: number;
  docs: Record<string, any>;
}

/** `person/<participant>`, for the desk: `since` is when this presence began (ms). */
export interface PersonDoc {
  name: string;
  role: "attendee" | "lecturer" | "moderator" | "organiser" | "screen";
  unit?: string;
  site?: string;
  here?: boolean;
  visible?: boolean;
  since?: number | null;
}

/** Keep a question above the others, on every page. */
export interface Pin {
  do: "pin";
  question: string;
  on: boolean;
}

/** Put an item into the rundown before another (or at the end); an id that is there moves or changes. */
export interface Place {
  do: "place";
  item: SlideItem | PollItem | NoticeItem | BreakItem;
  before?: string | null;
}

/** `poll/<n>`: times in ms; `removed` only on drafts that were put away. */
export interface PollDoc {
  seconds?: number | null;
  results?: "close" | "hand" | "live";
  form?: string;
  repeats?: number | null;
  quiz?: Quiz | null;
  secret?: boolean;
  split?: "kind" | "site" | "unit" | null;
  title: string;
  ballot: Single | Multiple | Rating | Ranking | Numeric | Cloud | Wall | Spotting;
  state: "closed" | "draft" | "open";
  round: number;
  shown: boolean;
  turns?: PollTurn[];
  opened_at?: number | null;
  closes_at?: number | null;
  closed_at?: number | null;
  until?: number | null;
  promised?: boolean;
  final?: boolean;
  veiled?: string[];
  removed?: boolean;
}

export interface PollItem {
  kind: "poll";
  id: string;
  poll: number;
}

/** `by`: its result by group, where it is shown. `first`: of open text the answer, counted from 0, on */
export interface PollOverlay {
  kind: "poll";
  poll: number;
  by?: "kind" | "site" | "unit" | null;
  first?: number | null;
}

/** From `at` (ms) on a poll stands like this; with `closes_at` it closes by itself. */
export interface PollTurn {
  at: number;
  state: "closed" | "open";
  round: number;
  shown: boolean;
  told?: boolean;
  closes_at?: number | null;
}

/** `presence`: people connected now, and for the desk how many ever were, by site and by unit. */
export interface PresenceDoc {
  here: number;
  joined?: number | null;
  sites?: Record<string, number> | null;
  units?: Record<string, number> | null;
  screens?: number | null;
}

/** Put a question on the screen. */
export interface Present {
  do: "present";
  question: string;
}

/** Clock sync and evidence of attendance: `t` is the page's clock in ms and comes back unchanged. */
export interface Pulse {
  type: "pulse";
  t: number;
  rung?: "calibrated" | "now" | "playlist" | "site";
  media_at?: number | null;
  visible?: boolean;
  playing?: boolean;
}

/** `question/<id>`. Where the wording may not be seen there is the state alone, for the asker's phone. */
export interface QuestionDoc {
  state: "answered" | "archived" | "dismissed" | "live" | "merged" | "on_screen" | "pending" | "withdrawn";
  text?: string | null;
  by?: string | null;
  unit?: string | null;
  votes?: number;
  at?: number | null;
  slide?: string | null;
  edited?: boolean;
  anonymous?: boolean;
  original?: string | null;
  author?: string | null;
  undo?: boolean;
  into?: string | null;
  pinned?: boolean;
  reply?: string | null;
  since?: number | null;
  private_reply?: number;
  labels?: number[];
  listed?: boolean;
  held_by?: string | null;
  action?: Action | null;
}

export interface QuestionOverlay {
  kind: "question";
  question: string;
}

/** `right`: the answer, in the language of the ballot's choices; None where it may not be seen yet. */
export interface Quiz {
  right?: (number | string)[] | null;
  points?: number;
  explanation?: string;
}

/** Put all options in order, the first one first. `counts`: first places, then sums of places. */
export interface Ranking {
  kind: "ranking";
  options: string[];
}

/** Rate from 1 to `steps`; option 0 stands for 1. `low` and `high` label the ends. */
export interface Rating {
  kind: "rating";
  low?: string;
  high?: string;
  steps?: number;
}

/** Show a sign for 20 seconds. It passes: `done` says that it is counted, and no log has it. */
export interface React {
  do: "react";
  sign: "agree" | "applause" | "thanks" | "unclear";
}

/** `reactions`: what is switched on; `shown` and `felt` count people, where it may be seen. */
export interface ReactionsDoc {
  signs?: boolean;
  pace?: boolean;
  on_screen?: boolean;
  shown?: Record<string, number>;
  felt?: Record<string, number>;
}

/** Read the private reply to one's own question: `done.reply`, on this socket alone. `key` is its secret; */
export interface ReadReply {
  do: "read_reply";
  question: string;
  key?: string;
}

/** Read one's own vote in a poll's latest round: `done.vote`, on this socket alone; none: did not vote. */
export interface ReadVote {
  do: "read_vote";
  poll: number;
}

/** Refused; nothing changed. With `retry_ms`: send the same command, same id, again after that. */
export interface Refused {
  type: "rejected";
  id: string | null;
  code: "already_live" | "anonymous_off" | "bad_ballot" | "bad_choice" | "bad_date" | "bad_frame" | "busy" | "empty" | "failed" | "id_reused" | "named_off" | "no_such_action" | "no_such_item" | "no_such_label" | "no_such_place" | "no_such_poll" | "no_such_question" | "no_such_slide" | "not_allowed" | "not_driving" | "not_here" | "not_live" | "not_split" | "not_yours" | "nothing_to_undo" | "other_round" | "out_of_range" | "poll_closed" | "poll_not_draft" | "poll_not_open" | "poll_open" | "question_changed" | "question_closed" | "question_merged" | "questions_off" | "reactions_off" | "read_only" | "round_over" | "rundown_full" | "same_question" | "somebody_drives" | "too_fast" | "too_few_choices" | "too_large" | "too_long" | "too_many_choices" | "too_many_labels" | "unknown_command" | "voted_already" | "votes_coming";
  retry_ms?: number | null;
}

/** Stop driving. */
export interface ReleaseDrive {
  do: "release_drive";
}

/** Take a label away, from its questions too. */
export interface RemoveLabel {
  do: "remove_label";
  label: number;
}

/** Put a draft away; `restore_poll` brings it back. */
export interface RemovePoll {
  do: "remove_poll";
  poll: number;
}

/** Undo a close: the same round goes on and keeps its votes, now without a time limit. */
export interface ReopenPoll {
  do: "reopen_poll";
  poll: number;
}

/** Answer a question in writing, for everyone who sees it or (`private`) for the asker alone; without a */
export interface Reply {
  do: "reply";
  question: string;
  text?: string | null;
  private?: boolean;
  was?: string | null;
}

/** Ask the driver to hand over. */
export interface RequestDrive {
  do: "request_drive";
}

/** Open a closed poll for a new round; the former rounds are kept. */
export interface RerunPoll {
  do: "rerun_poll";
  poll: number;
  seconds?: number | null;
}

export interface RestorePoll {
  do: "restore_poll";
  poll: number;
}

/** `rundown`, for the desk: the prepared list and the item that is on stage. */
export interface RundownDoc {
  items: (SlideItem | PollItem | NoticeItem | BreakItem)[];
  current?: string | null;
}

/** What voters said, and how many of them. `shown` is false for what the desk alone can see; `waits`: */
export interface Said {
  text: string;
  votes: number;
  shown?: boolean;
  waits?: boolean;
}

/** Of equal points the place is the same. */
export interface Score {
  place: number;
  name: string;
  points: number;
  unit?: string;
}

/** `scores`: the best, the units from five people on, and what `possible` points there were. */
export interface ScoresDoc {
  questions: number;
  possible: number;
  people: number;
  best?: Score[];
  units?: UnitScore[];
}

/** The scoreboard of the quiz. */
export interface ScoresOverlay {
  kind: "scores";
}

/** Make a label, or with its number change it; `done.made` is the key of the labels. */
export interface SetLabel {
  do: "set_label";
  name: string;
  colour: "blue" | "green" | "grey" | "orange" | "purple" | "red";
  public?: boolean;
  label?: number | null;
}

/** Say how the pace is for oneself, for two minutes; null takes it back. It passes, as a sign does. */
export interface SetPace {
  do: "set_pace";
  pace: "clear" | "faster" | "slower" | null;
}

/** Moderated or open; whether questions without and with a name are taken (neither: none at all), and */
export interface SetQuestions {
  do: "set_questions";
  mode: "moderated" | "open";
  anonymous: boolean;
  named?: boolean;
  cooldown_s?: number;
}

/** What attendees may show (signs: off at first; the pace: on), and whether the screen shows the signs. */
export interface SetReactions {
  do: "set_reactions";
  signs: boolean;
  pace: boolean;
  on_screen: boolean;
}

/** What came of an action item, and whether it is done. */
export interface Settle {
  do: "settle";
  question: string;
  done: boolean;
  outcome?: string | null;
}

/** Show or hide the running two-digit mark on the hall's screen. */
export interface ShowMark {
  do: "show_mark";
  on: boolean;
}

/** Show a poll over the slide; `by`: its result by group. `first`: of open text the page with this answer, */
export interface ShowPoll {
  do: "show_poll";
  poll: number;
  by?: "kind" | "site" | "unit" | null;
  first?: number | null;
}

/** Show or hide the counts to everyone. While late votes are waited for, they are shown after that; of a */
export interface ShowResults {
  do: "show_results";
  poll: number;
  shown: boolean;
}

/** Bring the scoreboard on stage; until then it is the desk's alone. */
export interface ShowScores {
  do: "show_scores";
}

/** A notice as the desk remembers it; `until` (ms) when it was cleared or another took its place. */
export interface Shown {
  text: string;
  at: number;
  site?: string | null;
  unit?: string | null;
  until?: number | null;
}

/** Choose exactly one option. */
export interface Single {
  kind: "single";
  options: string[];
}

/** A place from which people take part. */
export interface Site {
  id: string;
  name: string;
  kind: "remote" | "room" | "shared";
}

/** `slide/<id>`: `src`, `small` (for phones) and `thumb` are file names below the slide folder. */
export interface SlideDoc {
  number: number;
  width: number;
  height: number;
  text: string;
  src: string;
  small: string;
  thumb: string;
}

export interface SlideItem {
  kind: "slide";
  id: string;
  slide: string;
  notes?: string;
}

/** The result by group; a secret poll may have too few votes for any. */
export interface Split {
  by: "kind" | "site" | "unit";
  groups?: Group[];
}

/** `split/<n>`: the round by group, in each way that makes sense; for the desk `split/<n>/<round>`, of a */
export interface SplitDoc {
  round: number;
  splits?: Split[];
  lost?: boolean;
}

/** Tap up to `max` places of a slide: x, y, x, y … `counts`: who found each zone, then the heat map. */
export interface Spotting {
  kind: "spotting";
  slide: string;
  max: number;
  zones?: Zone[];
}

/** Go live; after an end, go on. */
export interface Start {
  do: "start";
}

/** Become the driver. */
export interface TakeDrive {
  do: "take_drive";
}

/** `tally/<n>`: people who voted, and where it may be seen the result: see `Tally`. */
export interface TallyDoc {
  round: number;
  votes: number;
  counts?: number[] | null;
  said?: Said[];
  median?: string | null;
  former?: FormerRound[];
  gain?: Gain | null;
}

/** Known since `at` (server ms): this holds for all frames, or for those from `from_pdt` on (ms). */
export interface Turn {
  at: number;
  cal_ms: number;
  method: "clap" | "nudge" | "watch";
  from_pdt?: number | null;
  by_now?: boolean;
}

/** It is no action item after all. */
export interface Unassign {
  do: "unassign";
  question: string;
}

/** Undo the last thing the desk did with a question. */
export interface Undo {
  do: "undo";
  question: string;
}

/** `average` of its people who answered any question. */
export interface UnitScore {
  unit: string;
  people: number;
  average: number;
}

/** Take an item out of the rundown. */
export interface Unplace {
  do: "unplace";
  item: string;
}

export interface Upvote {
  do: "upvote";
  question: string;
  on: boolean;
}

/** `video`: `delay_ms` is the site's default; `live`: the show goes on, so it is no recording. */
export interface VideoDoc {
  kind: "embed" | "file" | "hls" | "none";
  delay_ms: number;
  live: boolean;
  url?: string;
  embed?: string;
  turns?: Turn[];
  trouble?: "codec" | "elsewhere" | "ended" | "future_dates" | "gaps" | "moved" | "no_cors" | "no_dates" | "no_framing" | "not_a_playlist" | "not_found" | "old_dates" | "private_address" | "refused" | "server_error" | "stalled" | "too_large" | "unreachable" | null;
  mark?: boolean;
}

/** `viewers`, for the desk: pages on each rung, and how far behind those of a stream are. */
export interface ViewersDoc {
  rungs: Record<string, number>;
  median_ms?: number;
  slowest_ms?: number;
}

/** Vote, or change one's vote. `n` rises with each change; `seen_at` is the media time in ms. */
export interface Vote {
  do: "vote";
  poll: number;
  round: number;
  n: number;
  choice: (number | string)[];
  seen_at?: number | null;
}

/** Write a short text. `said`: the newest ones. */
export interface Wall {
  kind: "wall";
  moderated?: boolean;
}

/** `watch`, for the desk: what the server's own look at the stream has found. `offset_ms` and `path_ms` */
export interface WatchDoc {
  trouble?: "codec" | "elsewhere" | "ended" | "future_dates" | "gaps" | "moved" | "no_cors" | "no_dates" | "no_framing" | "not_a_playlist" | "not_found" | "old_dates" | "private_address" | "refused" | "server_error" | "stalled" | "too_large" | "unreachable" | null;
  detail?: string;
  offset_ms?: number | null;
  path_ms?: number | null;
}

/** Every doc of the audience, as of `seq`; `now` is the server's clock in ms. */
export interface Welcome {
  type: "welcome";
  epoch: string;
  seq: number;
  now: number;
  you: You;
  docs: Record<string, any>;
}

/** Take back one's own question, proved by its secret. */
export interface Withdraw {
  do: "withdraw";
  question: string;
  key: string;
}

/** The participant behind this socket, with what only that participant may know. */
export interface You {
  participant: string;
  role: "attendee" | "lecturer" | "moderator" | "organiser" | "screen";
  name?: string;
  unit?: string;
  site?: string;
  votes?: Record<string, MyVote>;
  upvoted?: string[];
  asked?: string[];
}

/** A part of the picture: x, y of two corners of a rectangle, or of all corners of a polygon. */
export interface Zone {
  name: string;
  points: number[];
}

export type Command =
  | Start
  | End
  | Goto
  | Blank
  | ShowPoll
  | ShowScores
  | ClearOverlay
  | TakeDrive
  | RequestDrive
  | HandDrive
  | ReleaseDrive
  | Place
  | Unplace
  | AddPoll
  | EditPoll
  | RemovePoll
  | RestorePoll
  | OpenPoll
  | ClosePoll
  | ReopenPoll
  | RerunPoll
  | ExtendPoll
  | ShowResults
  | JudgeAnswer
  | Vote
  | ReadVote
  | Ask
  | Upvote
  | Withdraw
  | Approve
  | Present
  | Answer
  | Dismiss
  | Archive
  | Edit
  | Merge
  | Pin
  | Undo
  | SetQuestions
  | Reply
  | ReadReply
  | SetLabel
  | RemoveLabel
  | LabelQuestion
  | Assign
  | Unassign
  | Settle
  | Hold
  | Notify
  | ClearNotice
  | React
  | SetPace
  | SetReactions
  | ShowMark
  | Clap
  | Nudge
  | CalibrateByItself;

export type Down =
  | Welcome
  | Patch
  | Done
  | Refused
  | Beat
  | Bye;

export type Doc =
  | BroadcastDoc
  | RundownDoc
  | SlideDoc
  | CueDoc
  | DriverDoc
  | PollDoc
  | TallyDoc
  | SplitDoc
  | AnswersDoc
  | QuestionDoc
  | LabelsDoc
  | ScoresDoc
  | NoticeDoc
  | NoticesDoc
  | ReactionsDoc
  | PresenceDoc
  | VideoDoc
  | WatchDoc
  | ViewersDoc
  | PersonDoc;

export type Code =
  | "bad_frame"
  | "too_large"
  | "unknown_command"
  | "id_reused"
  | "not_allowed"
  | "not_live"
  | "already_live"
  | "not_driving"
  | "somebody_drives"
  | "not_here"
  | "empty"
  | "too_long"
  | "bad_ballot"
  | "no_such_poll"
  | "no_such_question"
  | "no_such_item"
  | "no_such_slide"
  | "no_such_place"
  | "poll_not_draft"
  | "poll_not_open"
  | "poll_closed"
  | "poll_open"
  | "votes_coming"
  | "voted_already"
  | "other_round"
  | "not_split"
  | "round_over"
  | "bad_choice"
  | "too_many_choices"
  | "too_few_choices"
  | "out_of_range"
  | "question_closed"
  | "question_merged"
  | "same_question"
  | "question_changed"
  | "not_yours"
  | "anonymous_off"
  | "named_off"
  | "questions_off"
  | "no_such_label"
  | "too_many_labels"
  | "no_such_action"
  | "bad_date"
  | "reactions_off"
  | "nothing_to_undo"
  | "rundown_full"
  | "too_fast"
  | "busy"
  | "read_only"
  | "failed";

export type Role =
  | "attendee"
  | "screen"
  | "moderator"
  | "lecturer"
  | "organiser";

export type Audience =
  | "attendee"
  | "screen"
  | "desk";
