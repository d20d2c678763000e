// Where a curve's name may stand: beside its curve, inside the frame, on no curve and on no other name.

import { text } from "./plot.js";

const GAP = 5;

// Whether the stretch from (x1, y1) to (x2, y2) touches the box, by looking at every pixel of it.
function touches(box, [x1, y1], [x2, y2]) {
  const steps = Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1), 1));
  return Array.from({ length: steps + 1 }, (_, n) => n / steps).some((part) => {
    const [x, y] = [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
    return x > box.left - 2 && x < box.right + 2 && y > box.top - 2 && y < box.bottom + 2;
  });
}

const apart = (one, other) =>
  one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;

// The boxes in which a name of this size can stand beside a point.
function* around([x, y], width, size) {
  for (const [left, top] of [[x + GAP, y - GAP - size], [x - GAP - width, y - GAP - size], [x + GAP, y + GAP], [x - GAP - width, y + GAP]]) {
    yield { left, top, right: left + width, bottom: top + size };
  }
}

// Places one name after the other. Curves are lists of points of the picture, names [{ curve, words, width, fill }],
// bounds the box that no name leaves. Returns a box for each name: the first that is free, from the curve's end back.
export function place(names, curves, bounds, size = 12) {
  const boxes = [];
  const inside = (box) =>
    box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
  for (const { curve, width } of names) {
    const points = curves[curve].filter(([, y]) => y >= bounds.top && y <= bounds.bottom).reverse();
    const free = (box) =>
      inside(box) &&
      boxes.every((other) => apart(box, other)) &&
      curves.every((points) => points.every((point, k) => k === 0 || !touches(box, points[k - 1], point)));
    const candidates = points.flatMap((point) => [...around(point, width, size)]);
    boxes.push(candidates.find(free) ?? candidates[0] ?? { left: bounds.left, top: bounds.top, right: 0, bottom: size });
  }
  return boxes;
}

export function write(names, curves, bounds, size = 12) {
  const boxes = place(names, curves, bounds, size);
  const say = ({ words, fill }, { left, bottom }) => text(left, bottom - 2, words, { anchor: "start", fill, size });
  return names.map((name, k) => say(name, boxes[k])).join("");
}
