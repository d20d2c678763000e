// How much of a gradient at the last step is left k steps earlier.

import { write } from "./names.js";
import { axes, brief, fixed, mount, picture, sentence, slider, symbol, text } from "./parts.js";
import { tell } from "./words.js";

const times = (W, v) => W.map((row) => row.reduce((sum, weight, j) => sum + weight * v[j], 0));
const transposed = (W) => W[0].map((_, j) => W.map((row) => row[j]));
const norm = (v) => Math.sqrt(v.reduce((sum, entry) => sum + entry * entry, 0));

// h^(t) = tanh(W_xh x^(t) + W_hh h^(t-1)) from h^(0) = 0, for sample b: h^(1), ..., h^(T)
function states({ x, W_xh, W_hh }, b, scale) {
  let h = W_hh.map(() => 0);
  return x.map((x_t) => {
    const read = times(W_xh, x_t[b].map((entry) => scale * entry)); // prettier-ignore
    const remembered = times(W_hh, h);
    return (h = read.map((entry, i) => Math.tanh(entry + remembered[i])));
  });
}

// W_hh is passed at spectral radius 1 and multiplied by `radius`. Entry k is the mean over the batch of the length of
// dL/dh^(T-k), where the loss reads h^(T) alone: backpropagation passes each of them on its way.
export function gradientNorms({ x, W_xh, W_hh, g }, radius, scale) {
  const W = W_hh.map((row) => row.map((weight) => radius * weight));
  const back = transposed(W);
  const norms = Array.from({ length: x.length + 1 }, () => 0);
  g.forEach((dh, b) => {
    const h = states({ x, W_xh, W_hh: W }, b, scale);
    norms[0] += norm(dh) / g.length;
    for (let t = h.length - 1; t >= 0; t--) {
      const delta = dh.map((entry, i) => entry * (1 - h[t][i] * h[t][i]));
      dh = times(back, delta);
      norms[h.length - t] += norm(dh) / g.length;
    }
  });
  return norms;
}

export function bound(sigma, T) {
  return Array.from({ length: T + 1 }, (_, k) => sigma ** k);
}

export function verdict(norms) {
  const left = norms.at(-1) / norms[0];
  return left < 1e-2 ? tell("Vanishing") : left > 1e2 ? tell("Exploding") : tell("Steady");
}

export function finding(norms, radius, sigma) {
  const T = norms.length - 1;
  const left = norms[T] / norms[0];
  const parts = { sigma: fixed(sigma), bound: brief(sigma ** T) };
  const cap =
    sigma < 1
      ? tell("The largest singular value is {sigma}, below 1: the bound, {bound}, says that it must vanish.", parts)
      : tell("The largest singular value is {sigma}, not below 1: the bound rules nothing out.", parts);
  return tell(
    "{verdict}: at spectral radius {radius} a gradient of length 1 has length {length} after {T} steps back, " +
      "a factor of {factor} per step. {cap}",
    { verdict: verdict(norms), radius: fixed(radius), length: brief(left), T, factor: fixed(left ** (1 / T)), cap },
  );
}

const LOW = 1e-9;
const HIGH = 1e6;

const WIDTHS = { bound: 78, gradient: 48 };
const BOUNDS = { left: 46, right: 338, top: 22, bottom: 214 };

// The two curves in the picture, as far as its frame and a little beyond.
export function curves(frame, norms, limits) {
  const place = (values) => values.map((value, k) => [frame.x(k), frame.y(Math.min(1e9, Math.max(value, 1e-12)))]);
  return [place(limits), place(norms)];
}

export const plane = (T) => axes({ left: 44, top: 20, width: 296, height: 196, x: [0, T], y: [LOW, HIGH], log: true });

export function names(sigma) {
  return [
    { curve: 0, words: tell("bound {sigma}", { sigma }), width: WIDTHS.bound, fill: "currentColor" },
    { curve: 1, words: tell("gradient"), width: WIDTHS.gradient, fill: "var(--h-text)" },
  ];
}

export { BOUNDS };

function drawing(frame, norms, limits) {
  const points = (values) => values.map((value, k) => [k, Math.max(value, 1e-300)]);
  const T = norms.length - 1;
  const sigma = symbol("σ", { sub: "max", sup: "k" });
  return [
    frame.grid({ x: [0, 10, 20, 30, 40, 50].filter((k) => k <= T), y: [1e-9, 1e-6, 1e-3, 1, 1e3, 1e6], names: [tell("lag {k}", { k: symbol("k") }), ""] }),
    text(46, 10, tell("length of {gradient}", { gradient: symbol("∂L/∂h", { sup: "(T−k)" }) }), { anchor: "start", size: 12 }),
    frame.clip(
      frame.line(points(limits), `stroke="currentColor" stroke-width="1.6" stroke-dasharray="7 4"`) +
        frame.line(points(norms), `stroke="var(--h)" stroke-width="2.4"`),
    ),
    write(names(sigma), curves(frame, norms, limits), BOUNDS),
  ].join("");
}

export function render(element, config) {
  const T = config.x.length;
  const radius = slider(tell("spectral radius <i>ρ</i>"), { min: 0.1, max: 2, step: 0.05, value: config.radius });
  const scale = slider(tell("size of the input"), { min: 0, max: 1, step: 0.05, value: config.input_scale });
  const [plot, said] = [picture(350, 256), sentence()];
  const frame = plane(T);
  mount(element, [radius.node, scale.node, plot.node, said], () => {
    const norms = gradientNorms(config, radius.value, scale.value);
    const sigma = radius.value * config.sigma;
    said.textContent = finding(norms, radius.value, sigma);
    plot.label(tell("Length of a gradient against the lag, on a logarithmic axis. {found}", { found: said.textContent }));
    plot.draw(drawing(frame, norms, bound(sigma, T)));
  });
}
