// A scalar RNN, unrolled: one pulse goes in at step 1, and the states show how long it is remembered.

import { arrow, fixed, mount, picture, sentence, slider, symbol, text } from "./parts.js";
import { sentences, tell } from "./words.js";

// h^(t) = tanh(w_xh x^(t) + w_hh h^(t-1) + b_h)
export function states({ w_xh, w_hh, b_h, h0, x }) {
  let h_prev = h0;
  return x.map((x_t) => (h_prev = Math.tanh(w_xh * x_t + w_hh * h_prev + b_h)));
}

export function finding(h, w_hh) {
  const [first, last] = [h[0], h[h.length - 1]];
  if (h.length === 1) return tell("One step: h(1) is {h}. Add steps to see whether it is remembered.", { h: fixed(first) });
  const share = Math.round(100 * Math.abs(last / first));
  const turns = w_hh < 0 ? tell("Its sign turns at each step.") : "";
  const left = tell("At step {T}, {share} % of the pulse is left: h({T}) is {h}.", { T: h.length, share, h: fixed(last) });
  return sentences(left, turns);
}

const PITCH = 43;
const MIDDLE = 78;
const REACH = 34; // half the height of a box: h = 1

function column(h_t, x_t, t) {
  const c = 24 + PITCH * t;
  const height = Math.abs(h_t) * REACH;
  const top = h_t >= 0 ? MIDDLE - height : MIDDLE;
  return `
    <rect x="${c - 14}" y="${top}" width="28" height="${height}" fill="var(--h)" fill-opacity=".55"/>
    <path d="M${c - 14} ${MIDDLE} h28" stroke="currentColor" stroke-opacity=".5" stroke-width=".8"/>
    <rect x="${c - 14}" y="${MIDDLE - REACH}" width="28" height="${2 * REACH}" rx="5" fill="none" stroke="var(--h)" stroke-width="1.6"/>
    ${t ? arrow([c - 28, MIDDLE], [c - 16, MIDDLE], { width: 1.2, head: 4 }) : ""}
    ${text(c, 34, fixed(h_t), { size: 12 })}
    ${text(c, 16, symbol("h", { sup: `(${t + 1})` }), { size: 13, fill: "var(--h-text)" })}
    ${arrow([c, 136], [c, 120], { width: 1.2, head: 4 })}
    ${text(c, 152, x_t, { size: 13, fill: "var(--x-text)" })}`;
}

export function render(element, config) {
  const weight = slider(tell("weight <i>w</i><sub>hh</sub>"), { min: -1.5, max: 1.5, step: 0.05, value: config.w_hh });
  const steps = slider(tell("steps <i>T</i>"), { min: 1, max: 8, step: 1, value: config.T });
  const [chain, said] = [picture(350, 160), sentence()];
  mount(element, [weight.node, steps.node, chain.node, said], () => {
    const [w_hh, T] = [weight.value, steps.value];
    const x = Array.from({ length: T }, (_, t) => (t === 0 ? 1 : 0));
    const h = states({ ...config, w_hh, h0: 0, x });
    said.textContent = finding(h, w_hh);
    chain.label(tell("{T} unrolled states. {found}", { T, found: said.textContent }));
    chain.draw(h.map((h_t, t) => column(h_t, x[t], t)).join(""));
  });
}
