/* An unfolded card closes when something else is clicked, or with Esc; a list or a calendar that one
   of its fields has opened is part of it, wherever on the page it stands. */
document.addEventListener("click", function (event) {
  if (!event.target.isConnected || event.target.closest("[data-portal], .mantine-Popover-dropdown")) return;
  document.querySelectorAll("details.unfold[open]").forEach(function (card) {
    if (!card.contains(event.target)) card.open = false;
  });
});
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.unfold[open]").forEach(function (card) {
    const isWithin = card.contains(document.activeElement);
    card.open = false;
    if (isWithin) card.querySelector("summary").focus();
  });
});
/* It stands within the screen, wherever its button is. */
document.addEventListener("toggle", function (event) {
  const card = event.target;
  if (!card.matches || !card.matches("details.unfold") || !card.open) return;
  const body = card.querySelector(".unfolded");
  body.style.transform = "";
  const box = body.getBoundingClientRect(), wide = document.documentElement.clientWidth;
  const over = Math.max(0, box.right - wide + 8), under = Math.max(0, 8 - box.left);
  if (over || under) body.style.transform = "translateX(" + (under || -over) + "px)";
}, true);
