// Show what Python answered: what was printed, the report of a check, or what stood in the way.
import { say } from "./say.mjs";

export function showWords(place, words) {
  const line = document.createElement("p");
  line.textContent = words;
  place.replaceChildren(line);
}

function preformatted(text, className) {
  const block = document.createElement("pre");
  block.className = className;
  block.tabIndex = 0;
  block.textContent = text;
  return block;
}

export function showAnswer(place, { printed, problem, html }) {
  place.replaceChildren();
  if (printed) place.append(preformatted(printed, "exercise-printed"));
  if (problem) place.append(preformatted(problem, "exercise-problem"));
  if (html) {
    const report = document.createElement("div");
    report.innerHTML = html; // the report of our own check, made in this browser: it escapes what is the learner's
    for (const link of report.querySelectorAll("a")) link.href = link.href.replace(/^.*\/book\//, ""); // this copy's page
    place.append(report);
  }
  if (!place.hasChildNodes()) showWords(place, say("It ran, and printed nothing."));
}
