export { speak, words } from "./current.svelte";
export type { Language } from "./languages";
export type { Words } from "./words";
