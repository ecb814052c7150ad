/* The meeting mode's keys: arrows, page keys and space move, Esc leaves, f fills the screen. */
document.addEventListener("keydown", function (event) {
  const room = document.getElementById("meeting");
  if (!room) return;
  const screens = [...room.querySelectorAll(".screen")];
  const at = screens.findIndex((screen) => screen.classList.contains("on"));
  const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  if (event.key in step) {
    event.preventDefault();
    const next = Math.min(Math.max(at + step[event.key], 0), screens.length - 1);
    screens[at].classList.remove("on");
    screens[next].classList.add("on");
  } else if (event.key === "f" && document.documentElement.requestFullscreen) {
    document.documentElement.requestFullscreen();
  } else if (event.key === "Escape") {
    const search = new URLSearchParams(window.location.search);
    search.delete("meeting");
    window.location.search = search.toString();
  }
});
