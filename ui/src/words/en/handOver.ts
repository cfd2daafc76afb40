/** Handing a key over to another service. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const handOver = {
  title: "Hand over",
  titleTo: (service: string) => `Hand over to ${service}`,
  opening: "Opening",
  refused: "Twilio refused this key when it was last tested. Test it from the subaccount before you hand it over, or make a new one.",
  notTested: "This key has not been tested yet. You can hand it over; test it later from the subaccount.",
  doneBefore: (service: string, date: string) => `Handed over to ${service}, ${date}. You can do it again.`,
  copyEach: (service: string) => `Copy each value into the box of the same name in ${service}.`,
  place: (service: string, place: string) => `In ${service}: ${place}`,
  /** Read out in place of the tick. */
  copied: "copied",
  copySecret: "Copy secret",
  copyAgain: "Copy again",
  pasted: (service: string, customer: Snippet) => marked`I have pasted all three into ${service} for ${customer}`,
  later: "Do this later",
  done: "Done",
  /** Afterwards. */
  handedOver: (name: Snippet) => marked`Handed over: ${name}`,
  putOff: (name: Snippet) => marked`Marked as not handed over yet: ${name}`,
  stillNot: (name: Snippet) => marked`Still not handed over: ${name}`,
};
