// Open one exercise: its editor, its buttons, and the answers of Python.
import { showAnswer, showWords } from "./answer.mjs";
import { keepPage } from "./keep.mjs";
import { download, takeIn } from "./notebook.mjs";
import { ask, stop } from "./python.mjs";
import { language, say } from "./say.mjs";
import { change, forget, read } from "./storage.mjs";

// The sets of this edition: the scripts may be those of another.
const HERE = new URL(`${document.documentElement.dataset.content_root}_static/exercise/`, location.href);
let sets = null;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

async function readSets() {
  sets ??= await (await fetch(new URL("sets.json", HERE))).json();
  return sets;
}

// List the code that a notebook would have run before this exercise: what is given, and what was written here.
function given(before) {
  return before.map((piece) => (typeof piece === "string" ? piece : read(piece.exercise).code)).filter(Boolean);
}

export async function openExercise(section, focus) {
  const { name, set } = section.dataset;
  const place = section.querySelector(".exercise-code");
  const answer = element("div", { className: "exercise-answer" });
  answer.setAttribute("role", "status");
  const keyWords = say("Tab indents; Escape, then Tab, leaves the editor. Ctrl+Enter checks, Shift+Enter runs.");
  const keys = element("p", { className: "exercise-keys", id: `keys-${name}`, textContent: keyWords });
  place.after(keys, answer);
  let exercise, makeEditor;
  try {
    [exercise, { makeEditor }] = [(await readSets())[set][name], await import("./editor.mjs")];
  } catch (error) {
    const why = { why: error.message };
    showWords(answer, say("The editor could not be loaded: {why}. Is there a network? The notebook works without.", why));
    return;
  }

  async function send(check) {
    const code = editor.code();
    buttons.stop.disabled = false;
    const report = (words) => showWords(answer, `${words} …`);
    report(say("Asking Python"));
    const found = await ask({ exercise: name, code, check, language, given: given(exercise.before) }, report);
    buttons.stop.disabled = true;
    showAnswer(answer, found);
    if (!found.problem) keepPage();
    if (found.maximum) change(name, { code, points: found.points, maximum: found.maximum, checked: code });
  }

  function save(code) {
    const full = say("This browser keeps nothing for this page: download your notebook.");
    if (!change(name, { code })) showWords(answer, full);
  }

  const file = element("input", { type: "file", accept: ".ipynb", hidden: true });
  file.addEventListener("change", async () => {
    try {
      const taken = await takeIn(file.files[0], Object.keys(sets[set]));
      const names = { names: taken.join(", ") };
      showWords(answer, taken.length ? say("Read in: {names}.", names) : say("This notebook holds no answer to this set."));
    } catch (error) {
      showWords(answer, say("This file could not be read: {why}", { why: error.message }));
    }
    file.value = "";
  });
  addEventListener("exercise-changed", ({ detail }) => {
    const { code } = read(name);
    if (detail === name && code !== undefined && code !== editor.code()) editor.put(code);
  });

  const actions = {
    check: [say("Check"), () => send(true)],
    run: [say("Run"), () => send(false)],
    stop: [say("Stop"), stop],
    reset: [say("Reset"), reset],
    hints: [say("Hints"), () => section.querySelector(".exercise-hints")?.toggleAttribute("open")],
    download: [say("Download as notebook"), () => download(new URL(`${set}.ipynb`, HERE), set)],
    open: [say("Read a notebook in"), () => file.click()],
  };
  const buttons = {};
  const bar = element("div", { className: "exercise-buttons" });
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("What to do with {name}", { name }));
  for (const [key, [textContent, onclick]] of Object.entries(actions)) {
    buttons[key] = element("button", { type: "button", textContent, onclick, className: `exercise-${key}` });
    bar.append(buttons[key]);
  }
  buttons.stop.disabled = true;

  function reset() {
    editor.put(exercise.starter);
    forget(name);
    showWords(answer, say("As it was at the beginning. Ctrl+Z in the editor brings your lines back."));
    editor.focus();
  }

  const box = element("div", { className: "exercise-editor" });
  place.replaceWith(box);
  const editor = makeEditor({
    parent: box,
    code: read(name).code ?? exercise.starter,
    label: say("Your code for {name}", { name }),
    describedBy: keys.id,
    changed: save,
    check: () => send(true),
    run: () => send(false),
  });
  answer.before(bar, file);
  if (focus) editor.focus();
}
