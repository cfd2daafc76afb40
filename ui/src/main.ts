import { mount, tick } from "svelte";
import App from "./App.svelte";
import { backend } from "./backend";
import { app } from "./state/app.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element for the program");

/** Resolves when a frame with all that is there now is on its way to the screen. In a hidden window that never happens. */
function nextPaintedFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** The window is shown with its first screen, or with the opening one where reading takes longer than this. */
const longestBlank = 800;
const patience = () => new Promise((resolve) => setTimeout(resolve, longestBlank));

// While the Rust side reads, the frame is drawn already: its fonts and styles are then there when the list comes.
const opened = app.open();
mount(App, { target });
target.getBoundingClientRect();
await Promise.race([opened, patience()]);
app.unseen = false;
await tick();
// Layout and style are worked out before the window is shown, so that its first frame is the whole screen.
target.getBoundingClientRect();
await backend.laidOut().catch(() => {
  // The Rust side shows the window by itself after a while.
});
await Promise.race([nextPaintedFrame(), patience()]);
await backend.painted().catch(() => {
  // It is only told so that other work does not come before the first screen.
});
await opened;
app.readAnew();
