// The cliff in the loss of one recurrent unit, and gradient descent near it, plain and clipped. The same maths stands
// in rnncourse/experiments/loss_cliff.py.

import { arrow, axes, brief, fixed, handle, mount, picture, sentence, slider, symbol, text } from "./parts.js";
import { sentences, tell } from "./words.js";

export const [B_H, H_0, Y] = [-0.2, 0.5, -0.5]; // bias, first state, target of the last state

// L = (h^(T) - y)^2 with h^(t) = tanh(w h^(t-1) + b_h), and dL/dw by BPTT
export function lossAndSlope(w, T) {
  const h = [H_0];
  for (let t = 1; t <= T; t++) h.push(Math.tanh(w * h[t - 1] + B_H));
  let [dh, slope] = [2 * (h[T] - Y), 0];
  for (let t = T; t > 0; t--) {
    const delta_h = dh * (1 - h[t] * h[t]);
    slope += delta_h * h[t - 1];
    dh = w * delta_h;
  }
  return [(h[T] - Y) ** 2, slope];
}

// w <- w - eta g; with max_norm first g <- g min(1, max_norm / |g|)
export function descend(w, eta, steps, T, max_norm = Infinity) {
  const path = [w];
  for (let n = 0; n < steps; n++) {
    let [, g] = lossAndSlope(path[n], T);
    if (Math.abs(g) > max_norm) g *= max_norm / Math.abs(g);
    path.push(path[n] - eta * g);
  }
  return path;
}

export function finding({ w, eta, max_norm, T }) {
  const [plain, clipped] = [descend(w, eta, STEPS, T), descend(w, eta, STEPS, T, max_norm)];
  const lengths = plain.slice(1).map((to, n) => Math.abs(to - plain[n]));
  const longest = lengths.indexOf(Math.max(...lengths));
  const [, slope] = lossAndSlope(plain[longest], T);
  const [, slopeAtEnd] = lossAndSlope(plain[STEPS], T);
  const lost = outside(plain[STEPS]) && Math.abs(slopeAtEnd) < 1e-6;
  const end = (path) => ({ w: fixed(path[STEPS]), loss: brief(lossAndSlope(path[STEPS], T)[0]) });
  if (plain.every((value, n) => value === clipped[n])) {
    return tell(
      "With T = {T} no slope on this path is steeper than max_norm = {max_norm}, so both paths are one: it ends at w = {w} with loss {loss}.",
      { T, max_norm, ...end(plain) },
    );
  }
  const parts = { T, slope: brief(slope), length: brief(lengths[longest]), ...end(plain) };
  const first = lost
    ? tell(
        "With T = {T} the steepest slope on the plain path, {slope}, makes a step of length {length}; " +
          "it ends at w = {w} with loss {loss}, where no slope leads back.",
        parts,
      )
    : tell(
        "With T = {T} the steepest slope on the plain path, {slope}, makes a step of length {length}; " +
          "it ends at w = {w} with loss {loss}.",
        parts,
      );
  const second = tell("Clipped: no step is longer than η · max_norm = {longest}; it ends at w = {w} with loss {loss}.", {
    longest: brief(eta * max_norm),
    ...end(clipped),
  });
  return sentences(first, second);
}

const STEPS = 120;
const [LOW, HIGH] = [0.4, 2.2];
const outside = (w) => w < LOW || w > HIGH;
const frame = axes({ left: 40, top: 10, width: 300, height: 170, x: [LOW, HIGH], y: [-0.1, 2.4] });
const weights = Array.from({ length: 361 }, (_, n) => LOW + n / 200); // and more of them at the wall
const samples = [...weights, ...Array.from({ length: 200 }, (_, n) => 1.47 + n / 4000)].sort((a, b) => a - b);

// A mark per step where there is room for it, and an arrow where the path leaves the picture.
function marks(path, T, mark) {
  let last = [-99, -99];
  const drawn = path.map((w) => {
    const place = [frame.x(w), frame.y(lossAndSlope(w, T)[0])];
    if (outside(w) || Math.hypot(place[0] - last[0], place[1] - last[1]) < 7) return "";
    last = place;
    return mark(...place);
  });
  const left = path.findIndex(outside);
  if (left < 1) return drawn.join("");
  const [from, side] = [path[left - 1], path[left] < LOW ? LOW : HIGH];
  const y = frame.y(lossAndSlope(from, T)[0]);
  const [x, anchor] = side === LOW ? [frame.x(LOW) + 10, "start"] : [frame.x(HIGH) - 4, "end"];
  const name = text(x, y - 6, tell("to {w}", { w: fixed(path[left], 1) }), { anchor, fill: "var(--f-text)" });
  return drawn.join("") + arrow([frame.x(from), y], [frame.x(side), y], { stroke: "var(--f)", dash: "5 3" }) + name;
}

const ring = (x, y) => `<circle cx="${x}" cy="${y}" r="4" fill="none" stroke="var(--f)" stroke-width="1.8"/>`;
const square = (x, y) => `<rect x="${x - 3}" y="${y - 3}" width="6" height="6" fill="var(--h)"/>`;

function key(longest) {
  const [x, y] = [frame.x(LOW) + 14, 26];
  const names = { anchor: "start", size: 13 };
  return (
    ring(x, y - 4) + text(x + 10, y, tell("plain"), { ...names, fill: "var(--f-text)" }) +
    square(x, y + 14) + text(x + 10, y + 18, tell("clipped: steps of at most {longest}", { longest: brief(longest) }), { ...names, fill: "var(--h-text)" })
  ); // prettier-ignore
}

export function render(element, config) {
  const controls = {
    w: slider(tell("start <i>w</i>"), { min: LOW, max: HIGH, step: 0.0005, value: config.w }),
    eta: slider(tell("learning rate <i>η</i>"), { min: 0.01, max: 0.3, step: 0.01, value: config.learning_rate }),
    max_norm: slider("max_norm", { min: 0.1, max: 20, step: 0.1, value: config.max_norm }),
    T: slider(tell("steps <i>T</i>"), { min: 5, max: 80, step: 5, value: config.T }),
  };
  const [plot, said] = [picture(350, 222, "group"), sentence()];
  const say = ([w]) => tell("start w {w}", { w: fixed(w, 4) });
  const start = { frame, step: 0.0005, value: [config.w, 0], say, radius: 7, fill: "currentColor", vertical: false };
  const point = handle(plot, { name: tell("start w"), ...start });
  const grid = frame.grid({ x: [0.5, 1, 1.5, 2], y: [0, 1, 2], names: [symbol("w"), tell("loss")] });
  mount(element, [...Object.values(controls).map(({ node }) => node), plot.node, said], (event) => {
    if (event?.target === point.node) controls.w.value = point.value[0];
    const [w, eta, max_norm, T] = Object.values(controls).map(({ value }) => value);
    point.place([w, lossAndSlope(w, T)[0]]);
    const losses = samples.map((one) => [one, lossAndSlope(one, T)[0]]);
    const curve = frame.line(losses, `stroke="currentColor" stroke-width="1.8"`);
    const paths = marks(descend(w, eta, STEPS, T), T, ring) + marks(descend(w, eta, STEPS, T, max_norm), T, square);
    said.textContent = finding({ w, eta, max_norm, T });
    plot.label(tell("The loss against w: a valley at 0.7 and a wall near 1.5. {found}", { found: said.textContent }));
    plot.draw(grid + curve + paths + key(eta * max_norm));
  });
}
