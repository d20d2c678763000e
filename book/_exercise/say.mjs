// Say something in the language of the page: it holds the translations, by the English template, where it is not English.
const words = JSON.parse(document.getElementById("book-words")?.textContent ?? "{}");

export function say(template, parts = {}) {
  return (words[template] ?? template).replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

// The language, as Python names it: "zh_CN".
export const language = document.documentElement.lang.replace("-", "_");
