// Run Python in a worker: load it from this site, keep what was loaded, and answer one request after the other.
const HOME = new URL("../python/", import.meta.url);
const MEGABYTE = 1e6;
let python = null;

async function open(name) {
  try {
    return await caches.open(name); // not in a private window, nor where storage is full
  } catch {
    return null;
  }
}

// Say which files there are, and of which version: asked anew each time, or as last heard where there is no network.
async function describe() {
  const address = new URL("python.json", HOME);
  const cache = await open("python");
  try {
    const response = await fetch(address, { cache: "no-cache" });
    await cache?.put(address, response.clone());
    return await response.json();
  } catch (error) {
    const kept = await cache?.match(address);
    if (!kept) throw error;
    return kept.json();
  }
}

// Take a file from the cache, or from the site, and count its bytes.
async function take(cache, name, count) {
  const address = new URL(name, HOME);
  const kept = await cache?.match(address);
  if (kept) return kept;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
  const parts = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    count(part.value.length);
  }
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  const whole = new Response(new Blob(parts), { headers: { "content-type": type } });
  await cache?.put(address, whole.clone()).catch(() => {});
  return whole;
}

// Take all files; old versions go.
async function takeAll({ files, version }) {
  const name = `python-${version}`;
  const cache = await open(name);
  if (cache)
    for (const old of await caches.keys()) if (old.startsWith("python-") && old !== name) await caches.delete(old);
  const sum = (index) => Object.values(files).reduce((all, sizes) => all + sizes[index], 0);
  const [bytes, wire] = [sum(0), sum(1) / MEGABYTE];
  let counted = 0;
  const count = (more) => {
    counted += more;
    postMessage({ loaded: ((counted / bytes) * wire).toFixed(1), total: wire.toFixed(1) });
  };
  const taken = {};
  await Promise.all(Object.keys(files).map(async (file) => (taken[file] = await take(cache, file, count))));
  return taken;
}

async function load() {
  const description = await describe();
  if (!description.available) throw new Error(description.why);
  const taken = await takeAll(description);
  postMessage({ starting: true });
  const plain = globalThis.fetch; // Pyodide fetches its own files: it gets what is here already
  globalThis.fetch = async (asked, options) => {
    const name = new URL(asked.url ?? asked, HOME).pathname.split("/").pop();
    return taken[name]?.clone() ?? plain(asked, options);
  };
  const { loadPyodide } = await import(new URL("pyodide.mjs", HOME));
  const quiet = { stdout: () => {}, stderr: () => {} };
  const started = await loadPyodide({ indexURL: HOME.href, ...quiet });
  await started.loadPackage("numpy", { messageCallback: () => {} });
  globalThis.fetch = plain;
  started.unpackArchive(await taken["rnncourse.zip"].arrayBuffer(), "zip", { extractDir: "/course" });
  started.runPython("import sys; sys.path.insert(0, '/course')");
  return started.pyimport("rnncourse.checks.page").answer;
}

async function respond({ data }) {
  try {
    python ??= await load();
  } catch (error) {
    postMessage({ failed: error.message });
    return;
  }
  postMessage({ running: true });
  try {
    postMessage({ answer: python(data) });
  } catch (error) {
    postMessage({ broken: error.message });
  }
}

onmessage = respond;
