// Layers of one tanh unit each, on top of one another: a pulse goes in below. When does each layer speak, and for how long?

import { fixed, mount, picture, sentence, slider, symbol, text } from "./parts.js";
import { sentences, tell } from "./words.js";

export const STEPS = 24;

// x is 1 for the first steps, then 0
export function input(pulse) {
  return Array.from({ length: STEPS }, (_, t) => (t < pulse ? 1 : 0));
}

// The states of each layer over time, the lowest first: h_l^(t) = tanh(w_xh h_{l-1}^(t) + w_hh h_l^(t-1)), from zeros.
export function stack({ L, w_xh, w_hh, x }) {
  const layers = [];
  for (let l = 0; l < L; l++) {
    let h_prev = 0;
    layers.push((layers[l - 1] ?? x).map((below) => (h_prev = Math.tanh(w_xh * below + w_hh * h_prev))));
  }
  return layers;
}

export function peak(h) {
  const sizes = h.map(Math.abs);
  return sizes.indexOf(Math.max(...sizes)) + 1;
}

export function finding(layers, { w_hh, pulse }) {
  const top = layers[layers.length - 1];
  const peaks = layers.map((h, l) => {
    const parts = { layer: l + 1, step: peak(h) };
    return l ? tell("layer {layer} is largest at step {step}", parts) : tell("Layer {layer} is largest at step {step}", parts);
  });
  const left = Math.round((100 * Math.abs(top[STEPS - 1])) / Math.abs(top[peak(top) - 1]));
  const turns = w_hh < 0 ? tell("The sign turns from step to step.") : "";
  const read = pulse === 1 ? tell("The input is 1 for 1 step.") : tell("The input is 1 for {pulse} steps.", { pulse });
  const parts = { w_hh: fixed(w_hh), left, step: STEPS };
  const rest =
    layers.length > 1
      ? tell("With w_hh = {w_hh}, {left} % of the top layer's peak is left at step {step}.", parts)
      : tell("With w_hh = {w_hh}, {left} % of the peak is left at step {step}.", parts);
  const row = peaks.reduce((clauses, clause) => tell("{clauses}, {clause}", { clauses, clause }));
  return sentences(read, tell("{peaks}.", { peaks: row }), rest, turns);
}

const [LEFT, PITCH, ROW, HALF] = [48, 12.4, 58, 24];

// One row of bars: up for positive values, down for negative ones.
function row(values, middle, name, hue, mark) {
  const bar = (value, t) => {
    const height = Math.abs(value) * HALF;
    const y = value >= 0 ? middle - height : middle;
    return `<rect x="${LEFT + PITCH * t}" y="${y.toFixed(2)}" width="9.4" height="${height.toFixed(2)}" fill="var(--${hue})"/>`;
  };
  const at = LEFT + PITCH * (mark - 1) + 4.7;
  return [
    text(LEFT - 10, middle + 4, name, { anchor: "end", size: 14, fill: `var(--${hue}-text)` }),
    `<path d="M${LEFT - 4} ${middle}H${LEFT + PITCH * STEPS}" stroke="currentColor" stroke-opacity=".45" stroke-width=".8"/>`,
    ...values.map(bar),
    mark ? `<path d="M${at} ${middle + 7}l-4 7h8z" fill="currentColor"/>` : "",
  ].join("");
}

function drawing(layers, x) {
  const bottom = 26 + ROW * layers.length;
  const rows = layers.map((h, l) => row(h, bottom - ROW * (l + 1), symbol("h", { sub: l + 1 }), "h", peak(h)));
  const ticks = [1, 6, 12, 18, 24].map((t) => text(LEFT + PITCH * (t - 1) + 4.7, bottom + 22, t));
  return [...rows, row(x.map((value) => 0.7 * value), bottom, symbol("x"), "x", 0), ...ticks].join("");
}

export function render(element, config) {
  const layer = slider(tell("layers <i>L</i>"), { min: 1, max: 3, step: 1, value: config.L });
  const weight = slider(tell("weight <i>w</i><sub>hh</sub>"), { min: -1, max: 1.2, step: 0.05, value: config.w_hh });
  const pulse = slider(tell("steps of input"), { min: 1, max: 12, step: 1, value: config.pulse });
  const [rows, said] = [picture(350, 236), sentence()];
  mount(element, [layer.node, weight.node, pulse.node, rows.node, said], () => {
    const now = { L: layer.value, w_xh: config.w_xh, w_hh: weight.value, pulse: pulse.value };
    const x = input(now.pulse);
    const layers = stack({ ...now, x });
    rows.node.setAttribute("viewBox", `0 0 350 ${62 + ROW * now.L}`);
    said.textContent = finding(layers, now);
    rows.label(tell("Bars of the states over {count} steps, a row for each layer, the input below. {found}", { count: STEPS, found: said.textContent }));
    rows.draw(drawing(layers, x));
  });
}
