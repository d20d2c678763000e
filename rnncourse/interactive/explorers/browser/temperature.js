// What a temperature does: the next character's probabilities, and what a trained LSTM wrote with them.

import { fixed, mount, picture, sentence, slider, text } from "./parts.js";
import { cells, letters, shown } from "./letters.js";
import { tell } from "./words.js";

export function softmax(z, tau) {
  const largest = Math.max(...z);
  const e = z.map((logit) => Math.exp((logit - largest) / tau));
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
}

export function entropy(p) {
  return p.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0);
}

export function likeliest(z, count = 10) {
  return z.map((logit, k) => [logit, k]).sort((a, b) => b[0] - a[0]).slice(0, count).map(([, k]) => k); // prettier-ignore
}

export function finding({ alphabet, logits, prompt }, tau) {
  const p = softmax(logits, tau);
  const best = likeliest(logits)[0];
  return tell(
    "At temperature {tau} the likeliest character after “{prompt}” is “{character}”, with probability {p}; " +
      "the choice is worth {bits} bits.",
    { tau: fixed(tau, 1), prompt, character: shown([...alphabet][best]), p: fixed(p[best]), bits: fixed(entropy(p)) },
  );
}

const [COLUMNS, BASE, HIGH, PITCH] = [44, 96, 78, 33];
const GRID = { left: 4, top: 128, pitch: 7.7, line: 17, size: 12.4 };
const short = (character) => ({ " ": "␣", "\n": "↵", "<": "&lt;", "&": "&amp;" })[character] ?? character;

function bars({ alphabet, logits }, tau) {
  const p = softmax(logits, tau);
  const bar = (k, place) => {
    const [x, height] = [10 + PITCH * place, Math.max(0.5, HIGH * p[k])];
    return (
      `<rect x="${x}" y="${BASE - height}" width="24" height="${height}" fill="var(--h)"/>` +
      text(x + 12, BASE - height - 4, p[k] < 0.005 ? "0" : fixed(p[k]).slice(p[k] < 0.995 ? 1 : 0), { size: 10.5 }) +
      text(x + 12, BASE + 17, short([...alphabet][k]), { size: 14 })
    );
  };
  const base = `<path d="M6 ${BASE}H344" stroke="currentColor" stroke-opacity=".45" stroke-width=".8"/>`;
  return base + likeliest(logits).map(bar).join("");
}

export function render(element, config) {
  const { temperatures, samples, tau } = config;
  const look = { min: 0, max: temperatures.length - 1, step: 1, value: temperatures.indexOf(tau) };
  const heat = slider(tell("temperature <i>τ</i>"), { ...look, format: (k) => fixed(temperatures[k], 1) });
  const places = samples.map((sample) => cells(sample, COLUMNS));
  const rows = Math.max(...places.map((all) => all[all.length - 1][1])) + 1;
  const [page, said] = [picture(350, GRID.top + GRID.line * rows + 4), sentence()];
  mount(element, [heat.node, page.node, said], () => {
    said.textContent = finding(config, temperatures[heat.value]);
    const written = samples[heat.value];
    page.label(tell("Ten likeliest characters. Written at this temperature: {written} {found}", { written, found: said.textContent }));
    page.draw(bars(config, temperatures[heat.value]) + letters(written, places[heat.value], GRID));
  });
}
