// A scalar RNN, unrolled: one pulse goes in at step 1, and the states show how long it is remembered.

// h^(t) = tanh(w_xh x^(t) + w_hh h^(t-1) + b_h)
export function states({ w_xh, w_hh, b_h, h0, x }) {
  let h_prev = h0;
  return x.map((x_t) => (h_prev = Math.tanh(w_xh * x_t + w_hh * h_prev + b_h)));
}

export function sentence(h, w_hh) {
  const [first, last] = [h[0], h[h.length - 1]];
  if (h.length === 1) return `One step: h(1) is ${first.toFixed(2)}. Add steps to see whether it is remembered.`;
  const share = Math.round(100 * Math.abs(last / first));
  const turns = w_hh < 0 ? " Its sign turns at each step." : "";
  return `At step ${h.length}, ${share} % of the pulse is left: h(${h.length}) is ${last.toFixed(2)}.${turns}`;
}

const PITCH = 43;
const MIDDLE = 78;
const REACH = 34; // half the height of a box: h = 1

function column(h_t, x_t, t) {
  const c = 24 + PITCH * t;
  const height = Math.abs(h_t) * REACH;
  const top = h_t >= 0 ? MIDDLE - height : MIDDLE;
  const sup = `<tspan dy="-5" font-size="9" font-style="normal">(${t + 1})</tspan>`;
  const arrow = t === 0 ? "" : `<path d="M${c - 27} ${MIDDLE} h9 m-4 -4 l4 4 l-4 4" stroke="currentColor" fill="none"/>`;
  return `
    <rect x="${c - 14}" y="${top}" width="28" height="${height}" fill="var(--h)" fill-opacity=".55"/>
    <path d="M${c - 14} ${MIDDLE} h28" stroke="currentColor" stroke-opacity=".5" stroke-width=".8"/>
    <rect x="${c - 14}" y="${MIDDLE - REACH}" width="28" height="${2 * REACH}" rx="5" fill="none" stroke="var(--h)" stroke-width="1.6"/>
    ${arrow}
    <text x="${c}" y="34" text-anchor="middle" font-size="12" fill="currentColor">${h_t.toFixed(2)}</text>
    <text x="${c}" y="16" text-anchor="middle" font-size="13" font-style="italic" font-family="serif" fill="var(--h-text)">h${sup}</text>
    <path d="M${c} 136 v-16 m-4 5 l4 -5 l4 5" stroke="currentColor" fill="none"/>
    <text x="${c}" y="152" text-anchor="middle" font-size="13" fill="var(--x-text)">${x_t}</text>`;
}

function slider(text, { min, max, step, value }) {
  const label = document.createElement("label");
  label.innerHTML = `<span>${text}</span><input type="range" min="${min}" max="${max}" step="${step}"><output></output>`;
  const input = label.querySelector("input");
  input.value = value;
  return { label, input, output: label.querySelector("output") };
}

export function render(element, config) {
  const weight = slider("weight <i>w</i><sub>hh</sub>", { min: -1.5, max: 1.5, step: 0.05, value: config.w_hh });
  const steps = slider("steps <i>T</i>", { min: 1, max: 8, step: 1, value: config.T });
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 350 160");
  svg.setAttribute("role", "img");
  const said = document.createElement("p");
  said.setAttribute("aria-live", "polite");
  element.replaceChildren(weight.label, steps.label, svg, said);

  const update = () => {
    const [w_hh, T] = [Number(weight.input.value), Number(steps.input.value)];
    const x = Array.from({ length: T }, (_, t) => (t === 0 ? 1 : 0));
    const h = states({ ...config, w_hh, h0: 0, x });
    weight.output.textContent = w_hh.toFixed(2);
    steps.output.textContent = String(T);
    said.textContent = sentence(h, w_hh);
    svg.setAttribute("aria-label", `${T} unrolled states. ${said.textContent}`);
    svg.innerHTML = h.map((h_t, t) => column(h_t, x[t], t)).join("");
  };
  weight.input.addEventListener("input", update);
  steps.input.addEventListener("input", update);
  update();
}
