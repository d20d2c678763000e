// What all explorers are made of. An explorer's module starts with
//
//   import { choice, handle, mount, picture, sentence, slider } from "./parts.js";
//
// (that line works under node as it stands; explorer.py puts a blob address in its place), exports its maths and
// `render(element, config)`, and ends render with mount(element, [nodes ...], update). Sliders, buttons and handles all
// fire "input" events, which mount hears: so `update` reads the controls, calls picture.draw and sets the sentence.
//
//   const weight = slider("weight <i>w</i>", { min: -1, max: 1, step: 0.1, value: 0.5 });   weight.value, weight.node
//   const steps = buttons("Steps", { back: "Back", step: "Step" }, (name) => { ... });      steps.node, steps.enable
//   const plane = picture(350, 200, "group");        // "img" unless it holds a handle
//   const point = handle(plane, { name: "start", frame, step: 0.05, value: [0.8, 0], say: ([x, y]) => `...` });
//   const said = sentence();                         // a live paragraph: said.textContent = "..."
//   const frame = axes({ left: 40, top: 10, width: 300, height: 150, x: [0, 50], y: [1e-9, 1], log: true });
//   plane.draw(frame.grid({ x: [0, 25, 50], y: [1e-9, 1], names: [symbol("k"), "norm"] }) + frame.line(points, style));
//   plane.label(text);                               // the text alternative
//
// Colours are --x, --h, --c, --f, --i, --o for lines, the same with -text for words, and currentColor. No ids: a page
// holds many explorers.

export * from "./plot.js";
import { fixed } from "./plot.js";

const SVG = "http://www.w3.org/2000/svg";

// -- Controls

export function slider(text, { min, max, step, value, format = (number) => fixed(number, decimals(step)) }) {
  const node = document.createElement("label");
  node.innerHTML = `<span>${text}</span><input type="range"><output aria-live="off"></output>`;
  const [input, output] = [node.querySelector("input"), node.querySelector("output")];
  Object.assign(input, { min, max, step, value });
  const show = () => {
    output.innerHTML = format(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", show);
  show();
  return {
    node,
    get value() {
      return Number(input.value);
    },
    set value(number) {
      input.value = number;
      show();
    },
  };
}

function decimals(step) {
  return (String(step).split(".")[1] ?? "").length;
}

// One of several, each with its words: choice("difference", [["central", "central"], ["one-sided", "one-sided"]], "central")
export function choice(text, names, value) {
  const node = document.createElement("label");
  const options = names.map(([name, words]) => `<option value="${name}">${words}</option>`).join("");
  node.innerHTML = `<span>${text}</span><select>${options}</select>`;
  const select = node.querySelector("select");
  select.setAttribute("aria-label", node.querySelector("span").textContent); // else the options are part of its name
  select.value = value;
  return { node, get value() { return select.value; } }; // prettier-ignore
}

export function buttons(label, names, press) {
  const node = document.createElement("div");
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", label);
  const all = {};
  for (const [name, text] of Object.entries(names)) {
    const button = (all[name] = document.createElement("button"));
    Object.assign(button, { type: "button", textContent: text });
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      press(name);
      changed(button);
    });
    node.append(button);
  }
  // Not `disabled`: that would throw the keyboard's focus away.
  return { node, enable: (name, on) => all[name].setAttribute("aria-disabled", String(!on)) };
}

// A point that is dragged, or moved with the arrow keys (Shift: five steps; Home and End: to the ends of x).
export function handle(picture, { name, frame, step, value, say, radius = 9, fill = "var(--h)", vertical = true }) {
  const node = document.createElementNS(SVG, "g");
  node.innerHTML = `<circle r="22" fill="transparent"/><circle class="ring" r="${radius + 4}" fill="none"/><circle r="${radius}" fill="${fill}" stroke="currentColor" stroke-width="1.5"/>`;
  const set = { class: "handle", tabindex: 0, role: "slider", "aria-label": name };
  for (const [key, text] of Object.entries(set)) node.setAttribute(key, text);
  node.setAttribute("aria-valuemin", frame.range.x[0]);
  node.setAttribute("aria-valuemax", frame.range.x[1]);
  picture.node.append(node);
  let now = value;
  const place = ([x, y]) => {
    now = [clamp(x, frame.range.x), vertical ? clamp(y, frame.range.y) : y];
    node.setAttribute("transform", `translate(${frame.x(now[0]).toFixed(2)} ${frame.y(now[1]).toFixed(2)})`);
    node.setAttribute("aria-valuenow", Number(now[0].toFixed(6)));
    node.setAttribute("aria-valuetext", say(now));
  };
  const go = (to) => {
    place(to.map((number, axis) => (axis && !vertical ? number : Math.round(number / step) * step)));
    changed(node);
  };
  const [low, high] = frame.range.x;
  const keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
  node.addEventListener("keydown", (event) => {
    const move = keys[event.key]?.map((sign) => sign * step * (event.shiftKey ? 5 : 1));
    if (move) go(vertical ? [now[0] + move[0], now[1] + move[1]] : [now[0] + move[0] + move[1], now[1]]);
    else if (event.key === "Home" || event.key === "End") go([event.key === "Home" ? low : high, now[1]]);
    else return;
    event.preventDefault();
  });
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    node.focus();
    event.preventDefault();
  });
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.node.getScreenCTM().inverse());
    go([frame.invert.x(at.x), vertical ? frame.invert.y(at.y) : now[1]]);
  });
  place(value);
  return { node, place, get value() { return now; } }; // prettier-ignore
}

function clamp(value, [low, high]) {
  return Math.min(high, Math.max(low, value));
}

function changed(node) {
  node.dispatchEvent(new Event("input", { bubbles: true }));
}

// -- The whole

export function sentence() {
  const node = document.createElement("p");
  node.setAttribute("aria-live", "polite");
  return node;
}

export function mount(element, nodes, update) {
  element.replaceChildren(...nodes);
  element.addEventListener("input", update);
  // These keys belong to the controls. JupyterLab would go to another cell with them.
  const own = /^(Arrow|Page|Home|End|Enter| )/;
  element.addEventListener("keydown", (event) => own.test(event.key) && event.stopPropagation());
  update();
}
