// Keep this page for a visit without a network: the page, what it loaded, and a worker that serves it (offline.js).
let kept = false;

export async function keepPage() {
  if (kept || !navigator.serviceWorker || !globalThis.caches) return;
  kept = true;
  try {
    await navigator.serviceWorker.register(new URL("../../offline.js", import.meta.url));
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const ours = [location.href.split("#")[0], ...loaded].filter((address) => address.startsWith(location.origin));
    const cache = await caches.open("visited");
    await Promise.allSettled(ours.map((address) => cache.add(address)));
  } catch {
    kept = false; // a private window, say: then there is no second visit without a network
  }
}
