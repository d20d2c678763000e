// Numbers, pictures and what is drawn in them: the part of parts.js that needs no control.

const SVG = "http://www.w3.org/2000/svg";

// -- Numbers

export function fixed(value, digits = 2) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text; // no "-0.00"
}

export function power(exponent) {
  return `10${[...String(exponent)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")}`;
}

// Two digits where they say enough, else a power of ten: 0.31, 12, 3.1 × 10⁻⁷
export function brief(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size === 0 || (size >= 0.01 && size < 1e4)) return fixed(value, size >= 100 ? 0 : 2);
  const [digits, exponent] = value.toExponential(1).split("e");
  return `${digits}\u00A0×\u00A0${power(Number(exponent))}`;
}

// -- Pictures

export function picture(width, height, role = "img") {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("viewBox", `0 0 ${width} ${height}`);
  node.setAttribute("role", role);
  const drawing = node.appendChild(document.createElementNS(SVG, "g")); // handles stand after it, and keep their focus
  return {
    node,
    draw: (markup) => (drawing.innerHTML = markup),
    label: (text) => node.setAttribute("aria-label", text),
  };
}

// Scales from numbers to places in a picture, and what is drawn with them.
export function axes({ left, top, width, height, x: rangeX, y: rangeY, log = false }) {
  const bend = log ? Math.log10 : (value) => value;
  const unbend = log ? (value) => 10 ** value : (value) => value;
  const [low, high] = rangeY.map(bend);
  const x = (value) => left + ((value - rangeX[0]) / (rangeX[1] - rangeX[0])) * width;
  const y = (value) => top + height - ((bend(value) - low) / (high - low)) * height;
  const invert = {
    x: (place) => rangeX[0] + ((place - left) / width) * (rangeX[1] - rangeX[0]),
    y: (place) => unbend(low + ((top + height - place) / height) * (high - low)),
  };
  const path = (points) => points.map(([u, v], i) => `${i ? "L" : "M"}${x(u).toFixed(2)} ${y(v).toFixed(2)}`).join("");
  const line = (points, style) => `<path d="${path(points)}" fill="none" stroke-linejoin="round" ${style}/>`;
  const grid = ({ x: ticksX = [], y: ticksY = [], names = ["", ""], show = log ? (v) => power(Math.round(Math.log10(v))) : String, showX = String }) => {
    const rule = `stroke="currentColor" stroke-opacity=".18" stroke-width="1"`;
    const bottom = top + height;
    return [
      `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" ${rule}/>`,
      ...ticksX.map((tick) => `<path d="M${x(tick)} ${top}V${bottom}" ${rule}/>` + text(x(tick), bottom + 14, showX(tick))),
      ...ticksY.map((tick) => `<path d="M${left} ${y(tick)}h${width}" ${rule}/>` + text(left - 6, y(tick) + 4, show(tick), { anchor: "end" })),
      text(left + width / 2, bottom + 31, names[0], { size: 13 }),
      names[1] && `<g transform="translate(12 ${top + height / 2}) rotate(-90)">${text(0, 0, names[1], { size: 13 })}</g>`,
    ].join("");
  };
  // What leaves the frame is cut off there.
  const clip = (markup) => {
    const box = `width="${width}" height="${height}"`;
    return `<svg x="${left}" y="${top}" ${box} viewBox="${left} ${top} ${width} ${height}">${markup}</svg>`;
  };
  return { x, y, invert, range: { x: rangeX, y: rangeY }, line, grid, clip };
}

export function text(x, y, words, { anchor = "middle", size = 11.5, fill = "currentColor" } = {}) {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" fill="${fill}">${words}</text>`;
}

// A letter of the notes inside an SVG text: symbol("W", { sub: "hh", sup: "(t)" })
export function symbol(letter, { sub = "", sup = "" } = {}) {
  const raise = (words, dy) => words && `<tspan dy="${dy}" font-size="72%">${words}</tspan><tspan dy="${-dy}">\u200b</tspan>`;
  return `<tspan font-style="italic" font-family="serif">${letter}</tspan>${raise(sub, 4)}${raise(sup, -5)}`;
}

export function arrow([x1, y1], [x2, y2], { stroke = "currentColor", width = 1.5, dash = "", head = 5 } = {}) {
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const style = `fill="none" stroke="${stroke}" stroke-width="${width}"`;
  return `<path d="M${x1} ${y1}L${x2} ${y2}" ${style} stroke-dasharray="${dash || "none"}"/>
    <path d="M${-head} ${-head}L0 0L${-head} ${head}" transform="translate(${x2} ${y2}) rotate(${angle.toFixed(1)})" ${style}/>`;
}
