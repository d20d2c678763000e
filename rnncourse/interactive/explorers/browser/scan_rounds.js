// A scan in rounds: which steps every step has taken in, and what it knows of its state so far.

import { fixed, mount, picture, sentence, slider, text } from "./parts.js";
import { tell } from "./words.js";

export function roundsFor(T) {
  return Math.ceil(Math.log2(T));
}

// h^(t) = a^(t) h^(t-1) + b^(t) after some rounds: step t has joined itself with the `reach` - 1 steps before it
export function scan({ a, b, count }) {
  let [A, B, reach] = [[...a], [...b], 1];
  for (let round = 0; round < count && reach < a.length; round++) {
    const join = (t) => t - reach; // the step that ends where step t begins
    const next = B.map((b_t, t) => (join(t) < 0 ? b_t : A[t] * B[join(t)] + b_t));
    A = A.map((a_t, t) => (join(t) < 0 ? a_t : A[t] * A[join(t)]));
    [B, reach] = [next, 2 * reach];
  }
  return { A, B, reach: Math.min(reach, a.length) };
}

export function finding(T, count, { B, reach }) {
  const parts = { T, reach, state: fixed(B[T - 1]), chain: Math.min(count + 1, T), rounds: rounds(reach < T ? count : roundsFor(T)) };
  parts.last =
    reach === 1
      ? tell("step {T} has taken in itself alone, and makes its state {state}", parts)
      : tell("step {T} has taken in {reach} steps, and makes its state {state}", parts);
  return reach < T
    ? tell("After {rounds}: {last}. {reach} of {T} states are finished; a chain has finished {chain}.", parts)
    : tell("After {rounds} all is done: {last}. A chain goes through {T} steps, one after the other.", parts);
}

function rounds(count) {
  return count === 1 ? tell("1 round") : tell("{count} rounds", { count });
}

const [LEFT, TOP, PITCH] = [44, 26, 15];

function row(t, T, count, known) {
  const [y, before] = [TOP + PITCH * t, Math.ceil(known.reach / 2)];
  const cells = Array.from({ length: t + 1 }, (_, s) => {
    const [x, distance] = [LEFT + PITCH * s, t - s];
    const taken = distance < known.reach;
    const fresh = taken && count > 0 && distance >= before;
    const fill = taken ? `fill="var(--h)" fill-opacity="${fresh ? 0.35 : 0.75}"` : 'fill="none"';
    return `<rect x="${x}" y="${y}" width="${PITCH - 2}" height="${PITCH - 2}" ${fill} stroke="currentColor" stroke-opacity=".35"/>`;
  });
  const done = known.reach > t;
  const value = text(LEFT + PITCH * T + 32, y + 11, `${fixed(known.B[t])}${done ? " ✓" : ""}`, { size: 11 });
  return `${text(LEFT - 16, y + 11, t + 1, { size: 11 })}${cells.join("")}${value}`;
}

export function render(element, config) {
  const kept = slider(tell("share kept <i>a</i>"), { min: 0, max: 1, step: 0.05, value: config.a });
  const steps = slider(tell("steps <i>T</i>"), { min: 2, max: 16, step: 1, value: config.T });
  const round = slider(tell("rounds"), { min: 0, max: 4, step: 1, value: config.round });
  const [grid, said] = [picture(350, TOP + 16 * PITCH + 6), sentence()];
  mount(element, [kept.node, steps.node, round.node, grid.node, said], () => {
    const [T, count] = [steps.value, Math.min(round.value, roundsFor(steps.value))];
    const known = scan({ a: Array(T).fill(kept.value), b: config.b.slice(0, T), count });
    said.textContent = finding(T, count, known);
    grid.label(tell("Each row is a step, each filled square a step that it has taken in. {found}", { found: said.textContent }));
    const heads = text(LEFT - 16, 14, tell("step"), { size: 11 }) + text(LEFT + PITCH * T + 32, 14, tell("state"), { size: 11 });
    grid.draw(heads + known.B.map((_, t) => row(t, T, count, known)).join(""));
  });
}
