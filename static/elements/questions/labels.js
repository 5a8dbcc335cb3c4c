/**
 * The labels of a question as small coloured chips, on the phone and at the desk. The colour is never alone:
 * the name stands in it. Which labels somebody may see the server decides.
 *
 * @typedef {import("../../protocol.d.ts").LabelsDoc["labels"]} Labels
 * @typedef {NonNullable<Labels>[number]} Label
 * @typedef {import("../../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";

/** @param {import("../../protocol.d.ts").LabelsDoc | undefined} doc @param {Question} question @returns {Label[]} */
export const labelled = (doc, { labels = [] }) => (doc?.labels ?? []).filter(({ id }) => labels.includes(id));

/** @param {Label[]} labels */
export const chips = (labels) =>
  labels.length
    ? html`<p class="label-chips">${labels.map(({ name, colour }) => html`<span class="label-chip label-chip--${colour}">${name}</span>`)}</p>`
    : nothing;
