/* An unfolded card closes when something else is clicked, or with Esc. */
document.addEventListener("click", function (event) {
  document.querySelectorAll("details.unfold[open]").forEach(function (card) {
    if (!card.contains(event.target)) card.open = false;
  });
});
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.unfold[open]").forEach(function (card) { card.open = false; });
});
