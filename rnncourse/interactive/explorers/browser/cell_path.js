// How much of a gradient is left k steps earlier in an LSTM, and along which path it came. As in
// rnncourse/experiments/gradient_lag_lstm.py: arrays are nested lists, a sample is a row.

import { axes, brief, fixed, mount, picture, sentence, slider, symbol, text } from "./parts.js";
import { tell } from "./words.js";

const sigmoid = (a) => 0.5 * (1 + Math.tanh(0.5 * a));
const zeros = (rows, columns) => Array.from({ length: rows }, () => new Array(columns).fill(0));
const times = (a, B) => a.map((row) => B[0].map((_, j) => row.reduce((sum, a_k, k) => sum + a_k * B[k][j], 0)));
const transposed = (A) => A[0].map((_, j) => A.map((row) => row[j]));
const map = (f, ...arrays) => arrays[0].map((row, b) => row.map((_, j) => f(...arrays.map((array) => array[b][j]))));
const length = (g) => g.reduce((sum, row) => sum + Math.sqrt(row.reduce((s, v) => s + v * v, 0)), 0) / g.length;

// f, i, c~ and o of v = [h_prev; x_t]
function gates(x_t, h_prev, { W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o }) {
  const v = h_prev.map((row, b) => [...row, ...x_t[b]]);
  const through = (phi, W, bias) => times(v, transposed(W)).map((row) => row.map((a, j) => phi(a + bias[j])));
  return [through(sigmoid, W_f, b_f), through(sigmoid, W_i, b_i), through(Math.tanh, W_c, b_c), through(sigmoid, W_o, b_o)];
}

export function forward(x, [h0, c0], params) {
  let [h, c] = [h0, c0];
  return x.map((x_t) => {
    const made = { h_prev: h, c_prev: c, gates: gates(x_t, h, params) };
    const [f, i, c_tilde, o] = made.gates;
    c = map((f, c, i, n) => f * c + i * n, f, c, i, c_tilde);
    h = map((o, c) => o * Math.tanh(c), o, c);
    return { ...made, h, c };
  });
}

// the gradients of h^(t-1) and c^(t-1) from those of h^(t) and c^(t)
function stepBackward(dh, dc, { c, c_prev, gates: [f, i, n, o] }, { W_f, W_i, W_c, W_o }) {
  const H = dh[0].length;
  dc = map((dc, dh, o, c) => dc + dh * o * (1 - Math.tanh(c) ** 2), dc, dh, o, c);
  const delta_f = map((dc, c_prev, f) => dc * c_prev * f * (1 - f), dc, c_prev, f);
  const delta_i = map((dc, n, i) => dc * n * i * (1 - i), dc, n, i);
  const delta_c = map((dc, i, n) => dc * i * (1 - n ** 2), dc, i, n);
  const delta_o = map((dh, c, o) => dh * Math.tanh(c) * o * (1 - o), dh, c, o);
  const back = [times(delta_f, W_f), times(delta_i, W_i), times(delta_c, W_c), times(delta_o, W_o)];
  const dv = map((...terms) => terms.reduce((sum, term) => sum + term, 0), ...back);
  return [dv.map((row) => row.slice(0, H)), map((dc, f) => dc * f, dc, f)];
}

// lengths of dL/dh^(T-k) and dL/dc^(T-k) for every lag k; `through` is "every", "cell" or "h"
export function gradientNormByLag(steps, params, g, through) {
  let [dh, dc] = [g, zeros(g.length, g[0].length)];
  const norms = { h: [length(dh)], c: [length(dc)] };
  for (const step of [...steps].reverse()) {
    [dh, dc] = stepBackward(dh, dc, step, params);
    if (through === "cell") dh = zeros(g.length, g[0].length);
    if (through === "h") dc = zeros(g.length, g[0].length);
    norms.h.push(length(dh));
    norms.c.push(length(dc));
  }
  return norms;
}

// the same for a vanilla RNN with the candidate's weights
export function rnnNormByLag(x, h0, { W_c, b_c }, g) {
  const H = h0[0].length;
  const W_hh = W_c.map((row) => row.slice(0, H));
  const states = [];
  for (let [t, h] = [0, h0]; t < x.length; t++) {
    const v = h.map((row, b) => [...row, ...x[t][b]]);
    states.push((h = times(v, transposed(W_c)).map((row) => row.map((a, j) => Math.tanh(a + b_c[j])))));
  }
  const norms = [length(g)];
  for (let dh = g; states.length; ) {
    dh = times(map((dh, h) => dh * (1 - h * h), dh, states.pop()), W_hh);
    norms.push(length(dh));
  }
  return norms;
}

const mean = (A) => A.flat(2).reduce((sum, value) => sum + value, 0) / A.flat(2).length;

// What is drawn: lengths by lag along each kind of path, and the mean forget gate. All weights are multiplied by `scale`.
export function lengths({ b_f, scale, params, x, g }) {
  const scaled = { ...params, b_f: params.b_f.map(() => b_f) };
  for (const name of ["W_f", "W_i", "W_c", "W_o"]) scaled[name] = params[name].map((row) => row.map((w) => scale * w));
  const [B, H] = [g.length, g[0].length];
  const steps = forward(x, [zeros(B, H), zeros(B, H)], scaled);
  return {
    every: gradientNormByLag(steps, scaled, g, "every").c,
    cell: gradientNormByLag(steps, scaled, g, "cell").c,
    h: gradientNormByLag(steps, scaled, g, "h").h,
    rnn: rnnNormByLag(x, zeros(B, H), scaled, g),
    gate: mean(steps.map(({ gates: [f] }) => f)),
  };
}

export function finding({ every, cell, rnn, gate }) {
  const T = cell.length - 1;
  const verdict =
    every[T] > 1
      ? tell("The sum over all paths has grown: the cell is no defence against that.")
      : cell[T] > 0.01
        ? tell("The cell alone carries a useful gradient that far.")
        : every[T] > 0.01
          ? tell("Most of what arrives has crossed over by way of h.")
          : tell("In this LSTM no path carries a useful gradient that far.");
  return tell(
    "The forget gate is {gate} on average, so half of what stays in the cell is gone after {steps} steps. At lag {T}, " +
      "{cell} is left along the cell alone and {every} along every path; a tanh RNN keeps {rnn}. {verdict}",
    {
      gate: fixed(gate, 3),
      steps: fixed(Math.log(0.5) / Math.log(gate), 1),
      T,
      cell: brief(cell[T]),
      every: brief(every[T]),
      rnn: brief(rnn[T]),
      verdict,
    },
  );
}

const [LOW, HIGH] = [1e-16, 1e4];
const kinds = {
  every: { name: tell("every path"), colour: "currentColor", words: "currentColor", dash: "none" },
  cell: { name: tell("cell alone"), colour: "var(--c)", words: "var(--c-text)", dash: "9 3" },
  h: { name: tell("h each step"), colour: "var(--h)", words: "var(--h-text)", dash: "4 3" },
  rnn: { name: tell("tanh RNN"), colour: "var(--f)", words: "var(--f-text)", dash: "9 3 2 3" },
};

function drawing(frame, norms) {
  const ends = [];
  const lines = Object.entries(kinds).map(([kind, { colour, dash }]) => {
    const points = norms[kind].map((value, lag) => [lag, value]).filter(([, value]) => value >= LOW && value <= HIGH);
    if (!points.length) return "";
    const [lag, value] = points[points.length - 1];
    ends.push({ kind, x: frame.x(lag) + 5, y: frame.y(value) + 4 });
    return frame.line(points, `stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`);
  });
  ends.sort((a, b) => a.y - b.y);
  ends.forEach((end, n) => (end.y = Math.max(end.y, n ? ends[n - 1].y + 13 : 0))); // names that would touch move down
  const over = Math.max(0, (ends.at(-1)?.y ?? 0) - frame.y(LOW) + 5);
  const names = ends.map(({ kind, x, y }) => text(x, y - over, kinds[kind].name, { anchor: "start", fill: kinds[kind].words }));
  return [...lines, ...names].join("");
}

export function render(element, config) {
  const b_f = slider(tell("forget bias <i>b</i><sub>f</sub>"), { min: -2, max: 6, step: 0.1, value: config.b_f });
  const scale = slider(tell("weights, times"), { min: 0, max: 2, step: 0.05, value: config.scale });
  const [plot, said] = [picture(350, 242), sentence()];
  const T = config.x.length;
  const frame = axes({ left: 54, top: 10, width: 212, height: 190, x: [0, T], y: [LOW, HIGH], log: true });
  const ticks = { x: [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => Math.round(part * T)), y: [1e-16, 1e-12, 1e-8, 1e-4, 1, 1e4] };
  const grid = frame.grid({ ...ticks, names: [tell("lag {k}", { k: symbol("k") }), tell("length")] });
  mount(element, [b_f.node, scale.node, plot.node, said], () => {
    const norms = lengths({ ...config, b_f: b_f.value, scale: scale.value });
    said.textContent = finding(norms);
    plot.label(tell("Length of the gradient against the lag, logarithmic. {found}", { found: said.textContent }));
    plot.draw(grid + drawing(frame, norms));
  });
}
