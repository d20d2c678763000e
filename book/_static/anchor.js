// Keep the place that an address names in sight while sections above it are laid out (book.css: content-visibility).
{
  const ENOUGH = 20; // looks, a tenth of a second apart
  let looks = ENOUGH;
  const look = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || looks >= ENOUGH) return;
    looks += 1;
    const wanted = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    if (Math.abs(target.getBoundingClientRect().top - wanted) > 8) target.scrollIntoView({ behavior: "instant" });
    setTimeout(look, 100);
  };
  const begin = () => {
    if (location.hash.length < 2) return;
    looks = 0;
    look();
  };
  const stop = () => (looks = ENOUGH);
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(kind, stop, { passive: true });
  addEventListener("load", begin);
  addEventListener("hashchange", begin);
}
