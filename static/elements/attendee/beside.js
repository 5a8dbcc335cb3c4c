/**
 * All of the attendee's page but the slide: polls with every kind of ballot, questions, the video. A file of its
 * own in the build, loaded by parts.js once the first slide is there, or at once where it is needed.
 */

export { ask } from "./ask.js";
export { moodRow } from "./mood-row.js";
export { cards, polls, pollsNow, scoresNow } from "./polls.js";
export { questions } from "./questions.js";
export { attendeeVideo } from "../video/video.js";
export * as boards from "../stage/boards.js";
export { VideoPane } from "../video/pane.js";
