/**
 * How long it takes from a keystroke in the search box to the list: `keystroke-to-list` ends when a frame with the new
 * list has been produced, `keystroke-to-ready` when the list is in the page and laid out, before waiting for the frame.
 */
import { tick } from "svelte";

const kept = 500;

export async function measureKeystroke(listElement: () => Element | null): Promise<void> {
  if (performance.getEntriesByName("keystroke-to-list").length > kept) {
    performance.clearMarks();
    performance.clearMeasures();
  }
  performance.mark("keystroke");
  await tick();
  listElement()?.getBoundingClientRect();
  performance.mark("list-ready");
  performance.measure("keystroke-to-ready", "keystroke", "list-ready");
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    // A message sent while a frame is made arrives after it has been painted.
    port1.onmessage = () => {
      performance.mark("list-painted");
      performance.measure("keystroke-to-list", "keystroke", "list-painted");
      port1.close();
    };
    port2.postMessage(null);
  });
}
