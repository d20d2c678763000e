// Text of a character model inside a picture: every character in its own cell.

import { tell } from "./words.js";

const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "↵" };

export const shown = (character) => ({ " ": tell("space"), "\n": tell("end of line") })[character] ?? character;

// The place of each character, [column, row]: a new row after a line's end, and where a row is full.
export function cells(words, columns) {
  let [column, row] = [0, 0];
  return [...words].map((character) => {
    if (column === columns) [column, row] = [0, row + 1];
    const place = [column, row];
    [column, row] = character === "\n" ? [0, row + 1] : [column + 1, row];
    return place;
  });
}

// The words as SVG, one text for each row, one x for each character.
export function letters(words, places, { left, top, pitch, line, size }) {
  const rows = [];
  [...words].forEach((character, k) => {
    const [column, row] = places[k];
    (rows[row] ??= []).push([left + pitch * (column + 0.5), ESCAPED[character] ?? character]);
  });
  const write = (row, n) => {
    const at = row.map(([x]) => x.toFixed(1)).join(" ");
    const said = row.map(([, character]) => character).join("");
    return `<text xml:space="preserve" x="${at}" y="${top + line * n + 0.74 * line}" text-anchor="middle" font-family="monospace" font-size="${size}" fill="currentColor">${said}</text>`;
  };
  return rows.map(write).join("");
}
