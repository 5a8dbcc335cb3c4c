/**
 * The desk after the end: what came of the broadcast, and what one does then: the record, the replay, the
 * questions that are still open, the same once more, or going on. It stands where the stage was, since nobody
 * sees a stage any more. Drawn by desk/driving/stage.js.
 *
 * @typedef {import("./self.js").Desk} Desk
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { waitingFor } from "../../core/polling.js";
import { duration, timeOfDay } from "../../core/text.js";

const MISTAKE_MS = 60_000; // as in live/domain/consequences.py

/** @param {Desk} desk */
export function after(desk) {
  const { page, broadcast } = desk;
  const { role } = page.store.you ?? {};
  const { started_at: started, ended_at: ended } = broadcast ?? {};
  return html`<section class="after" aria-labelledby="after">
    <header class="after__head">
      <h2 id="after">${_("Ended at {time}", { time: timeOfDay(ended ?? 0) })}</h2>
      <p class="soft number">${[ended && started ? duration(ended - started) : "", ...cameOfIt(desk)].filter(Boolean).join(" · ")}</p>
      ${underWay(desk)}
    </header>
    <ul class="after__steps" role="list">
      ${role === "organiser" ? record(page.slug) : nothing} ${replay(desk)} ${open(desk)}
      ${role === "organiser" ? again(page.slug) : nothing} ${desk.mayStart ? goOn(desk) : nothing}
    </ul>
    ${role === "organiser" ? nothing : html`<p class="soft">${_("The organiser has the record: who was there, results and questions.")}</p>`}
  </section>`;
}

/** People, polls, questions. @param {Desk} desk */
function cameOfIt({ page: { store }, polling }) {
  const people = store.family("person").filter(([, { role }]) => role === "attendee").length;
  const polls = polling.rows().closed.length;
  const questions = store.family("question").length;
  return [
    people ? ngettext("{n} person came", "{n} people came", people) : "",
    polls ? ngettext("{n} poll", "{n} polls", polls) : "",
    questions ? ngettext("{n} question", "{n} questions", questions) : "",
  ];
}

/** Who sees the hall later is still in it. @param {Desk} desk */
function underWay({ page, polling }) {
  const ms = Math.max(0, ...polling.rows().closed.map(([, poll]) => waitingFor(page, poll)));
  if (!ms) return nothing;
  const n = Math.ceil(ms / 1_000);
  return html`<p><span class="pill pill--now" role="timer">${_("Remote viewers still vote for {n} s", { n })}</span></p>`;
}

/** @param {string} slug */
const record = (slug) =>
  step(
    html`<a class="button button--primary" href="/broadcasts/${slug}/record">${icons.task()}<span>${_("Open the record")}</span></a>`,
    _("Who was there and who is missing, results and questions, on one page to be printed and signed."),
  );

/** @param {Desk} desk */
function replay({ broadcast, page }) {
  const organiser = page.store.you?.role === "organiser";
  const shut = organiser
    ? html`${_("Only the desk sees it so far.")} <a href="/broadcasts/${page.slug}#recording">${_("Switch it on for those who missed it")}</a>`
    : _("The desk sees it now; others, when the organiser has switched it on.");
  return step(
    html`<a class="button" href="replay">${icons.play()}<span>${_("Open the replay")}</span></a>`,
    broadcast?.replay ? _("Those who missed it can watch it.") : shut,
  );
}

/** What was asked and not worked yet. @param {Desk} desk */
function open(desk) {
  const { pending, live } = desk.queue.rows();
  const n = pending.length + live.length;
  if (!n) return nothing;
  return step(
    html`<button type="button" class="button" data-do="questions" @click=${() => desk.set({ tab: "questions", menu: false })}>
      ${icons.question()}<span>${_("Open questions")}</span>
    </button>`,
    ngettext(
      "{n} question has no answer yet: reply in writing, or hand it on as a task.",
      "{n} questions have no answer yet: reply in writing, or hand them on as tasks.",
      n,
    ),
  );
}

/** @param {string} slug */
const again = (slug) =>
  step(
    html`<a class="button" href="/broadcasts/${slug}/again">${icons.plus()}<span>${_("Hold it again")}</span></a>`,
    _("For another unit or next month: deck, rundown and polls are there, code and links are new."),
  );

/** @param {Desk} desk */
function goOn(desk) {
  const soon = desk.page.now() - (desk.broadcast?.ended_at ?? 0) < MISTAKE_MS;
  return step(
    html`<button type="button" class="button" data-do="start" @click=${() => desk.start()}>
      ${icons.undo()}<span>${_("Go on")}</span>
    </button>`,
    soon
      ? _("Ended by mistake? Within a minute the polls that were open are open again.")
      : _("It goes on where it was; polls stay closed until you reopen them."),
  );
}

/** @param {unknown} act @param {unknown} why */
const step = (act, why) => html`<li class="after__step">${act}<p class="soft">${why}</p></li>`;
