const { invoke } = window.__TAURI_INTERNALS__;
document.body.getBoundingClientRect();
invoke('laid_out').then(() =>
  // The second frame begins when the first is on its way to the screen.
  requestAnimationFrame(() => requestAnimationFrame(() => invoke('painted'))),
);
