// The light build of hls.js has the types of the whole; its package does not say so.
declare module "hls.js/dist/hls.light.mjs" {
  export { default } from "hls.js";
}
