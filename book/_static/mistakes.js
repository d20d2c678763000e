// Filter the list of mistakes by words, and open what an address points to. Without this script the page shows them all.
const words = JSON.parse(document.getElementById("book-words")?.textContent ?? "{}");
const say = (template, parts = {}) =>
  (words[template] ?? template).replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
const index = document.querySelector(".mistakes-index");
const entries = [...document.querySelectorAll("details.mistake:not(.places), dl.places li")];
const folded = [...document.querySelectorAll("details.places")];
const texts = entries.map((entry) => {
  const exercise = entry.closest("section")?.id ?? "";
  const place = entry.closest("dd")?.previousElementSibling?.textContent ?? "";
  return `${exercise} ${place} ${(entry.querySelector("summary") ?? entry).textContent}`.toLowerCase();
});

function filter(words, status) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  entries.forEach((entry, k) => {
    entry.hidden = !wanted.every((word) => texts[k].includes(word));
    found += !entry.hidden;
  });
  for (const row of document.querySelectorAll("dl.places > dd")) {
    row.hidden = row.previousElementSibling.hidden = !row.querySelector("li:not([hidden])");
  }
  for (const list of folded) {
    list.hidden = !list.querySelector("li:not([hidden])");
    list.open = wanted.length > 0 && !list.hidden;
  }
  status.textContent = wanted.length ? say("{found} of {all} mistakes", { found, all: entries.length }) : "";
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const box = target?.closest("details.mistake");
  if (box && !box.open) {
    box.open = true;
    target.scrollIntoView();
  }
}

if (index && entries.length) {
  const line = document.createElement("p");
  line.className = "mistakes-filter";
  line.innerHTML = `<label>${say("Show only mistakes with these words:")} <input type="search"></label> <span role="status"></span>`;
  index.before(line);
  const [input, status] = [line.querySelector("input"), line.querySelector("span")];
  input.addEventListener("input", () => filter(input.value, status));
  addEventListener("hashchange", openTarget);
  openTarget();
}
