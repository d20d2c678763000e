// Mark on each link to an exercise, and on each exercise, how far it is.
import { state } from "./storage.mjs";

const SIGNS = { done: "✓", "": "" };

function mark(link) {
  const found = state(link.dataset.exercise);
  link.dataset.state = found === "done" ? "done" : found ? "begun" : "";
  link.querySelector(".exercise-mark")?.remove();
  if (!found) return;
  const sign = document.createElement("span");
  sign.className = "exercise-mark";
  sign.textContent = ` ${SIGNS[found] ?? "○"}`;
  sign.title = found;
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = ` ${found}`;
  sign.ariaHidden = "true";
  link.append(sign);
  link.querySelector(".visually-hidden")?.remove();
  link.append(words);
}

export function showProgress() {
  for (const row of document.querySelectorAll(".exercise-progress p")) {
    const links = [...row.querySelectorAll("[data-exercise]")];
    links.forEach(mark);
    const count = row.querySelector(".exercise-count");
    if (count) count.textContent = `${links.filter((link) => link.dataset.state === "done").length} of ${links.length} done`;
  }
  for (const section of document.querySelectorAll("section.exercise")) {
    const found = state(section.dataset.name);
    section.querySelector(".exercise-state").textContent = found && `· ${found === "done" ? "✓ done" : found}`;
  }
}
