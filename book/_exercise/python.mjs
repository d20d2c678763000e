// Ask the one Python of this page: a worker, started when first needed, ended and started anew when it does not answer.
const SECONDS = 20; // until a run is taken for one that never ends
const HELP = "Download the notebook and do the exercise in JupyterLab, or try again.";

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
  finish({ problem: `Python stopped: ${why}. The next run starts it anew.` });
}

function start() {
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.loaded !== undefined) waiting?.report?.(`Loading Python: ${data.loaded} of ${data.total} MB`);
    if (data.starting) waiting?.report?.("Starting Python");
    if (data.running && waiting) {
      waiting.report?.("Running");
      waiting.timer = setTimeout(() => {
        end();
        finish({ problem: `After ${SECONDS} seconds there is still no answer, so Python was stopped. Does a loop end?` });
      }, SECONDS * 1000);
    }
    if (data.failed) {
      end();
      finish({ problem: `Python could not be loaded: ${data.failed}. ${HELP}` });
    }
    if (data.broken) broken(data.broken);
    if (data.answer) finish(JSON.parse(data.answer));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    broken(event.message || "it may have run out of memory");
  };
}

// Run a request in Python; `report` is told what goes on.
export function ask(request, report) {
  if (waiting) return Promise.resolve({ problem: "Python is busy with another exercise of this page: stop that one first." });
  if (!worker) start();
  return new Promise((resolve) => {
    waiting = { resolve, report };
    worker.postMessage(JSON.stringify(request));
  });
}

export function stop() {
  if (!waiting) return;
  end();
  finish({ problem: "Stopped." });
}
