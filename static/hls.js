/**
 * hls.js as the player loads it, only where there is a stream: the light build, which has
 * neither captions nor several sound tracks. Entry module, imported by core/video/player-hls.js.
 */

export { default } from "hls.js/dist/hls.light.mjs";
