/* Drawings that the page holds a place for: asked for once it stands, with the room that there is.
   What stood there is dim until it is replaced; nothing is worked out here. */
(() => {
  const inSteps = (pixels) => Math.floor(pixels / 8) * 8; // windows of nearly one size are sent the same
  const AGAIN_PX = 24; // a place that has changed by more is asked for anew
  let opened = 0;

  const address = (place, search = place.dataset.search) => {
    const asked = new URLSearchParams(search);
    asked.set("w", inSteps(place.clientWidth));
    // only a place that shares the height of the screen has one before anything stands in it
    if (getComputedStyle(place).getPropertyValue("--fits")) asked.set("h", inSteps(place.clientHeight));
    return "/first/" + place.dataset.place + "?" + asked;
  };

  /* Each line over the nodes stands beside its number. */
  const putLines = (place) => place.querySelectorAll("template").forEach((line) => {
    const at = document.querySelector(`.kpi-line[data-column="${line.dataset.column}"]`);
    if (at) at.replaceChildren(line.content.cloneNode(true));
  });

  /* What is scrolled can be scrolled by keys. */
  const takeKeys = (place) => {
    if (place.scrollHeight > place.clientHeight + 1) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  };

  const load = (place) => {
    const wanted = place.dataset.search + "\n" + place.dataset.stand;
    place.shown = wanted;
    place.room = [place.clientWidth, place.clientHeight];
    place.setAttribute("aria-busy", "true");
    window.yanpan.drawing(address(place), place.dataset.stand)
      .then((text) => {
        if (!place.isConnected || place.shown !== wanted) return;
        place.innerHTML = text; // the server has escaped all that a ledger says
        putLines(place);
        // with the next frame, which measures the page in any case
        window.requestAnimationFrame(() => takeKeys(place));
      })
      .catch((error) => {
        const words = document.createElement("p");
        words.className = "note";
        words.setAttribute("role", "alert");
        words.textContent = error.message || "这幅图没有读出来，请刷新页面。";
        if (place.isConnected && place.shown === wanted) place.replaceChildren(words);
      })
      .finally(() => place.shown === wanted && place.setAttribute("aria-busy", "false"));
  };

  /* A page put anew has new places. */
  let before = new Map();
  const look = () => {
    const places = [...document.querySelectorAll(".later")];
    places.forEach((place) => {
      const old = before.get(place.dataset.place);
      // but not lines: the numbers beside which they stood are new already
      if (old && old !== place && !place.firstChild && !place.matches(".lines"))
        window.yanpan.keepStanding(place, old);
      if (place.shown !== place.dataset.search + "\n" + place.dataset.stand) load(place);
    });
    before = new Map(places.map((place) => [place.dataset.place, place]));
  };

  const fit = () => document.querySelectorAll(".later:not(.lines)").forEach((place) => {
    const room = [place.clientWidth, place.clientHeight];
    if (place.room && room.some((n, at) => Math.abs(n - place.room[at]) > AGAIN_PX)) load(place);
  });
  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(fit, 200);
  });

  const setProps = (id, props) => window.dash_clientside.set_props(id, props);

  const act = (mark) => {
    if (mark.dataset.member) {
      const search = new URLSearchParams(window.location.search), by = mark.dataset.dimension;
      if (search.get(by) === mark.dataset.member) search.delete(by);
      else search.set(by, mark.dataset.member);
      setProps("shell-location", { search: search.size ? "?" + search : "" });
    } else if (mark.dataset.rows) {
      setProps("opened-rows", { data: mark.dataset.rows + "@" + (opened += 1) });
    } else {
      const id = mark.dataset.id || mark.dataset.item;
      setProps("opened-item", { data: id + "@place" + (opened += 1) });
    }
  };
  const LIVE = ".later [data-member], .later [data-id], [data-item], [data-rows]";
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(LIVE);
    if (!mark || mark.getAttribute("href")) return;
    event.preventDefault();
    act(mark);
  });
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest && event.target.closest(".later [data-member], .later [data-id]");
    if (!mark || mark.getAttribute("href") || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    act(mark);
  });

  document.addEventListener("yanpan:scope", ({ detail: search }) => {
    document.querySelectorAll(".later").forEach((place) => {
      if (place.dataset.search !== search)
        window.yanpan.askAhead(address(place, search), place.dataset.stand);
    });
  });

  const begin = () => {
    look();
    new MutationObserver(look).observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-search", "data-stand"],
    });
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
