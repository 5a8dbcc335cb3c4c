// Put into each page before its own scripts: for every frame of the video that the browser tells of, it reads
// the moment from the pixels and notes which slide the page shows with it. By then the video may have gone on:
// the pixels come with the media time of the frame that they really are of, beside that of the one told of. It
// also notes what comes in by the socket, and when: that is what a page would show that applied cues on
// receipt. It changes nothing.
(() => {
  const COLUMNS = 16, ROWS = 2, WIDTH = 320, HEIGHT = 180, MIDDLE = 128;
  const meter = { phase: "", frames: [], heard: [] };
  globalThis.meter = meter;

  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext("2d", { willReadFrequently: true });

  /** The 32 bits in the cells (see picture.py), and the media time of the frame that has them, s. */
  const read = (video) => {
    const frame = new VideoFrame(video);
    pen.drawImage(frame, 0, 0, WIDTH, HEIGHT);
    const seconds = frame.timestamp / 1e6;
    frame.close();
    let coded = 0;
    for (let row = 0; row < ROWS; row += 1) {
      const { data } = pen.getImageData(0, Math.floor(((row * 2 + 1) * HEIGHT) / (ROWS * 2)), WIDTH, 1);
      for (let column = 0; column < COLUMNS; column += 1) {
        coded = coded * 2 + (data[(column * 20 + 10) * 4] > MIDDLE ? 1 : 0);
      }
    }
    return [coded, seconds];
  };

  /** The id of the slide on the page's stage. */
  meter.shown = () => {
    const replay = document.querySelector(".replay__screens");
    if (replay) return replay.dataset.slide || null;
    const picture = document.querySelector(".slides__stage img.slide__picture, img.screen__slide");
    return /\/([^/.]+)(\.small)?\.webp/.exec(picture?.src ?? "")?.[1] ?? null;
  };

  // Whatever the page draws with a frame has been drawn when the callbacks of that frame have run. Observers of
  // sizes are called right after them and before any of the next frame's; a message might come after those.
  const seen = [];
  const stir = document.createElement("i");
  stir.style.position = "fixed";
  new ResizeObserver(() => {
    for (const each of seen.splice(0)) meter.frames.push([...each, meter.shown()]);
  }).observe(stir);

  const watch = (video) => {
    const look = (_now, { mediaTime }) => {
      video.requestVideoFrameCallback(look);
      seen.push([meter.phase, Date.now(), mediaTime, ...read(video)]);
      stir.style.width = stir.style.width === "1px" ? "2px" : "1px";
    };
    document.documentElement.append(stir);
    video.requestVideoFrameCallback(look);
  };

  const watched = new WeakSet();
  setInterval(() => {
    for (const video of document.querySelectorAll("video")) {
      if (!watched.has(video)) watch(video);
      watched.add(video);
    }
  }, 50);

  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (data.includes('"cue/')) meter.heard.push([Date.now(), data]);
      });
    }
  };

  meter.take = () => {
    const { frames, heard } = meter;
    meter.frames = [];
    meter.heard = [];
    return { frames, heard };
  };
})();
