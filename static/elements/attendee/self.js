/**
 * The attendee's side of things: what is being looked at (tab, a slide further back),
 * what is chosen but not sent, and the few things an attendee can do, each of them a
 * command for the outbox. The attendee elements read it and call it; it draws nothing.
 *
 * @typedef {"slide" | "poll" | "questions"} Tab
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../ballots/options.js").Choice} Choice
 * @typedef {import("../../core/outbox.js").Entry} Entry
 * @typedef {import("../../core/outbox.js").Outcome} Outcome
 * @typedef {Partial<import("../../protocol.d.ts").MyVote> & {choice: Choice, state: "none" | "sending" | "sent"}} OwnVote
 */

import { Drafts } from "../../core/drafts.js";
import { lasting } from "../../core/lasting.js";
import { Own } from "../../core/own.js";
import { randomId } from "../../core/outbox.js";
import { pollsOf } from "../../core/polling.js";
import { touches } from "../../core/store.js";
import { Mood } from "./mood.js";

const TOGETHER_MS = 1_500; // a hall that is shown a result asks within this time, not all at once
const AGAIN_MS = 5_000; // without an answer it is asked again after that
const PAGE = 30; // questions drawn at once: some screens full, and a few ms on a slow phone
const QUESTIONS = new Set(["question/"]);
const POLLS = new Set(["poll/"]);

export class Self {
  /** @type {Tab} */
  tab = "slide";
  /** A slide further back, or null: following the cue. @type {string | null} */
  browsing = null;
  /** Chosen and not sent, by poll and round; also through a reload of this tab, as after a change of language. @type {Map<string, Choice>} */
  choosing;
  /** Why the last attempt failed: code by "vote/3", "ask", "upvote/…", "withdraw/…". @type {Map<string, string>} */
  refusals = new Map();
  /** The question whose "withdraw" was pressed once. @type {string | null} */
  withdrawing = null;
  anonymous = false;
  /** How everybody's questions are sorted. @type {import("../questions/order.js").Order} */
  order = "votes";
  /** How many of them are drawn. */
  shown = PAGE;
  menu = false;
  /** Polls whose form was opened again to change the vote. @type {Set<string>} */
  changing = new Set();

  #page;
  #unsent;
  /** Those that my upvotes count for. */
  #wanted = lasting(
    (/** @type {string[]} */ upvoted, /** @type {number} */ _version) => new Set(upvoted.flatMap((each) => [each, this.#head(each)])),
  );
  /** @type {import("../../protocol.d.ts").You | null} */
  #merged = null;
  /** Question → which of its private replies was asked for last. @type {Map<string, number>} */
  #reading = new Map();
  /** The votes whose verdict was asked for, as poll/round/n. @type {Set<string>} */
  #judging = new Set();

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    const who = page.store.you?.participant ?? "";
    this.own = new Own(`live:own:${page.slug}:${who}`);
    this.#unsent = new Drafts(`live:unsent:${page.slug}:${who}`, sessionStorage);
    this.choosing = new Map(Object.entries(this.#unsent.get("choices") ?? {}));
    this.own.onChange = () => page.redraw();
    this.mood = new Mood(page);
    page.outbox.onSettled = (entry, outcome) => this.#settled(entry, outcome);
  }

  /** Takes over what a fresh welcome says about this person. */
  refresh() {
    const { you } = this.#page.store;
    if (you && you !== this.#merged) {
      this.#merged = you;
      this.own.merge(you);
    }
    if (this.#page.link.state !== "live") return;
    const { news } = this.#page;
    if (touches(news, QUESTIONS)) this.#readReplies();
    if (touches(news, POLLS)) this.#readVerdicts();
  }

  /** Fetches replies that are for me alone: nobody but this phone knows that the question is mine. */
  #readReplies() {
    for (const { id, key, told = 0 } of this.own.kept.questions) {
      const there = (id && this.#page.store.get(`question/${id}`)?.private_reply) || 0;
      if (!id || there <= told || this.#reading.get(id) === there) continue;
      this.#reading.set(id, there);
      void this.#page.outbox.send({ do: "read_reply", question: id, key }, { lasting: false }).then(({ reply, rejected }) => {
        if (rejected === "offline") this.#reading.delete(id);
        else if (!rejected) this.own.replied(id, there, reply ?? null);
      });
    }
  }

  /** Fetches what my answers have earned, when a result of the quiz is shown here: no doc says it. */
  #readVerdicts() {
    for (const [number, poll] of pollsOf(this.#page)) {
      const vote = this.own.kept.votes[number];
      const asked = `${number}/${poll.round}/${vote?.n}`;
      if (!poll.quiz?.right || poll.secret || vote?.round !== poll.round || vote.verdict || this.#judging.has(asked)) continue;
      this.#judging.add(asked);
      setTimeout(() => void this.#readVerdict(Number(number), asked), Math.random() * TOGETHER_MS);
    }
  }

  /** @param {number} poll @param {string} asked */
  async #readVerdict(poll, asked) {
    const { vote } = await this.#page.outbox.send({ do: "read_vote", poll }, { lasting: false });
    if (vote) this.own.voted(poll, vote);
    if (!vote?.verdict) setTimeout(() => this.#judging.delete(asked), AGAIN_MS);
  }

  /**
   * Changes what is looked at or chosen, and draws.
   * @param {Partial<Pick<Self, "tab" | "browsing" | "withdrawing" | "anonymous" | "menu" | "shown">>} change
   */
  set(change) {
    Object.assign(this, change);
    this.#page.redraw();
  }

  /** @param {string} order */
  sort(order) {
    this.order = /** @type {import("../questions/order.js").Order} */ (order);
    this.set({ shown: PAGE });
  }

  /** This person leaves: on a shared device nothing of theirs stays behind. */
  forget() {
    this.own.forget();
    this.#unsent.forget();
  }

  showMore() {
    this.set({ shown: this.shown + PAGE });
  }

  // Polls ---------------------------------------------------------------------

  /**
   * My vote in this round: on its way, confirmed, or neither.
   * @param {number} poll @param {number} round
   * @returns {OwnVote}
   */
  vote(poll, round) {
    const command = this.#page.outbox.pending(`vote/${poll}`)?.command;
    if (command?.do === "vote" && command.round === round) return { choice: command.choice, state: "sending" };
    const vote = this.own.kept.votes[poll];
    return vote?.round === round ? { ...vote, state: "sent" } : { choice: [], state: "none" };
  }

  /** @param {number} poll @param {number} round @param {Choice} choice */
  choose(poll, round, choice) {
    this.choosing.set(`${poll}/${round}`, choice);
    this.#unsent.keep("choices", Object.fromEntries(this.choosing));
    this.refusals.delete(`vote/${poll}`);
    this.#page.redraw();
  }

  /** @param {number} poll @param {number} round @param {Choice} choice */
  castVote(poll, round, choice) {
    const waiting = this.#page.outbox.pending(`vote/${poll}`)?.command;
    const last = Math.max(this.own.kept.votes[poll]?.n ?? 0, waiting?.do === "vote" ? waiting.n : 0);
    const n = Math.max(last + 1, Date.now());
    this.refusals.delete(`vote/${poll}`);
    this.choosing.delete(`${poll}/${round}`);
    this.#unsent.keep("choices", Object.fromEntries(this.choosing));
    this.changing.delete(`${poll}/${round}`);
    const seen_at = Math.round(this.#page.media());
    void this.#page.outbox.send({ do: "vote", poll, round, n, choice, seen_at }, { slot: `vote/${poll}` });
  }

  /** @param {number} poll @param {number} round */
  changeVote(poll, round) {
    this.changing.add(`${poll}/${round}`);
    this.#page.redraw();
  }

  // Questions -----------------------------------------------------------------

  /** @param {string} text */
  ask(text) {
    const key = randomId();
    const anonymous = this.asksAnonymously();
    this.refusals.delete("ask");
    this.own.asking({ key, id: null, text, anonymous, at: Date.now() });
    void this.#page.outbox.send({ do: "ask", key, text, anonymous });
  }

  /** As one chose, where the organiser leaves the choice. */
  asksAnonymously() {
    const broadcast = this.#page.store.get("broadcast");
    return !!broadcast?.anonymous && (this.anonymous || broadcast.named === false);
  }

  /** @param {string} question @param {boolean} on */
  upvote(question, on) {
    this.refusals.delete(`upvote/${question}`);
    void this.#page.outbox.send({ do: "upvote", question, on }, { slot: `upvote/${question}` });
  }

  /**
   * Did I upvote it, or one that was merged into it (an upvote on its way counts)?
   * @param {string} question
   */
  upvoted(question) {
    const command = this.#page.outbox.pending(`upvote/${question}`)?.command;
    return command?.do === "upvote" ? command.on : this.#wanted(this.own.kept.upvoted, this.#page.store.version).has(question);
  }

  /** My upvotes that count for a question. @param {string} question */
  #votes(question) {
    return this.own.kept.upvoted.filter((each) => each === question || this.#head(each) === question);
  }

  /** The question that stands for another since they were merged. @param {string} question @returns {string} */
  #head(question) {
    const into = this.#page.store.get(`question/${question}`)?.into;
    return into ? this.#head(into) : question;
  }

  /** @param {string} question @param {string} key */
  withdraw(question, key) {
    this.withdrawing = null;
    this.refusals.delete(`withdraw/${question}`);
    void this.#page.outbox.send({ do: "withdraw", question, key }, { slot: `withdraw/${question}` });
  }

  // Answers -------------------------------------------------------------------

  /**
   * The server's word on a command, also on one from before a reload.
   * @param {Entry} entry
   * @param {Outcome} outcome
   */
  #settled({ command, slot }, { made, rejected }) {
    if (rejected === "superseded" || command.do === "read_reply" || command.do === "read_vote") return;
    if (rejected) this.refusals.set(slot ?? command.do, rejected);
    const secret = command.do === "vote" && this.#page.store.get(`poll/${command.poll}`)?.secret;
    if (command.do === "vote" && (secret ? !rejected || rejected === "voted_already" : !rejected)) {
      // What a secret vote said is not kept on this device either.
      this.own.voted(command.poll, { round: command.round, n: command.n, choice: secret ? [] : command.choice });
    } else if (command.do === "vote") {
      this.choosing.set(`${command.poll}/${command.round}`, command.choice);
    } else if (command.do === "upvote" && !rejected) {
      if (command.on) this.own.upvoted(command.question, true);
      else for (const each of this.#votes(command.question)) this.own.upvoted(each, false);
    } else if (command.do === "ask" && rejected) {
      this.own.refused(command.key);
    } else if (command.do === "ask" && made) {
      this.own.asked(command.key, made.replace(/^question\//, ""));
    }
    this.#page.redraw();
  }
}
