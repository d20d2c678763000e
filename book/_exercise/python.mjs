// Ask the one Python of this page: a worker, started when first needed, ended and started anew when it does not answer.
import { say } from "./say.mjs";

const SECONDS = 20; // until a run is taken for one that never ends

let worker = null;
let waiting = null; // {resolve, report, timer} of the request that runs

function finish(answer) {
  const { resolve, timer } = waiting ?? {};
  clearTimeout(timer);
  waiting = null;
  resolve?.(answer);
}

function end() {
  worker?.terminate();
  worker = null;
}

function broken(why) {
  end();
  finish({ problem: say("Python stopped: {why}. The next run starts it anew.", { why }) });
}

function start() {
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.loaded !== undefined) waiting?.report?.(say("Loading Python: {loaded} of {total} MB", data));
    if (data.starting) waiting?.report?.(say("Starting Python"));
    if (data.running && waiting) {
      waiting.report?.(say("Running"));
      waiting.timer = setTimeout(() => {
        end();
        const seconds = { seconds: SECONDS };
        const late = say("After {seconds} seconds there is still no answer, so Python was stopped. Does a loop end?", seconds);
        finish({ problem: late });
      }, SECONDS * 1000);
    }
    if (data.failed) {
      end();
      const help = say("Download the notebook and do the exercise in JupyterLab, or try again.");
      finish({ problem: `${say("Python could not be loaded: {why}.", { why: data.failed })} ${help}` });
    }
    if (data.broken) broken(data.broken);
    if (data.answer) finish(JSON.parse(data.answer));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    broken(event.message || say("it may have run out of memory"));
  };
}

// Run a request in Python; `report` is told what goes on.
export function ask(request, report) {
  const busy = say("Python is busy with another exercise of this page: stop that one first.");
  if (waiting) return Promise.resolve({ problem: busy });
  if (!worker) start();
  return new Promise((resolve) => {
    waiting = { resolve, report };
    worker.postMessage(JSON.stringify(request));
  });
}

export function stop() {
  if (!waiting) return;
  end();
  finish({ problem: say("Stopped.") });
}
