/** Handing a key over to another service. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

const numbers: Record<number, string> = { 2: "both", 3: "all three", 4: "all four", 5: "all five" };

function allOf(boxes: number): string {
  return numbers[boxes] ?? "everything";
}

export const handOver = {
  title: "Hand over",
  titleTo: (service: string) => `Hand over to ${service}`,
  opening: "Opening",
  refused:
    "Twilio refused this key when it was last to be proved. Prove it again from the subaccount before you hand it over, or make a new one.",
  notProved: "This key has not been proved yet. You can hand it over; prove it later from the subaccount.",
  doneBefore: (service: string, date: string) => `Handed over to ${service}, ${date}. You can do it again.`,
  copyEach: (service: string) => `Copy each value into the box of the same name in ${service}.`,
  place: (service: string, place: string) => `In ${service}: ${place}`,
  /** Read out in place of the tick. */
  copied: "copied",
  copySecret: "Copy secret",
  copyAgain: "Copy again",
  /** Beside what is ticked once the values are in the service's boxes. */
  pasted: (boxes: number, service: string, customer: Snippet) => marked`I have pasted ${allOf(boxes)} into ${service} for ${customer}`,
  later: "Do this later",
  done: "Done",
  /** Afterwards. */
  handedOver: (name: Snippet) => marked`Handed over: ${name}`,
  putOff: (name: Snippet) => marked`Marked as not handed over yet: ${name}`,
  stillNot: (name: Snippet) => marked`Still not handed over: ${name}`,
};
