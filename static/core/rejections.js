/**
 * What a refused command means, as a sentence for the person who gave it. The codes
 * are those of live/domain/base.py and two of the page's own (offline, outbox_full).
 * A code without a sentence is shown as it is: better than silence.
 */

import { _ } from "./i18n.js";

/** @type {Record<string, () => string>} */
const SENTENCES = {
  already_live: () => _("The broadcast is already running."),
  anonymous_off: () => _("Anonymous questions are not taken in this broadcast. Ask with your name, or not at all."),
  bad_date: () => _("This is no date."),
  bad_ballot: () => _("Something in this poll does not fit together: look at its options and numbers."),
  bad_choice: () => _("This is no answer to what was asked."),
  bad_frame: () => _("The page sent something the server cannot read. Reload the page."),
  busy: () => _("The server is busy. It will be sent again by itself."),
  empty: () => _("There is no text in it."),
  failed: () => _("The server has made a mistake, and this was not taken. Whoever runs it finds the reason in its log."),
  id_reused: () => _("This was sent before with other words. Send it again."),
  named_off: () => _("Only anonymous questions are taken in this broadcast."),
  no_such_action: () => _("This question is no action item."),
  no_such_item: () => _("This is no longer in the rundown."),
  no_such_label: () => _("This label is gone."),
  no_such_place: () => _("This site is not in this broadcast."),
  no_such_poll: () => _("This poll is gone."),
  no_such_question: () => _("This question is gone."),
  no_such_slide: () => _("This slide is gone."),
  not_allowed: () => _("You may not do this here."),
  not_driving: () => _("You are not driving the slides. Take or request the drive first."),
  not_here: () => _("This person is not connected."),
  not_live: () => _("The broadcast is not running now."),
  not_split: () => _("This poll is not counted by that."),
  not_yours: () => _("This question is not yours, or this device has lost the proof."),
  nothing_to_undo: () => _("There is nothing to undo."),
  offline: () => _("Not connected: nothing was sent."),
  other_round: () => _("This round of the poll is over. Look at the new one."),
  out_of_range: () => _("This lies outside of what was asked for."),
  outbox_full: () => _("Too much is waiting to be sent. Wait for the connection."),
  poll_closed: () => _("The poll was closed before this arrived."),
  poll_not_draft: () => _("Only a draft can be changed."),
  poll_not_open: () => _("The poll is not open."),
  poll_open: () => _("The poll is open. Close it first."),
  question_changed: () => _("Somebody else at the desk has changed this meanwhile. Look at it and save again."),
  question_closed: () => _("This question is closed."),
  question_merged: () => _("This question is merged with another. Undo the merge first."),
  questions_off: () => _("No questions are taken at the moment."),
  reactions_off: () => _("The desk has switched this off."),
  read_only: () => _("This was not saved: the server’s disk is full."),
  rundown_full: () => _("The rundown is full."),
  same_question: () => _("A question cannot be merged with itself."),
  round_over: () => _("The result of this secret round is known, so it is over for good. Run it again."),
  somebody_drives: () => _("Somebody else is driving. Request the drive."),
  too_fast: () => _("That was very quick. It will be sent again in a moment."),
  too_few_choices: () => _("These are fewer options than needed."),
  too_large: () => _("This is too long to be sent."),
  too_long: () => _("The text is too long."),
  too_many_labels: () => _("There are as many labels as fit. Take one away first."),
  too_many_choices: () => _("These are more options than allowed."),
  unknown_command: () => _("The server does not know this. Reload the page."),
  voted_already: () => _("You have voted already. A secret vote cannot be changed."),
  votes_coming: () => _("Those who watch with a delay are still voting. Try again in a moment."),
};

/**
 * The sentence for a code, in the page's language.
 * @param {string} code
 */
export function sentence(code) {
  return SENTENCES[code]?.() ?? code;
}
