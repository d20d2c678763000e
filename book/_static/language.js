// Remember the language that a reader chose; at the home page, offer the other edition to who did not choose and reads it.
{
  const KEY = "rnncourse:language";
  const link = document.querySelector(".language-switch");
  const remember = (language) => {
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // no storage allowed: then it is asked again
    }
  };
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const offer = () => {
    const box = document.createElement("aside");
    box.className = "language-offer";
    box.lang = link.lang;
    const go = link.cloneNode();
    go.textContent = link.dataset.go;
    go.className = "";
    go.addEventListener("click", () => remember(link.hreflang));
    const stay = document.createElement("button");
    stay.type = "button";
    stay.textContent = link.dataset.stay;
    stay.addEventListener("click", () => {
      remember(document.documentElement.lang);
      box.remove();
    });
    box.append(link.dataset.offer, " ", go, " ", stay);
    document.querySelector(".bd-article").before(box);
  };
  const first = (language) => language.split("-")[0];
  if (link) {
    link.addEventListener("click", () => remember(link.hreflang));
    const asked = first(navigator.language ?? "");
    if (link.dataset.offer && !chosen() && asked === first(link.hreflang)) offer();
  }
}
