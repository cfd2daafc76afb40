import type { en } from "./en";

/** Everything that a language has to say. English says it first; a language that lacks a sentence, or says another one, does not compile. */
export type Words = typeof en;
