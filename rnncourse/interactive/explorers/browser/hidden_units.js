// A text, coloured by one hidden unit of a trained LSTM: blue where it is positive, orange and underlined where negative.

import { fixed, mount, picture, sentence, slider } from "./parts.js";
import { cells, letters, shown } from "./letters.js";
import { sentences, tell } from "./words.js";

const COLUMNS = 48;
const GRID = { left: 4, top: 4, pitch: 7.12, line: 16, size: 11.4 };

const features = {
  "in a word": () => tell("in a word"),
  'between " and "': () => tell("between \" and \""),
  "at a space": () => tell("at a space"),
  "in an indented line": () => tell("in an indented line"),
  "how far along the line": () => tell("how far along the line"),
  "between ( and )": () => tell("between ( and )"),
};
const short = { "how far along the line": () => tell("place in the line") };

export function finding({ unit, feature, correlation, h }, place, text) {
  const parts = { unit, feature: features[feature]?.() ?? feature, correlation: fixed(correlation) };
  const best = tell("Unit {unit} goes best with “{feature}”: correlation {correlation} over the held-out text.", parts);
  const weak = Math.abs(correlation) >= 0.4 ? "" : tell("That is weak: none of the 128 does it well.");
  const here = { place: place + 1, character: shown(text[place]), h: fixed(h[place] / 100) };
  return sentences(best, weak, tell("At character {place}, “{character}”, it says {h}.", here));
}

function cell([column, row], value) {
  const [x, y] = [GRID.left + GRID.pitch * column, GRID.top + GRID.line * row];
  if (Math.abs(value) < 5) return "";
  const opacity = (0.55 * Math.min(1, Math.abs(value) / 100)).toFixed(2);
  const below = value < 0 ? `<path d="M${(x + 1).toFixed(1)} ${y + 14.6}h5.1" stroke="var(--f)" stroke-width="1.3"/>` : "";
  return `<rect x="${x.toFixed(2)}" y="${y}" width="${GRID.pitch}" height="${GRID.line - 2}" fill="var(--${value < 0 ? "f" : "h"})" fill-opacity="${opacity}"/>${below}`;
}

export function render(element, { text, units, unit }) {
  const which = slider(tell("unit for"), {
    ...{ min: 0, max: units.length - 1, step: 1, value: unit },
    format: (k) => (short[units[k].feature] ?? features[units[k].feature])?.() ?? units[k].feature,
  }); // prettier-ignore
  const at = slider(tell("character"), { min: 0, max: text.length - 1, step: 1, value: 60, format: (k) => String(k + 1) });
  const places = cells(text, COLUMNS);
  const [page, said] = [picture(350, 8 + GRID.line * (places[places.length - 1][1] + 1)), sentence()];
  const words = letters(text, places, GRID);
  mount(element, [which.node, at.node, page.node, said], () => {
    const shownUnit = units[which.value];
    said.textContent = finding(shownUnit, at.value, text);
    page.label(tell("A text of {count} characters, coloured by a unit. {found}", { count: text.length, found: said.textContent }));
    const [x, y] = [GRID.left + GRID.pitch * places[at.value][0], GRID.top + GRID.line * places[at.value][1]];
    const ring = `<rect x="${x - 1.5}" y="${y - 1.5}" width="${GRID.pitch + 3}" height="${GRID.line + 1}" rx="2" fill="none" stroke="currentColor" stroke-width="1.6"/>`;
    page.draw(places.map((place, k) => cell(place, shownUnit.h[k])).join("") + words + ring);
  });
}
