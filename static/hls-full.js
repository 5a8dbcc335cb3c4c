/**
 * hls.js with captions and sound tracks, for a stream that has them. Entry module, imported
 * by core/video/player-hls.js once it has read of them in the playlist.
 */

export { default } from "hls.js/dist/hls.mjs";
