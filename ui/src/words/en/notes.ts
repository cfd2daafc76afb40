/** What is kept of a customer on this computer. */
import type { Snippet } from "svelte";
import { marked } from "../marked";

export const notes = {
  number: "Customer number",
  tags: "Tags",
  noTags: "No tag yet",
  addTag: "Add a tag",
  addTagHint: "Enter takes it in",
  allTags: "No more tags fit here.",
  removeTag: (tag: Snippet) => marked`Remove the tag ${tag}`,
  note: "Note",
  keeping: "Keeping",
  kept: "Kept",
  where: "Kept on this computer and in backups, and never sent to Twilio. Customer number and tags are found by the search.",

  /** Under the customer’s name. */
  customerNumber: (number: Snippet) => marked`Customer number ${number}`,
};
