// Which doc stands under which key: the shapes are generated (protocol.d.ts), the
// keys are these. Used by store.js and through it by every view.

import type * as P from "../protocol.d.ts";

/** Docs that come in numbers: `poll/3`, `slide/<id>` … */
export interface Families {
  slide: P.SlideDoc;
  cue: P.CueDoc;
  poll: P.PollDoc;
  tally: P.TallyDoc;
  split: P.SplitDoc;
  answers: P.AnswersDoc;
  question: P.QuestionDoc;
  person: P.PersonDoc;
}

/** What plays again, in a replay only: where the video is, which of its moments are known, when it was live. */
export interface Recording {
  kind: "none" | "hls" | "file";
  url: string;
  /** Of a playlist with dates: what they are off by. Without parts only. */
  shift_ms: number;
  parts: { media_ms: number; wall_at: number }[];
  spans: { since: number; until: number | null }[];
  /** May attendees watch it, and may this viewer set its clock? */
  published: boolean;
  may_set: boolean;
  /** Is what this viewer plays kept, as make-up? */
  recorded: boolean;
  /** How much of it is, ms. */
  played_ms: number;
}

/** Docs there is one of. */
interface Singles {
  broadcast: P.BroadcastDoc;
  rundown: P.RundownDoc;
  labels: P.LabelsDoc;
  driver: P.DriverDoc;
  notice: P.NoticeDoc;
  "notice/site": P.NoticeDoc;
  "notice/unit": P.NoticeDoc;
  notices: P.NoticesDoc;
  reactions: P.ReactionsDoc;
  scores: P.ScoresDoc;
  presence: P.PresenceDoc;
  video: VideoDoc;
  watch: P.WatchDoc;
  viewers: P.ViewersDoc;
  recording: Recording;
}

/** A recording says when its first frame was taken, too (ms). */
export type VideoDoc = P.VideoDoc & { starts_at?: number | null };
export type Docs = Singles & { [F in keyof Families as `${F}/${string}`]: Families[F] };
export type Key = keyof Docs & string;
export type Ballot = P.PollDoc["ballot"];
export type Overlay = NonNullable<P.CueDoc["overlay"]>;
