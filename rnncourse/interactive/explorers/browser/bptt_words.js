// What the BPTT stepper draws and says about the lines that are done.

import { arrow, fixed, symbol, text } from "./parts.js";
import { tell } from "./words.js";

const minus = (value, digits) => fixed(value, digits).replace("-", "−");
const factor = (value, digits = 4) => (fixed(value, digits).startsWith("-") ? `(${minus(value, digits)})` : minus(value, digits));

// -- The picture

const centre = (t) => 26 + 70 * t;
const [TOP, BOTTOM, HALF] = [76, 134, 24];
const OWN = "2 3"; // dotted: the way through the output
const FUTURE = "6 3"; // dashed: the way through the next state

export function drawing({ x }, { h, losses }, done) {
  const now = done.at(-1);
  const boxes = h.map((h_t, t) => box(t, h_t, done, now));
  const ins = x.map((x_t, i) => input(i + 1, x_t));
  const outs = losses.map((loss, i) => output(i + 1, loss, done, now));
  return [...boxes, ...ins, ...outs, ...h.slice(1).map((_, i) => link(i + 1, done, now))].join("");
}

const found = (done, kind, t) => done.find((line) => line.kind === kind && line.t === t);

function box(t, h_t, done, now) {
  const c = centre(t);
  const gradient = t === 0 ? found(done, "initial", 0) : found(done, "delta", t);
  const [width, opacity] = now && now.t === t ? [3, 0.14] : [1.4, 0];
  const name = t === 0 ? "∂" : symbol("δ");
  return `
    <rect x="${c - HALF}" y="${TOP}" width="${2 * HALF}" height="${BOTTOM - TOP}" rx="6" fill="var(--h)"
      fill-opacity="${opacity}" stroke="var(--h)" stroke-width="${width}"/>
    ${text(c, TOP + 17, symbol("h", { sup: `(${t})` }), { size: 13, fill: "var(--h-text)" })}
    ${text(c, TOP + 32, minus(h_t, 2), { fill: "var(--h-text)" })}
    ${gradient ? text(c, TOP + 49, `${name} <tspan font-weight="700">${minus(gradient.value, 2)}</tspan>`, { size: 10.5 }) : ""}`;
}

function input(t, x_t) {
  const c = centre(t);
  return arrow([c, BOTTOM + 28], [c, BOTTOM + 4], { width: 1, head: 4 }) + text(c, BOTTOM + 42, `${symbol("x")} = ${minus(x_t, 1)}`, { fill: "var(--x-text)" });
}

function output(t, loss, done, now) {
  const c = centre(t);
  const line = found(done, "output", t);
  const bold = now === line ? 3 : 1.8;
  return `
    ${text(c, 14, `${symbol("ℓ")} = ${minus(loss, 2)}`)}
    ${arrow([c - 7, TOP - 4], [c - 7, 24], { width: 1, head: 4 })}
    ${line ? arrow([c + 7, 22], [c + 7, TOP - 5], { width: bold, dash: OWN }) + text(c + 14, 52, minus(line.value, 2), { anchor: "start" }) : ""}`;
}

// Between h^(t-1) and h^(t): forwards above, and what comes back below.
function link(t, done, now) {
  const [left, right] = [centre(t - 1) + HALF, centre(t) - HALF];
  const forwards = arrow([left + 2, TOP + 12], [right - 3, TOP + 12], { width: 1, head: 4 });
  const line = t === 1 ? found(done, "initial", 0) : found(done, "sum", t - 1);
  if (!line) return forwards;
  const value = t === 1 ? line.value : line.future;
  const back = arrow([right - 2, TOP + 45], [left + 3, TOP + 45], { stroke: "var(--h)", width: now === line ? 3 : 1.8, dash: FUTURE });
  return forwards + back + text((left + right) / 2, BOTTOM + 14, minus(value, 2), { fill: "var(--h-text)" });
}

// -- The words

export function finding({ loss }, done) {
  const line = done.at(-1);
  if (!line) {
    return tell("The forward pass is done, the loss is {loss}. Press Step for the first line of the way back.", { loss: minus(loss, 4) });
  }
  return SAID[line.kind](line);
}

const SAID = {
  output: ({ t, y_hat, y, value }) =>
    tell(
      "Step {t}, through its own output (dotted arrow): the prediction is {y_hat}, the target {y}. {value} comes back.",
      { t, y_hat: minus(y_hat, 2), y: minus(y, 1), value: minus(value, 4) },
    ),
  sum: ({ t, own, future, last, value }) => {
    const parts = { t, own: minus(own, 4), future: minus(future, 4), value: minus(value, 4) };
    if (last) return tell("Step {t} is the last: nothing comes back from later, so the sum is the output's part alone, {value}.", parts);
    return own * future < 0
      ? tell("Step {t}: two arrows arrive, {own} through its output and {future} through the next state (dashed). They work against each other: the sum is {value}.", parts)
      : tell("Step {t}: two arrows arrive, {own} through its output and {future} through the next state (dashed). They pull the same way: the sum is {value}.", parts);
  },
  delta: ({ t, h, value }) => {
    const parts = { t, slope: minus(1 - h * h, 2), value: minus(value, 4) };
    return 1 - h * h < 0.25
      ? tell("Step {t}: back through tanh. Its slope here is {slope}, it is saturated. Delta is {value}.", parts)
      : tell("Step {t}: back through tanh. Its slope here is {slope}. Delta is {value}.", parts);
  },
  share: ({ t, so_far }) =>
    tell("Step {t} adds its share to all three sums. The gradient of the recurrent weight stands at {sum}.", { t, sum: minus(so_far.W_hh, 4) }),
  initial: ({ value, so_far }) =>
    tell(
      "One arrow is left, into the initial state: {value}. Done: the gradient of the recurrent weight is {sum}, a sum of one share per step.",
      { value: minus(value, 4), sum: minus(so_far.W_hh, 4) },
    ),
};

const at = (t) => `<sup>(${t})</sup>`;
const W = (index) => `<i>W</i><sub>${index}</sub>`;
const d = (what) => `∂<i>L</i>/∂${what}`;
const delta = (index, t) => `<i>δ</i><sub>${index}</sub>${at(t)}`;

export function equation({ loss }, line) {
  if (!line) return `<div><i>L</i> = Σ (<i>ŷ</i>${at("t")} − <i>y</i>${at("t")})²</div><div>= ${minus(loss, 4)}</div>`;
  const [names, numbers] = WRITTEN[line.kind](line);
  return `<div>${names}</div><div>= ${numbers}</div>`;
}

const WRITTEN = {
  output: ({ t, y_hat, y, W_hy, value }) => [
    `${W("hy")} ${delta("y", t)} = ${W("hy")} · 2 (<i>ŷ</i>${at(t)} − <i>y</i>${at(t)})`,
    `${factor(W_hy, 1)} · 2 (${minus(y_hat, 4)} − ${factor(y, 1)}) = <b>${minus(value, 4)}</b>`,
  ],
  sum: ({ t, own, W_hh, delta_next, value }) => [
    `${d(`<i>h</i>${at(t)}`)} = ${W("hy")} ${delta("y", t)} + ${W("hh")} ${delta("h", t + 1)}`,
    `${minus(own, 4)} + ${factor(W_hh, 1)} · ${factor(delta_next)} = <b>${minus(value, 4)}</b>`,
  ],
  delta: ({ t, dh, h, value }) => [
    `${delta("h", t)} = ${d(`<i>h</i>${at(t)}`)} · (1 − (<i>h</i>${at(t)})²)`,
    `${minus(dh, 4)} · (1 − ${factor(h)}²) = <b>${minus(value, 4)}</b>`,
  ],
  share: ({ t, delta: delta_h, h_prev, shares }) => [
    tell("{share}, and the same with {x} and 1", {
      share: `${d(W("hh"))} ← ${delta("h", t)} <i>h</i>${at(t - 1)}`,
      x: `<i>x</i>${at(t)}`,
    }),
    tell("{product}, added below", { product: `${minus(delta_h, 4)} · ${factor(h_prev)} = <b>${minus(shares.W_hh, 4)}</b>` }),
  ],
  initial: ({ W_hh, delta_next, value }) => [
    `${d(`<i>h</i>${at(0)}`)} = ${W("hh")} ${delta("h", 1)}`,
    `${factor(W_hh, 1)} · ${factor(delta_next)} = <b>${minus(value, 4)}</b>`,
  ],
};

// The shares of the steps in the order in which they come, and their sums so far.
export function table(T, done) {
  const steps = Array.from({ length: T }, (_, i) => T - i);
  const cell = (share, name) => `<td>${share ? minus(share.shares[name], 3) : ""}</td>`;
  const row = (name, label) => {
    const shares = steps.map((t) => found(done, "share", t));
    const sum = shares.reduce((sum, share) => sum + (share ? share.shares[name] : 0), 0);
    return `<tr><th scope="row">${d(label)}</th>${shares.map((share) => cell(share, name)).join("")}<td><b>${minus(sum, 3)}</b></td></tr>`;
  };
  const head = steps.map((t) => `<th scope="col"><i>t</i> = ${t}</th>`).join("");
  const rows = [row("W_xh", W("xh")), row("W_hh", W("hh")), row("b_h", "<i>b</i><sub>h</sub>")];
  return `<table><thead><tr><td></td>${head}<th scope="col">${tell("sum")}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
