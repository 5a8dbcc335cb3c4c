/**
 * Icons: small line drawings of our own on a 24-unit grid, as lit-html templates.
 * They take the text's colour and size (.icon in components.css). Always decoration:
 * hidden from screen readers, so the words beside them, or the button's aria-label,
 * carry the meaning.
 */

import { html, svg } from "lit-html";

/** @param {import("lit-html").TemplateResult} drawing */
const icon = (drawing) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`;

export const slide = () => icon(svg`<rect x="3" y="5" width="18" height="12" rx="1" /><path d="M12 17v3M8 21h8" />`);
export const poll = () => icon(svg`<path d="M4 20h16M7 16v-5M12 16V5M17 16v-8" />`);
export const question = () =>
  icon(svg`<path d="M4 5h16v11h-9l-4 4v-4H4z" /><path d="M9.8 9a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .7-1 1.3M12 14.2v.1" />`);
export const up = () => icon(svg`<path d="M12 19V5M6 11l6-6 6 6" />`);
export const down = () => icon(svg`<path d="M12 5v14M6 13l6 6 6-6" />`);
export const search = () => icon(svg`<circle cx="10.5" cy="10.5" r="6" /><path d="M15 15l5 5" />`);
export const left = () => icon(svg`<path d="M15 5l-7 7 7 7" />`);
export const right = () => icon(svg`<path d="M9 5l7 7-7 7" />`);
export const check = () => icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`);
export const cross = () => icon(svg`<path d="M6 6l12 12M18 6L6 18" />`);
export const plus = () => icon(svg`<path d="M12 5v14M5 12h14" />`);
export const minus = () => icon(svg`<path d="M5 12h14" />`);
export const clock = () => icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`);
export const send = () => icon(svg`<path d="M4 12l16-7-5 15-3.5-6.5z" /><path d="M11.5 13.5L20 5" />`);
export const bell = () => icon(svg`<path d="M6 16V10.5a6 6 0 0 1 12 0V16l1.5 2h-15zM10 21h4" />`);
export const pin = () => icon(svg`<path d="M9 4h6l-1 6 3 3H7l3-3zM12 13v7" />`);
export const merge = () => icon(svg`<path d="M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8" />`);
export const reply = () => icon(svg`<path d="M9 6l-6 5 6 5v-3.5c5 0 8.5 1 11 5 0-6-4-8.5-11-8.5z" />`);
export const tag = () => icon(svg`<path d="M4 4h8l8 8-8 8-8-8z" /><path d="M8 8h.1" stroke-width="3" />`);
export const task = () => icon(svg`<path d="M4 6l1.5 1.5L8 5M4 13l1.5 1.5L8 12M4 19.5h3M11 6.5h9M11 13.5h9M11 19.5h9" />`);
export const box = () => icon(svg`<path d="M3 5h18v4H3zM5 9v10h14V9M10 13h4" />`);
export const undo = () => icon(svg`<path d="M8 4L4 8l4 4" /><path d="M4 8h10a5 5 0 0 1 0 10H8" />`);
export const edit = () => icon(svg`<path d="M5 19l1-4L16 5l3 3L9 18z" /><path d="M14 7l3 3" />`);
export const remove = () => icon(svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5" />`);
export const play = () => icon(svg`<path d="M7 5l12 7-12 7z" />`);
export const stop = () => icon(svg`<rect x="6.5" y="6.5" width="11" height="11" rx="1" />`);
export const pause = () => icon(svg`<path d="M9 6v12M15 6v12" />`);
export const blank = () => icon(svg`<rect x="3" y="5" width="18" height="13" rx="1" /><path d="M4 18L20 5" />`);
export const light = () =>
  icon(svg`<circle cx="12" cy="12" r="4" /><path d="M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2" />`);
export const screen = () => icon(svg`<path d="M3 5h18M5 5v10h14V5M12 15v3M8 21l4-3 4 3" />`);
export const people = () =>
  icon(
    svg`<circle cx="9" cy="8.5" r="3.2" /><path d="M3 19c.6-3.4 3-5 6-5s5.4 1.6 6 5" /><path d="M15.5 5.6a3 3 0 0 1 0 5.8M17.5 14.4c2 .6 3.2 2.1 3.6 4.6" />`,
  );
export const person = () =>
  icon(svg`<circle cx="12" cy="8.5" r="3.5" /><path d="M5 20c.7-3.8 3.5-5.5 7-5.5s6.3 1.7 7 5.5" />`);
export const mask = () =>
  icon(
    svg`<circle cx="12" cy="8.5" r="3.5" stroke-dasharray="2.5 2.2" /><path stroke-dasharray="2.5 2.2" d="M5 20c.7-3.8 3.5-5.5 7-5.5s6.3 1.7 7 5.5" />`,
  );
export const cup = () =>
  icon(
    svg`<path d="M5 9h11v5.5a4.5 4.5 0 0 1-4.5 4.5h-2A4.5 4.5 0 0 1 5 14.5z" /><path d="M16 10.5h1.5a2.5 2.5 0 0 1 0 5H16M8.5 3v2.5M12.5 3v2.5" />`,
  );
export const link = () =>
  icon(
    svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1" /><path d="M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1" />`,
  );
export const unlinked = () =>
  icon(svg`<path d="M4 4l16 16M5 10.5a11 11 0 0 1 3-2M12 7c3 0 5.5 1.3 7.5 3.5M8 14.5a6 6 0 0 1 6-1.3M12 18.5v.1" />`);
export const warning = () => icon(svg`<path d="M12 4L2.8 19.5h18.4z" /><path d="M12 10v4.5M12 17v.1" />`);
export const info = () => icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 11v5M12 8v.1" />`);
export const menu = () => icon(svg`<path d="M4 7h16M4 12h16M4 17h16" />`);
export const more = () => icon(svg`<path d="M5 12h.1M12 12h.1M19 12h.1" stroke-width="3" />`);
export const leave = () => icon(svg`<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9" />`);
export const globe = () =>
  icon(svg`<circle cx="12" cy="12" r="8.5" /><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17" />`);
export const grip = () => icon(svg`<path d="M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1" stroke-width="2.5" />`);
export const thumb = () =>
  icon(
    svg`<path d="M8 11l3.5-7c1.7 0 2.7 1.2 2.4 2.9L13.2 10H18a2 2 0 0 1 2 2.4L18.9 18a2.5 2.5 0 0 1-2.4 2H8z" /><path d="M8 11H4.5v9H8" />`,
  );
export const heart = () =>
  icon(
    svg`<path d="M12 20C7 16.5 3.5 13.3 3.5 9.3 3.5 6.7 5.4 5 7.7 5 9.5 5 11.1 6 12 7.7 12.9 6 14.5 5 16.3 5c2.3 0 4.2 1.7 4.2 4.3 0 4-3.5 7.2-8.5 10.7z" />`,
  );
export const clap = () =>
  icon(
    svg`<path d="M10.7 20.5V10a1.6 1.6 0 0 0-3-.8L4.5 14.5v4l2.5 2zM13.3 20.5V10a1.6 1.6 0 0 1 3-.8L19.5 14.5v4l-2.5 2z" /><path d="M12 2.5v2.5M7.5 3.5l1 2M16.5 3.5l-1 2" />`,
  );
export const unclear = () =>
  icon(
    svg`<circle cx="12" cy="12" r="8.5" /><path d="M9.6 9.7a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.1.8-1.1 1.6M12 16.4v.1" />`,
  );
export const live = () =>
  icon(svg`<circle cx="12" cy="12" r="3" /><path d="M6.5 17.5a8 8 0 0 1 0-11M17.5 6.5a8 8 0 0 1 0 11" />`);
export const video = () => icon(svg`<rect x="3" y="6" width="12" height="12" rx="1" /><path d="M15 11l6-4v10l-6-4z" />`);
export const sound = () =>
  icon(svg`<path d="M4 9.5h3.5L12 6v12l-4.5-3.5H4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11" />`);
export const muted = () => icon(svg`<path d="M4 9.5h3.5L12 6v12l-4.5-3.5H4zM16 9.5l5 5M21 9.5l-5 5" />`);
export const captions = () =>
  icon(svg`<rect x="3" y="5" width="18" height="14" rx="1.5" /><path d="M10.5 10.3a2 2 0 1 0 0 3.4M17 10.3a2 2 0 1 0 0 3.4" />`);
export const inPicture = () =>
  icon(svg`<path d="M21 11V6H3v12h7" /><rect x="13" y="13" width="8" height="6" rx="0.5" fill="currentColor" />`);
export const larger = () => icon(svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />`);
export const slideLarge = () =>
  icon(svg`<rect x="2.5" y="5" width="12" height="14" rx="1" fill="currentColor" /><rect x="17" y="5" width="4.5" height="6" rx="0.5" />`);
export const videoLarge = () =>
  icon(svg`<rect x="2.5" y="5" width="12" height="14" rx="1" /><path d="M6.8 9.2v5.6l4.4-2.8z" fill="currentColor" /><rect x="17" y="5" width="4.5" height="6" rx="0.5" />`);
export const sideBySide = () =>
  icon(svg`<rect x="2.5" y="6" width="8.5" height="12" rx="1" fill="currentColor" /><rect x="13" y="6" width="8.5" height="12" rx="1" />`);
