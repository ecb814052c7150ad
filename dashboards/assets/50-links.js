/* A link of the page's own goes there without loading the program anew, and keeps the keyboard's
   place; what a tab is called follows the page. */
(() => {
  const NAME = "研判台";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.inner");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (!link || !isPlain || !document.getElementById("page")) return;
    event.preventDefault();
    const to = new URL(link.href);
    const isOther = to.pathname !== window.location.pathname;
    window.dash_clientside.set_props("shell-location", { pathname: to.pathname, search: to.search });
    if (isOther) window.scrollTo(0, 0);
  });

  /* Who chooses one filter may choose another: the panel stays open while the page is put anew. */
  const PANEL = ".scope details.unfold", NARROW_PX = 600;
  let isChoosing = false;
  document.addEventListener("toggle", (event) => {
    if (event.target.matches && event.target.matches(PANEL)) isChoosing = event.target.open;
  }, true);
  const keepOpen = () => {
    const panel = document.querySelector(PANEL);
    if (isChoosing && panel && !panel.open && window.innerWidth > NARROW_PX) panel.open = true;
  };

  const name = () => {
    const heading = document.querySelector("h1[data-title]");
    const title = heading ? heading.dataset.title + " · " + NAME : NAME;
    const isReading = document.title.startsWith("正在读取");
    if (!isReading && document.title !== title) document.title = title;
  };
  const begin = () => {
    name();
    new MutationObserver(() => { name(); keepOpen(); })
      .observe(document.documentElement, { childList: true, subtree: true });
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
