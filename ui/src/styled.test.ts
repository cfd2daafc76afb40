import { expect, it } from "vitest";
import { styled } from "./styled";

/** A style sheet that is asked for and not there yet, as a page has it; nothing is loaded in these tests. */
function asked(page: Document): HTMLLinkElement {
  const link = page.createElement("link");
  link.rel = "stylesheet";
  page.head.append(link);
  return link;
}

async function hasResolved(promise: Promise<void>): Promise<boolean> {
  const later = Symbol();
  return (await Promise.race([promise, new Promise((resolve) => setTimeout(() => resolve(later)))])) !== later;
}

it("the page is drawn once every style sheet is there, or cannot be had", async () => {
  const page = document.implementation.createHTMLDocument();
  const [first, second] = [asked(page), asked(page)];
  const waiting = styled(page);
  expect(await hasResolved(waiting)).toBe(false);
  first.dispatchEvent(new Event("load"));
  expect(await hasResolved(waiting)).toBe(false);
  second.dispatchEvent(new Event("error"));
  expect(await hasResolved(waiting)).toBe(true);
});

it("a page whose style sheets are there does not wait", async () => {
  const page = document.implementation.createHTMLDocument();
  Object.defineProperty(asked(page), "sheet", { value: {} });
  expect(await hasResolved(styled(page))).toBe(true);
});
