// One LSTM unit, run over a sequence: a pulse goes in at step 1, and three gates decide what becomes of it.

import { axes, fixed, handle, mount, picture, power, sentence, slider, symbol, text } from "./parts.js";
import { tell } from "./words.js";

export const sigmoid = (a) => 0.5 * (1 + Math.tanh(0.5 * a));

// Each W is [on h, on x]. Returns the states h^(1..T), c^(1..T) and the gates f, i, o of every step.
export function run({ W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o, x, h0 = 0, c0 = 0 }) {
  const shown = { h: [], c: [], f: [], i: [], o: [] };
  let [h_prev, c_prev] = [h0, c0];
  for (const x_t of x) {
    const a = (W, b) => W[0] * h_prev + W[1] * x_t + b;
    const [f_t, i_t, o_t] = [sigmoid(a(W_f, b_f)), sigmoid(a(W_i, b_i)), sigmoid(a(W_o, b_o))];
    const c_t = f_t * c_prev + i_t * Math.tanh(a(W_c, b_c));
    const h_t = o_t * Math.tanh(c_t);
    Object.entries({ h: h_t, c: c_t, f: f_t, i: i_t, o: o_t }).forEach(([name, value]) => shown[name].push(value));
    [h_prev, c_prev] = [h_t, c_t];
  }
  return shown;
}

// A unit whose gates stand still: each is set by its bias, and only the candidate reads x.
export function standing({ b_f, b_i, b_o, T }) {
  const [closed, reads_x] = [[0, 0], [0, 1]]; // prettier-ignore
  const x = Array.from({ length: T }, (_, t) => (t === 0 ? 1 : 0));
  return run({ W_f: closed, W_i: closed, W_c: reads_x, W_o: closed, b_f, b_i, b_c: 0, b_o, x });
}

const halfLife = (f) => Math.log(0.5) / Math.log(f);

export function finding({ b_f, b_i, b_o, T }) {
  const { h, c, f: [f], i: [i], o: [o] } = standing({ b_f, b_i, b_o, T }); // prettier-ignore
  const share = (part) => `${fixed(100 * part, part < 0.095 ? 1 : 0)} %`;
  return tell(
    "With b_f = {b_f} the forget gate is {f}: half of the pulse is gone after {half} steps, and after {steps} steps " +
      "{power} = {left} is left. The input gate, {i}, wrote {c} at step 1; the output gate, {o}, shows {h} of it.",
    {
      ...{ b_f: fixed(b_f), f: fixed(f, 3), half: fixed(halfLife(f), 1), steps: T - 1 },
      ...{ power: `f${power(T - 1).slice(2)}`, left: share(f ** (T - 1)) },
      ...{ i: fixed(i), c: fixed(c[0]), o: fixed(o), h: fixed(h[0]) },
    },
  );
}

const marks = {
  c: (x, y) => `<circle cx="${x}" cy="${y}" r="2.6" fill="var(--c)"/>`,
  h: (x, y) => `<rect x="${x - 2.4}" y="${y - 2.4}" width="4.8" height="4.8" fill="var(--h)"/>`,
};

function drawing(frame, { h, c }) {
  const T = c.length;
  const curve = (name, values, dash) => {
    const points = values.map((value, t) => [t + 1, value]);
    const style = `stroke="var(--${name})" stroke-width="1.8" stroke-dasharray="${dash}"`;
    return frame.line(points, style) + points.map(([t, value]) => marks[name](frame.x(t), frame.y(value))).join("");
  };
  const [end_c, end_h] = [c, h].map((values) => frame.y(values[T - 1]));
  const apart = Math.max(0, 14 - (end_h - end_c)) / 2; // so that the two names do not touch
  const look = (letter) => ({ anchor: "start", size: 15, fill: `var(--${letter}-text)` });
  const name = (letter, y) => text(frame.x(T) + 8, y + 4, symbol(letter), look(letter));
  return [
    `<path d="M${frame.x(1)} ${frame.y(0)}V${frame.y(1)}" stroke="var(--x)" stroke-width="5"/>`,
    text(frame.x(1) + 8, frame.y(1) + 10, `${symbol("x")} = 1`, { anchor: "start", fill: "var(--x-text)" }),
    curve("h", h, "4 3") + curve("c", c, "none") + name("c", end_c - apart) + name("h", end_h + apart),
  ].join("");
}

export function render(element, config) {
  const { T } = config;
  const gate = (words, letter) => slider(`${words} <i>b</i><sub>${letter}</sub>`, {
    ...{ min: -4, max: 6, step: 0.02, value: config[`b_${letter}`] },
    format: (b) => `${fixed(b)}: <i>${letter}</i> = ${fixed(sigmoid(b))}`,
  }); // prettier-ignore
  const gates = { b_f: gate(tell("forget gate"), "f"), b_i: gate(tell("input gate"), "i"), b_o: gate(tell("output gate"), "o") };
  const frame = axes({ left: 40, top: 10, width: 284, height: 160, x: [0, T], y: [0, 1.05] });
  const [plot, said] = [picture(350, 212, "group"), sentence()];
  const half = handle(plot, {
    ...{ name: tell("half of the pulse is gone"), frame, step: 0.5, value: [7, 0.3], radius: 6, fill: "var(--c)", vertical: false },
    say: ([t]) => tell("after {steps} steps", { steps: fixed(t - 1, 1) }),
  });
  const ticks = [1, 5, 10, 15, 20, 25, 30].filter((t) => t <= T);
  const grid = frame.grid({ x: ticks, y: [0, 0.5, 1], names: [tell("step {t}", { t: symbol("t") }), ""] });
  mount(element, [...Object.values(gates).map(({ node }) => node), plot.node, said], (event) => {
    if (event?.target === half.node) {
      const f = 0.5 ** (1 / Math.max(0.1, half.value[0] - 1));
      gates.b_f.value = Math.log(f / (1 - f));
    }
    const biases = { b_f: gates.b_f.value, b_i: gates.b_i.value, b_o: gates.b_o.value, T };
    const states = standing(biases);
    const at = 1 + Math.min(T - 1, halfLife(states.f[0]));
    half.place([at, states.c[0] * states.f[0] ** (at - 1)]);
    said.textContent = finding(biases);
    plot.label(tell("What the cell keeps and what h shows after one pulse. {found}", { found: said.textContent }));
    const [x, y] = half.value;
    const look = { anchor: "start", fill: "var(--c-text)" };
    const name = x < T - 4 ? text(frame.x(x) + 9, frame.y(y) - 9, tell("half is left"), look) : "";
    plot.draw(grid + drawing(frame, states) + name);
  });
}
