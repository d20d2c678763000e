// Serve pages that were visited, and what they need, when there is no network. With a network it is asked first.
const KEPT = "visited";
const LARGE = /\/python\/.*\.(wasm|zip|whl)$/; // the worker keeps these itself

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function answer(request) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok && !LARGE.test(request.url)) cache.put(request, response.clone()).catch(() => {});
    return response;
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === self.location.origin) event.respondWith(answer(event.request));
});
