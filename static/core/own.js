/**
 * What belongs to this person alone and is kept on this device: the secrets and the
 * wording of the own questions, the own votes and upvotes as the server confirmed
 * them, and a question being written. An anonymous question is "mine" only here.
 * Tabs share it: each change reads, changes and writes at once.
 *
 * @typedef {object} OwnQuestion
 * @property {string} key        the secret; proves "mine" when it is withdrawn
 * @property {string | null} id  the question's id, once the server has it
 * @property {string} text
 * @property {boolean} anonymous
 * @property {number} at         this device's clock, ms
 * @property {number} [told]     how many private replies this phone has fetched
 * @property {string | null} [reply]  the last of them
 *
 * @typedef {import("../protocol.d.ts").MyVote} MyVote
 * @typedef {object} Kept
 * @property {Record<string, MyVote>} votes   by poll
 * @property {string[]} upvoted               question ids
 * @property {OwnQuestion[]} questions
 * @property {string} draft
 */

/** @returns {Kept} */
const empty = () => ({ votes: {}, upvoted: [], questions: [], draft: "" });

export class Own {
  /** @type {Kept} */
  kept = empty();
  onChange = () => {};

  #key;
  #storage;

  /**
   * @param {string} key  names broadcast and participant
   * @param {Storage} [storage]
   */
  constructor(key, storage = localStorage) {
    this.#key = key;
    this.#storage = storage;
    this.#read();
    addEventListener("storage", (event) => {
      if (event.key !== key) return;
      this.#read();
      this.onChange();
    });
  }

  /**
   * What the server knows to be mine, from a welcome: newer votes win.
   * @param {import("../protocol.d.ts").You} you
   */
  merge(you) {
    this.#change((kept) => {
      for (const [poll, vote] of Object.entries(you.votes ?? {})) newer(kept, poll, vote);
      kept.upvoted = [...(you.upvoted ?? [])];
      for (const id of you.asked ?? []) {
        if (kept.questions.every((each) => each.id !== id)) {
          kept.questions.push({ key: "", id, text: "", anonymous: false, at: 0 });
        }
      }
    });
  }

  /** @param {number} poll @param {MyVote} vote */
  voted(poll, vote) {
    this.#change((kept) => newer(kept, String(poll), vote));
  }

  /** @param {string} question @param {boolean} on */
  upvoted(question, on) {
    this.#change((kept) => {
      kept.upvoted = kept.upvoted.filter((each) => each !== question);
      if (on) kept.upvoted.push(question);
    });
  }

  /** @param {OwnQuestion} question */
  asking(question) {
    this.#change((kept) => {
      kept.questions.push(question);
      kept.draft = "";
    });
  }

  /** @param {string} key @param {string} id */
  asked(key, id) {
    this.#change((kept) => {
      // A welcome may have told of it before its own answer came: keep the one with the secret.
      kept.questions = kept.questions.filter((each) => each.id !== id || each.key === key);
      const mine = kept.questions.find((each) => each.key === key);
      if (mine) mine.id = id;
    });
  }

  /**
   * The server refused it: the words go back to where they were written.
   * @param {string} key
   */
  refused(key) {
    this.#change((kept) => {
      const mine = kept.questions.find((each) => each.key === key);
      kept.questions = kept.questions.filter((each) => each.key !== key);
      if (mine && !kept.draft) kept.draft = mine.text;
    });
  }

  /** The reply for me alone. @param {string} id @param {number} told @param {string | null} reply */
  replied(id, told, reply) {
    this.#change((kept) => {
      const mine = kept.questions.find((each) => each.id === id);
      if (mine) Object.assign(mine, { told, reply });
    });
  }

  /** @param {string} text */
  draft(text) {
    this.#change((kept) => {
      kept.draft = text;
    });
  }

  /** This person leaves: on a shared device nothing of theirs stays behind. */
  forget() {
    this.kept = empty();
    try {
      this.#storage.removeItem(this.#key);
    } catch {
      // it was never kept
    }
  }

  // Internal ------------------------------------------------------------------

  #read() {
    try {
      this.kept = { ...empty(), ...JSON.parse(this.#storage.getItem(this.#key) ?? "{}") };
    } catch {
      // unreadable or forbidden: what is in memory goes on
    }
  }

  /** @param {(kept: Kept) => void} change */
  #change(change) {
    this.#read();
    change(this.kept);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.kept));
    } catch {
      // no room: it holds until this page is closed
    }
    this.onChange();
  }
}

/**
 * @param {Kept} kept
 * @param {string} poll
 * @param {MyVote} vote
 */
function newer(kept, poll, vote) {
  const known = kept.votes[poll];
  if (!known || vote.round > known.round || (vote.round === known.round && vote.n >= known.n)) {
    kept.votes[poll] = vote;
  }
}
