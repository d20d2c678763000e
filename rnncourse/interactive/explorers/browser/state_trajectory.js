// Two tanh units without input: the state is a point in the plane. Where does it go?

import { axes, fixed, handle, mount, picture, sentence, slider, symbol, text } from "./parts.js";
import { tell } from "./words.js";

// W_hh: a rotation, times rho. Both its eigenvalues have the absolute value rho.
export function recurrentWeights(rho, degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [rho * Math.cos(angle), rho * Math.sin(angle)];
  return [[c, -s], [s, c]]; // prettier-ignore
}

// h^(0), h^(1), ..., h^(T) with h^(t) = tanh(W_hh h^(t-1))
export function trajectory(W_hh, h0, T) {
  const path = [h0];
  for (let t = 1; t <= T; t++) {
    const [u, v] = path[t - 1];
    path.push(W_hh.map(([left, right]) => Math.tanh(left * u + right * v)));
  }
  return path;
}

const LONGEST = 24; // what takes longer to come back is called a loop

// Where the path ends: after many steps, the states of one round, or null where no round of a few steps closes.
export function settled(W_hh, h0) {
  const path = trajectory(W_hh, h0, 4000);
  const last = path[path.length - 1];
  for (let period = 1; period <= LONGEST; period++) {
    const before = path[path.length - 1 - period];
    if (Math.hypot(last[0] - before[0], last[1] - before[1]) < 1e-7) return path.slice(-period);
  }
  return null;
}

export function finding(path, rho, degrees, round) {
  const T = path.length - 1;
  const [before, after] = [path[0], path[T]].map((h) => fixed(Math.hypot(...h)));
  if (Math.hypot(...path[0]) === 0) return tell("At the origin the state stays, whatever ρ is. Move the start.");
  return tell(
    "Each step turns the state by {degrees}° and scales it by {rho}, then tanh acts. {end} " +
      "Distance from the origin: {before} at the start, {after} after {T} steps.",
    { degrees, rho: fixed(rho), end: end(rho, round), before, after, T },
  );
}

function end(rho, round) {
  if (rho < 1) return tell("It falls into the origin, and the start is forgotten.");
  if (rho === 1) return tell("The turn keeps lengths and tanh takes a little: it falls inwards, slower and slower.");
  if (round === null) return tell("It settles on a closed loop and runs round it for ever.");
  if (round.length > 1) return tell("It settles on a cycle of {count} states and goes round them for ever.", { count: round.length });
  return tell("It comes to rest at ({place}), a fixed point.", { place: round[0].map((entry) => fixed(entry)).join(", ") });
}

const ring = (frame, h) =>
  `<rect x="${frame.x(h[0]) - 6}" y="${frame.y(h[1]) - 6}" width="12" height="12" fill="none" stroke="var(--f)" stroke-width="2"/>`;

function drawing(frame, path, round) {
  const dots = path.slice(1).map(([u, v]) => `<circle cx="${frame.x(u)}" cy="${frame.y(v)}" r="2.6" fill="var(--h)"/>`);
  const numbers = [1, 2, 3].filter((t) => t < path.length && apart(path[t], path[t - 1]));
  return [
    frame.grid({ x: [-1, -0.5, 0, 0.5, 1], y: [-1, -0.5, 0, 0.5, 1], names: ["1", "2"].map((sub) => symbol("h", { sub })) }),
    frame.line(path, `stroke="var(--h)" stroke-width="1.3" stroke-opacity=".75"`),
    ...dots,
    ...numbers.map((t) => text(frame.x(path[t][0]) + 9, frame.y(path[t][1]) - 6, t, { fill: "var(--h-text)" })),
    text(frame.x(path[0][0]) + 3, frame.y(path[0][1]) + (path[0][1] < -0.8 ? -18 : 28), symbol("h", { sup: "(0)" }), { size: 14 }),
    ...(round ?? []).map((h) => ring(frame, h)),
  ].join("");
}

function apart(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]) > 0.12; // room for a number
}

export function render(element, config) {
  const rho = slider(tell("spectral radius <i>ρ</i>"), { min: 0, max: 2, step: 0.05, value: config.rho });
  const degree = (value) => `${fixed(value, 1)}°`;
  const angle = slider(tell("angle of the turn"), { min: 0, max: 180, step: 2.5, value: config.angle, format: degree });
  const plane = picture(350, 344, "group");
  plane.node.style.maxWidth = "26rem";
  const frame = axes({ left: 44, top: 8, width: 296, height: 296, x: [-1, 1], y: [-1, 1] });
  const say = ([u, v]) => tell("h1 is {u}, h2 is {v}", { u: fixed(u), v: fixed(v) });
  const start = handle(plane, { name: tell("initial state"), frame, step: 0.05, value: config.h0, say });
  const said = sentence();
  mount(element, [rho.node, angle.node, plane.node, said], () => {
    const W_hh = recurrentWeights(rho.value, angle.value);
    const path = trajectory(W_hh, start.value, config.T);
    const round = rho.value > 1 ? settled(W_hh, start.value) : null;
    said.textContent = finding(path, rho.value, angle.value, round);
    plane.label(tell("Path of a state in the plane. {found}", { found: said.textContent }));
    plane.draw(drawing(frame, path, round));
  });
}
