/**
 * The little of a browser that static/core needs, for tests in node: one animation frame
 * at a time, a storage, sockets that the test plays the server of, and a clock that only
 * moves when told. Imported first by each test here.
 */

import { mock } from "node:test";

export const AT = 1_700_000_000_000; // ms; any moment will do

/** @type {(() => void)[]} */
const frames = [];

/** What the page would do in its next animation frame. */
export function frame() {
  for (const draw of frames.splice(0)) draw();
}

export class MemoryStorage {
  setItem(key, value) {
    this[key] = String(value);
  }
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  removeItem(key) {
    delete this[key];
  }
}

/** A socket whose far end is the test: `sent` is what the page said. */
export class FakeSocket {
  static OPEN = 1;
  static CONNECTING = 0;
  static all = [];

  constructor(url) {
    this.url = String(url);
    this.readyState = 0;
    this.sent = [];
    FakeSocket.all.push(this);
  }
  static get last() {
    return FakeSocket.all.at(-1);
  }
  accept() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(message) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  fall() {
    this.readyState = 3;
    this.onclose?.();
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  heard(type) {
    return this.sent.filter((message) => message.type === type);
  }
}

const listeners = new Map();
const listen = (name, listener) => listeners.set(name, [...(listeners.get(name) ?? []), listener]);

/** The browser tells the page: "online", "visibilitychange" … */
export function happens(name, event = {}) {
  for (const listener of listeners.get(name) ?? []) listener(event);
}

/** A fresh browser, at the moment AT. */
export function freshBrowser() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: AT });
  listeners.clear();
  frames.length = 0;
  FakeSocket.all = [];
  Object.assign(globalThis, {
    requestAnimationFrame: (draw) => frames.push(draw),
    addEventListener: listen,
    WebSocket: FakeSocket,
    location: { href: "http://live.example/b/x" },
    document: { visibilityState: "visible", documentElement: { lang: "en" }, addEventListener: listen },
    localStorage: new MemoryStorage(),
  });
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
}

export const pass = (ms) => mock.timers.tick(ms);
