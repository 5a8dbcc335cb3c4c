/**
 * Questions by the viewer's own clock. The desk's word that a question is on screen comes
 * before the hall of a delayed video gets there; a page shows it so when its own stage does,
 * and as answered when that moment has come for it too. It decides nothing.
 *
 * @typedef {import("./page.js").Page} Page
 * @typedef {import("../protocol.d.ts").QuestionDoc} QuestionDoc
 */

/** The same doc for the same state, so that a row is drawn once. @type {WeakMap<QuestionDoc, Map<string, QuestionDoc>>} */
const told = new WeakMap();

/**
 * How this viewer is to see questions now. The stage and the clock are read once for all of them.
 * @param {Pick<Page, "cue" | "media">} page
 * @returns {(id: string, question: QuestionDoc) => QuestionDoc}
 */
export function asSeen(page) {
  /** @type {{over: import("../protocol.d.ts").CueDoc["overlay"] | undefined, media: number} | undefined} */
  let now;
  return (id, question) => {
    const { state } = question;
    if (state !== "on_screen" && state !== "answered") return question;
    now ??= { over: page.cue()?.overlay, media: page.media() };
    const { over, media } = now;
    if (over?.kind === "question" && over.question === id) return inState(question, "on_screen");
    const early = (question.since ?? 0) > media;
    return early || (state === "on_screen" && over?.kind !== "blank") ? inState(question, "live") : question;
  };
}

/** One question as this viewer is to see it now. @param {Pick<Page, "cue" | "media">} page @param {string} id @param {QuestionDoc} question */
export const questionAt = (page, id, question) => asSeen(page)(id, question);

/** @param {QuestionDoc} question @param {QuestionDoc["state"]} state */
function inState(question, state) {
  if (question.state === state) return question;
  const known = told.get(question) ?? new Map();
  told.set(question, known);
  if (!known.has(state)) known.set(state, { ...question, state });
  return /** @type {QuestionDoc} */ (known.get(state));
}
