// Which doc stands under which key: the shapes are generated (protocol.d.ts), the
// keys are these. Used by store.js and through it by every view.

import type * as P from "../protocol.d.ts";

/** Docs that come in numbers: `poll/3`, `slide/<id>` … */
export interface Families {
  slide: P.SlideDoc;
  cue: P.CueDoc;
  poll: P.PollDoc;
  tally: P.TallyDoc;
  question: P.QuestionDoc;
  person: P.PersonDoc;
}

/** A correction of the stream's clock: from `at` on it is known, for frames dated from `from_pdt` on. */
export interface VideoTurn {
  at: number;
  cal_ms: number;
  method?: string;
  from_pdt?: number | null;
}

/** Where the video of the broadcast is, and how its clock is to be read. */
export interface VideoDoc {
  kind: "hls" | "file" | "embed" | "none";
  url?: string | null;
  embed?: string | null;
  /** How far behind the hall this way usually is, ms. */
  delay_ms?: number | null;
  /** Of a file: when its first frame was taken, ms. */
  starts_at?: number | null;
  turns?: VideoTurn[];
  live?: boolean;
  trouble?: string | null;
}

/** Docs there is one of. */
interface Singles {
  broadcast: P.BroadcastDoc;
  rundown: P.RundownDoc;
  driver: P.DriverDoc;
  notice: P.NoticeDoc;
  reactions: P.ReactionsDoc;
  presence: P.PresenceDoc;
  video: P.VideoDoc;
  viewers: P.ViewersDoc;
  video: VideoDoc;
}

export type Docs = Singles & { [F in keyof Families as `${F}/${string}`]: Families[F] };
export type Key = keyof Docs & string;
export type Ballot = P.PollDoc["ballot"];
export type Overlay = NonNullable<P.CueDoc["overlay"]>;
