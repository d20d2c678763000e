// The error of a finite difference against its step: a V, of truncation on the right and rounding on the left.

import { axes, brief, choice, handle, mount, picture, power, sentence, slider, symbol, text } from "./parts.js";
import { tell } from "./words.js";

// + - * / and sqrt alone are rounded alike everywhere, so each reader sees the same noise to the last bit.
export const loss = (theta) => theta / Math.sqrt(1 + theta * theta);

// L', L'' and L''' of that loss
export function slopes(theta) {
  const q = 1 + theta * theta;
  const first = 1 / (q * Math.sqrt(q));
  const second = (-3 * theta * first) / q;
  return [first, second, (3 * (4 * theta * theta - 1) * first) / (q * q)];
}

export const quotient = {
  central: (theta, eps) => (loss(theta + eps) - loss(theta - eps)) / (2 * eps),
  "one-sided": (theta, eps) => (loss(theta + eps) - loss(theta)) / eps,
};

export function relativeError(kind, theta, eps) {
  const [first] = slopes(theta);
  return Math.abs(quotient[kind](theta, eps) - first) / Math.abs(first);
}

// What theory expects of each error, relative to L': the next term of the series, and one rounding of the loss.
export function expected(kind, theta, eps) {
  const [first, second, third] = slopes(theta).map(Math.abs);
  const truncation = kind === "central" ? ((eps * eps) / 6) * third : (eps / 2) * second;
  return { truncation: truncation / first, rounding: (2 ** -53 * Math.abs(loss(theta))) / eps / first };
}

// Five steps a decade, from 10^-12 to 10^-1; written as a decimal, each has one value only.
export const exponents = Array.from({ length: 56 }, (_, n) => (n - 60) / 5);

function decimal(exponent) {
  const n = Math.round(5 * exponent);
  const decade = Math.floor(n / 5);
  return [[1, 1.6, 2.5, 4, 6.3][n - 5 * decade], decade];
}

export const epsilon = (exponent) => Number(decimal(exponent).join("e"));

function written(exponent) {
  const [digits, decade] = decimal(exponent);
  return `${digits === 1 ? "" : `${digits}\u00A0×\u00A0`}${power(decade)}`;
}

const THETA = 1;
const FLOOR = 1e-13; // a lucky step has no error at all: it is drawn at the bottom

const shown = { central: () => tell("central"), "one-sided": () => tell("one-sided") };

export function finding(kind, exponent) {
  const eps = epsilon(exponent);
  const error = relativeError(kind, THETA, eps);
  const { truncation, rounding } = expected(kind, THETA, eps);
  const digits = Math.max(0, Math.floor(-Math.log10(Math.max(error, 1e-16))));
  const rules =
    truncation > 10 * rounding
      ? tell("Truncation rules: a smaller ε is better.")
      : rounding > 10 * truncation
        ? tell("Rounding rules: a larger ε is better.")
        : tell("Truncation and rounding are about equal: this is close to the best ε.");
  const parts = { eps: written(exponent), kind: shown[kind](), error: brief(error), digits, rules };
  return digits === 1
    ? tell("With ε = {eps} the {kind} difference is off by {error} of the slope: about 1 digit is right. {rules}", parts)
    : tell("With ε = {eps} the {kind} difference is off by {error} of the slope: about {digits} digits are right. {rules}", parts);
}

const frame = axes({ left: 56, top: 10, width: 284, height: 170, x: [-12, -1], y: [FLOOR, 1], log: true });
const styles = {
  central: { symbol: "h", dash: "none", place: [-2.9, 12, "start"] },
  "one-sided": { symbol: "f", dash: "5 3", place: [-4, -8, "end"] },
};
const height = (kind, x) => Math.min(1, Math.max(FLOOR, relativeError(kind, THETA, epsilon(x))));

function curve(kind) {
  const { symbol, dash, place: [x, shift, anchor] } = styles[kind]; // prettier-ignore
  const style = `stroke="var(--${symbol})" stroke-width="2.2" stroke-dasharray="${dash}"`;
  const points = exponents.map((x) => [x, height(kind, x)]);
  const name = { anchor, size: 13, fill: `var(--${symbol}-text)` };
  return frame.line(points, style) + text(frame.x(x), frame.y(height(kind, x)) + shift, shown[kind](), name);
}

// the two errors that theory expects, straight lines on these axes
function theory(kind) {
  const style = `stroke="currentColor" stroke-width="1.2" stroke-dasharray="1.5 3"`;
  const drawn = ["truncation", "rounding"].map((name) => {
    const points = exponents.map((x) => [x, expected(kind, THETA, epsilon(x))[name]]);
    return frame.line(points.filter(([, error]) => error >= FLOOR && error <= 1), style);
  });
  const left = text(frame.x(-11.8), 22, tell("← rounding"), { anchor: "start" });
  return drawn.join("") + left + text(frame.x(-1.2), 22, tell("truncation →"), { anchor: "end" });
}

export function render(element, config) {
  const start = Math.round(5 * Math.log10(config.eps)) / 5;
  const kind = choice(tell("difference"), Object.keys(styles).map((name) => [name, shown[name]()]), config.kind);
  const step = slider(tell("step <i>ε</i>"), { min: -12, max: -1, step: 0.2, value: start, format: written });
  const [plot, said] = [picture(350, 222, "group"), sentence()];
  const point = handle(plot, {
    ...{ name: tell("step epsilon"), frame, step: 0.2, value: [start, 1], radius: 7, fill: "currentColor", vertical: false },
    say: ([x]) => tell("epsilon {eps}", { eps: written(x) }),
  });
  const names = [tell("step {eps}", { eps: symbol("ε") }), tell("relative error")];
  const grid = frame.grid({ x: [-12, -9, -6, -3], showX: power, y: [1e-12, 1e-9, 1e-6, 1e-3, 1], names });
  mount(element, [kind.node, step.node, plot.node, said], (event) => {
    if (event?.target === point.node) step.value = point.value[0];
    point.place([step.value, height(kind.value, step.value)]);
    said.textContent = finding(kind.value, step.value);
    plot.label(tell("Relative error of both differences against the step: two V's. {found}", { found: said.textContent }));
    plot.draw(grid + theory(kind.value) + curve("one-sided") + curve("central"));
  });
}
