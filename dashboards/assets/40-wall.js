/* The 事项墙: the server draws it, for each scope and each day; here it is asked for, moved about in,
   and played. Nothing is worked out here: a wall of an earlier day is the server's answer. */
(() => {
  const STEP_PX = 8;
  const STEP_MS = 900; // how long a stop stands while the wall is played
  const chosen = { rows: "", colour: "", lit: "" };
  let place = null; // where the wall stands on the page that is shown
  let shown = ""; // what it was asked for with
  let answers = new Map(); // address → what was answered, for this place
  let playing = 0; // counts up whenever playing begins or ends
  let opened = 0;

  const address = (stop, search = place.dataset.search) => {
    const asked = new URLSearchParams(search);
    Object.entries(chosen).forEach(([name, value]) => value && asked.set(name, value));
    if (stop) asked.set("stop", stop);
    // where the wall shares the height of the screen, it is told what is left below its heads
    const around = Number(getComputedStyle(place).getPropertyValue("--around"));
    // in steps, so that windows of nearly one size are sent the same drawing
    if (around) asked.set("h", Math.max(0, Math.floor((place.clientHeight - around) / STEP_PX) * STEP_PX));
    return "/wall?" + asked;
  };

  const ask = (url) => {
    if (!answers.has(url)) {
      const answer = window.yanpan.drawing(url, place.dataset.stand);
      answer.catch(() => answers.delete(url));
      answers.set(url, answer);
    }
    return answers.get(url);
  };

  const sayFailed = (at, error) => {
    const words = document.createElement("p");
    words.className = "note";
    words.setAttribute("role", "alert");
    words.textContent = error.message || "事项墙没有读出来，请刷新页面。";
    at.replaceChildren(words);
  };

  /* The whole: tools, legend and wall. What stood there is dim until it is replaced. */
  const load = () => {
    const at = place, url = address();
    playing += 1;
    at.setAttribute("aria-busy", "true");
    return ask(url)
      .then((text) => {
        if (at !== place || url !== address()) return;
        at.innerHTML = text; // the server has escaped all that a ledger says
        ready(at);
        // with the next frame, which measures the page in any case
        window.requestAnimationFrame(() => scrollToToday(at));
      })
      .catch((error) => at === place && sayFailed(at, error))
      .finally(() => at.setAttribute("aria-busy", "false"));
  };

  const ready = (at) => {
    const first = at.querySelector(".wall-cell, .wall-row");
    if (first) first.setAttribute("tabindex", "0");
  };

  const scrollToToday = (at) => {
    at.querySelectorAll(".wall-scroll").forEach((box) => {
      const line = box.querySelector(".wall-heads .today");
      const names = box.querySelector(".wall-names");
      if (line && box.scrollWidth > box.clientWidth)
        box.scrollLeft = Number(line.getAttribute("x1")) - (box.clientWidth - names.offsetWidth) * 0.6;
    });
  };

  /* One stop: the wall alone, where it was scrolled to. */
  const goTo = (number) => {
    const at = place, slider = at.querySelector(".wall-slider");
    const stops = JSON.parse(slider.dataset.stops), last = stops.length - 1;
    const body = at.querySelector(".wall-body"), url = address(stops[number][0]);
    slider.value = number;
    slider.setAttribute("aria-valuetext", stops[number][1]);
    at.querySelector(".wall-day").textContent = stops[number][1];
    at.setAttribute("aria-busy", "true");
    at.classList.toggle("past", number < last);
    return ask(url)
      .then((text) => {
        if (at !== place || Number(slider.value) !== number) return;
        const before = body.querySelector(".wall-scroll");
        const [left, top] = before ? [before.scrollLeft, before.scrollTop] : [0, 0];
        body.style.minHeight = body.offsetHeight + "px"; // the page below stays where it is
        body.innerHTML = text;
        ready(body);
        const now = body.querySelector(".wall-scroll");
        if (!before) scrollToToday(body);
        if (now && before) [now.scrollLeft, now.scrollTop] = [left, top];
      })
      .catch((error) => at === place && sayFailed(body, error))
      .finally(() => at.setAttribute("aria-busy", "false"));
  };

  const showPlaying = (is) => {
    const button = place && place.querySelector(".wall-play");
    if (button) button.textContent = is ? "❚❚" : "▶";
  };

  const play = async () => {
    const turn = (playing += 1);
    const slider = place.querySelector(".wall-slider");
    let number = Number(slider.value) < Number(slider.max) ? Number(slider.value) : 0;
    showPlaying(true);
    for (; turn === playing && slider.isConnected && number <= Number(slider.max); number += 1) {
      await Promise.all([goTo(number), new Promise((wake) => setTimeout(wake, STEP_MS))]);
    }
    if (turn === playing) playing += 1;
    showPlaying(false);
  };

  const setProps = (id, props) => window.dash_clientside.set_props(id, props);
  const open = (square) => setProps("opened-item", { data: square.dataset.id + "@" + (opened += 1) });

  /* What a row is of: narrowed to it, or no longer where it was already, as with every chart. */
  const narrow = (row) => {
    const name = pressed("rows"), search = new URLSearchParams(window.location.search);
    if (search.get(name) === row.dataset.member) search.delete(name);
    else search.set(name, row.dataset.member);
    setProps("shell-location", { search: search.size ? "?" + search : "" });
  };

  const pressed = (what) =>
    place.querySelector(`[data-wall="${what}"][aria-pressed="true"]`).dataset.value;

  const list = (cell) => {
    const head = place.querySelector(`.wall-col[data-c="${cell.dataset.c}"]`);
    const row = cell.dataset.r === undefined ? null : place.querySelector(`.wall-row[data-r="${cell.dataset.r}"]`);
    const said = {
      after: head.dataset.after, until: head.dataset.until, by: pressed("rows"),
      member: row ? row.dataset.member : null,
      words: cell.getAttribute("aria-label").replace("，列出", ""), at: (opened += 1),
    };
    setProps("listed-cell", { data: JSON.stringify(said) });
  };

  const act = (target) => {
    if (target.matches(".sq[data-id]")) open(target);
    else if (target.matches(".wall-row")) narrow(target);
    else if (target.matches(".wall-col, .wall-cell")) list(target);
  };

  const LIVE = ".sq[data-id], .wall-row, .wall-col, .wall-cell";

  document.addEventListener("click", (event) => {
    if (!place || !place.contains(event.target)) return;
    const button = event.target.closest("[data-wall]");
    if (button) {
      chosen[button.dataset.wall] = button.dataset.value;
      load().then(() => {
        const again = place.querySelector(`[data-wall="${button.dataset.wall}"][aria-pressed="true"]`)
          || place.querySelector(`[data-wall="${button.dataset.wall}"]`);
        if (again) again.focus();
      });
    } else if (event.target.closest(".wall-play")) {
      const isPlaying = event.target.closest(".wall-play").textContent !== "▶";
      if (isPlaying) { playing += 1; showPlaying(false); } else play();
    } else {
      const target = event.target.closest(LIVE);
      if (target) act(target);
    }
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".wall-slider")) return;
    playing += 1;
    goTo(Number(event.target.value));
  });

  /* Arrow keys: from cell to cell, to the heads above and the names beside; within a cell, from
     square to square. Enter lists a cell or opens an item, the space bar goes into a cell, Esc out. */
  const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  const at = (element) => [
    element.dataset.r === undefined ? -1 : Number(element.dataset.r),
    element.dataset.c === undefined ? -1 : Number(element.dataset.c),
  ];

  const neighbour = (element, [down, right]) => {
    const wall = element.closest(".wall");
    const [r, c] = at(element);
    const found = [...wall.querySelectorAll(".wall-row, .wall-col, .wall-cell")]
      .map((each) => [each, ...at(each)])
      .filter(([, row, column]) =>
        down ? column === c && (row - r) * down > 0 : row === r && (column - c) * right > 0)
      .sort((one, other) => down
        ? Math.abs(one[1] - r) - Math.abs(other[1] - r)
        : Math.abs(one[2] - c) - Math.abs(other[2] - c));
    return found.length ? found[0][0] : null;
  };

  const square = (element, [down, right]) => {
    const squares = [...element.closest(".wall-cell").querySelectorAll(".sq[data-id]")];
    if (right) return squares[squares.indexOf(element) + right];
    const here = (each) => each.getBoundingClientRect();
    const mine = here(element);
    return squares.find((each) => Math.abs(here(each).x - mine.x) < 3
      && Math.abs(here(each).y - mine.y - down * (mine.height + 2)) < 6);
  };

  const focus = (element) => {
    if (!element) return;
    element.closest(".wall").querySelectorAll('[tabindex="0"]').forEach((each) => each.setAttribute("tabindex", "-1"));
    element.setAttribute("tabindex", "0");
    element.focus();
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    const target = event.target.closest ? event.target.closest(LIVE) : null;
    if (!target || !place || !place.contains(target)) return;
    const isSquare = target.matches(".sq");
    if (event.key in ARROWS) focus((isSquare ? square : neighbour)(target, ARROWS[event.key]));
    else if (event.key === "Enter") act(target);
    else if (event.key === " " && target.matches(".wall-cell")) focus(target.querySelector(".sq[data-id]"));
    else if (event.key === " ") act(target);
    else if (event.key === "Escape" && isSquare) focus(target.closest(".wall-cell"));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /* What is told where something is pointed at, by mouse or by key. */
  const tip = document.createElement("div");
  tip.className = "wall-tip";
  tip.setAttribute("aria-hidden", "true"); // the element itself says the same
  const tell = (event) => {
    const target = place && event.target.closest && event.target.closest(LIVE);
    if (!target || !place.contains(target)) { tip.remove(); return; }
    const lines = target.getAttribute("aria-label").split("｜").map((words) => {
      const line = document.createElement("div");
      line.textContent = words;
      return line;
    });
    tip.replaceChildren(...lines);
    place.appendChild(tip);
    const box = place.getBoundingClientRect(), mark = target.getBoundingClientRect();
    const left = Math.min(mark.left - box.left, box.width - tip.offsetWidth - 4);
    const above = mark.top - box.top - tip.offsetHeight - 8;
    const isRoom = mark.top - tip.offsetHeight - 8 > 0;
    tip.style.left = Math.max(0, left) + "px";
    tip.style.top = (isRoom ? above : mark.bottom - box.top + 8) + "px";
  };
  document.addEventListener("mouseover", tell);
  document.addEventListener("focusin", tell);
  document.addEventListener("scroll", () => tip.remove(), true);

  const look = () => {
    const found = document.querySelector(".wall-place");
    const wanted = found ? found.dataset.search + "\n" + found.dataset.stand : "";
    if (found === place && wanted === shown) return;
    if (wanted !== shown) answers = new Map();
    const before = place;
    [place, shown] = [found, wanted];
    playing += 1;
    if (!place) return;
    if (before && before !== place && !place.firstChild) window.yanpan.keepStanding(place, before);
    load();
  };
  document.addEventListener("yanpan:scope", ({ detail: search }) => {
    if (place && place.isConnected && search !== place.dataset.search)
      window.yanpan.askAhead(address("", search), place.dataset.stand);
  });

  const begin = () => {
    look();
    new MutationObserver(look).observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-search", "data-stand"],
    });
  };
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
