/* A chart's buttons save it as PNG at twice its size, or as SVG, on white, by the browser itself. */
document.addEventListener("click", function (event) {
  const button = event.target.closest("button.picture");
  if (!button) return;
  const chart = button.closest(".chart").querySelector(".js-plotly-plot");
  if (!chart || !window.Plotly) return;
  const panel = button.closest(".panel");
  const heading = panel && panel.querySelector("h2");
  const stamp = document.querySelector(".stamp span");
  const name = [heading, stamp].filter(Boolean).map((e) => e.textContent.split(" · ")[0]).join("_");
  window.Plotly.downloadImage(chart, {
    format: button.dataset.format, scale: button.dataset.format === "png" ? 2 : 1, width: chart.clientWidth, height: chart.clientHeight, filename: name,
  });
});
