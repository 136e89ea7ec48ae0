// Wakes the islands of a page, when the browser has nothing better to do. Only pages with an island load this.
// $JS and $WASM are filled in by xtask.

// Leptos reads these when it wakes; pages here are whole, so there is nothing in them.
globalThis.__RESOLVED_RESOURCES ??= [];
globalThis.__SERIALIZED_ERRORS ??= [];
globalThis.__INCOMPLETE_CHUNKS ??= [];

const wake = async (node, mod, callbacks) => {
  const name = node.localName;
  if (name === "leptos-island") {
    const island = mod[node.dataset.component];
    if (island) {
      callbacks.at(-1)?.();
      await island(node);
    } else {
      // The page and the module come from different builds: the page works without.
      console.warn("no such island", node.dataset.component);
    }
  }
  if (name === "leptos-children") callbacks = [...callbacks, node.$$on_hydrate];
  for (const child of node.children) await wake(child, mod, callbacks);
};

const say = (state) => {
  document.documentElement.dataset.islands = state;
};

const start = async () => {
  try {
    // Both at once; the glue takes the module while it is still arriving.
    const module_or_path = fetch("$WASM");
    const mod = await import("$JS");
    await mod.default({ module_or_path });
    mod.hydrate();
    await wake(document.body, mod, []);
    say("awake");
  } catch (error) {
    console.error("islands did not start", error);
    say("asleep");
  }
};

// Safari has no requestIdleCallback.
if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 2000 });
else setTimeout(start, 1);
