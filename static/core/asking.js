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
 * A question as this viewer is to see it now.
 * @param {Pick<Page, "cue" | "media">} page @param {string} id @param {QuestionDoc} question
 */
export function questionAt(page, id, question) {
  const { state } = question;
  if (state !== "on_screen" && state !== "answered") return question;
  const over = page.cue()?.overlay;
  if (over?.kind === "question" && over.question === id) return inState(question, "on_screen");
  const early = (question.since ?? 0) > page.media();
  return early || (state === "on_screen" && over?.kind !== "blank") ? inState(question, "live") : question;
}

/** @param {QuestionDoc} question @param {QuestionDoc["state"]} state */
function inState(question, state) {
  if (question.state === state) return question;
  const known = told.get(question) ?? new Map();
  told.set(question, known);
  if (!known.has(state)) known.set(state, { ...question, state });
  return /** @type {QuestionDoc} */ (known.get(state));
}
