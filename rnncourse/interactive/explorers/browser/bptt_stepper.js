// Backpropagation through time in a scalar RNN, one line at a time.

import { buttons, mount, picture, sentence, slider } from "./parts.js";
import { drawing, equation, finding, table } from "./bptt_words.js";
import { tell } from "./words.js";

// h^(t) = tanh(W_xh x^(t) + W_hh h^(t-1) + b_h), read by y_hat^(t) = W_hy h^(t) + b_y with squared error
export function forward({ W_xh, W_hh, b_h, W_hy, b_y, h0, x, y }) {
  const h = [h0]; // h[t] is h^(t)
  x.forEach((x_t) => h.push(Math.tanh(W_xh * x_t + W_hh * h[h.length - 1] + b_h)));
  const y_hat = h.slice(1).map((h_t) => W_hy * h_t + b_y);
  const losses = y_hat.map((guess, i) => (guess - y[i]) ** 2);
  return { h, y_hat, losses, loss: losses.reduce((sum, one) => sum + one, 0) };
}

// The lines of the backward pass in their order. Each knows its step t, what it reads, and the sums after it.
export function backward(config) {
  const { W_xh, W_hh, W_hy, x, y } = config;
  const { h, y_hat } = forward(config);
  const so_far = { W_xh: 0, W_hh: 0, b_h: 0, h0: null, x: x.map(() => null) };
  const lines = [];
  const say = (line) => lines.push({ ...line, so_far: { ...so_far, x: [...so_far.x] } });
  let delta_next = 0; // after the last step comes nothing
  for (let t = x.length; t >= 1; t--) {
    const [h_t, h_prev, x_t] = [h[t], h[t - 1], x[t - 1]];
    const delta_y = 2 * (y_hat[t - 1] - y[t - 1]);
    const own = W_hy * delta_y;
    say({ kind: "output", t, y_hat: y_hat[t - 1], y: y[t - 1], delta_y, W_hy, value: own });
    const future = W_hh * delta_next;
    const dh = own + future;
    say({ kind: "sum", t, h: h_t, own, W_hh, delta_next, future, last: t === x.length, value: dh });
    const delta = dh * (1 - h_t * h_t);
    say({ kind: "delta", t, dh, h: h_t, value: delta });
    const shares = { W_xh: delta * x_t, W_hh: delta * h_prev, b_h: delta };
    for (const [name, share] of Object.entries(shares)) so_far[name] += share;
    so_far.x[t - 1] = W_xh * delta;
    say({ kind: "share", t, delta, x: x_t, h_prev, shares });
    delta_next = delta;
  }
  so_far.h0 = W_hh * delta_next;
  say({ kind: "initial", t: 0, W_hh, delta_next, value: so_far.h0 });
  return lines;
}

export function render(element, config) {
  const count = 4 * config.x.length + 1;
  const weight = slider(tell("weight <i>W</i><sub>hh</sub>"), { min: -1.5, max: 1.5, step: 0.1, value: config.W_hh });
  const last = tell("target <i>y</i><sup>({T})</sup>", { T: config.x.length });
  const target = slider(last, { min: -1, max: 1, step: 0.1, value: config.y.at(-1) });
  const of = (line) => `${line}/${count}`;
  const line = slider(tell("line of the pass"), { min: 0, max: count, step: 1, value: 0, format: of });
  const moves = { back: () => line.value - 1, step: () => line.value + 1, restart: () => 0 };
  const press = buttons(tell("Backward pass"), { step: tell("Step"), back: tell("Back"), restart: tell("Restart") }, (name) => {
    line.value = moves[name]();
  });
  const [graph, said] = [picture(360, 180), sentence()];
  const [formula, sums] = [document.createElement("div"), document.createElement("div")];
  formula.className = "equation";
  const nodes = [weight.node, target.node, line.node, press.node, graph.node, said, formula, sums];
  mount(element, nodes, () => {
    const now = { ...config, W_hh: weight.value, y: [...config.y.slice(0, -1), target.value] };
    const [pass, done] = [forward(now), backward(now).slice(0, line.value)];
    press.enable("step", line.value < count);
    for (const name of ["back", "restart"]) press.enable(name, line.value > 0);
    said.textContent = finding(pass, done);
    graph.label(tell("Unrolled network of {T} steps. {found}", { T: config.x.length, found: said.textContent }));
    graph.draw(drawing(now, pass, done));
    formula.innerHTML = equation(pass, done.at(-1));
    sums.innerHTML = table(config.x.length, done);
  });
}
