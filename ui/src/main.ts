import { mount, tick } from "svelte";
import App from "./App.svelte";
import { backend } from "./backend";
import { lazyParts } from "./lazyParts.svelte";
import { app } from "./state/app.svelte";
import { styled } from "./styled";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element for the program");

/** Resolves when a frame with all that is there now is on its way to the screen. In a hidden window that never happens. */
function nextPaintedFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** The window is shown with its first screen, or with the opening one where reading takes longer than this. */
const longestBlank = 800;
const patience = () => new Promise((resolve) => setTimeout(resolve, longestBlank));

/** Whether the first picture is the list beside the rail, whose script is there already. */
const isTheList = () => app.phase === "ready" && app.view === "frame";

async function openWindow(into: HTMLElement): Promise<void> {
  const opened = app.open().then(() => (isTheList() ? undefined : lazyParts.load()));
  // Drawing an empty frame while the Rust side reads would cost more than it gains: everything is laid out once.
  await Promise.race([Promise.all([opened, styled(document)]), patience()]);
  mount(App, { target: into });
  await tick();
  // Layout and style are worked out before the window is shown, so that its first frame is the whole screen. Where a window that is not
  // shown has no size they come with that frame: they would be worked out twice.
  if (window.innerHeight > 0) into.getBoundingClientRect();
  const painted = nextPaintedFrame();
  // The answer comes after the window is shown and has nothing to say, so the frame does not wait for it.
  backend.laidOut().catch(() => {
    // The Rust side shows the window by itself after a while.
  });
  backend.listen();
  await Promise.race([painted, patience()]);
  await backend.painted().catch(() => {
    // It is only told so that other work does not come before the first screen.
  });
  await Promise.all([opened, lazyParts.load()]);
  app.readAnew();
}

void openWindow(target);
