/* A chart's buttons save it as PNG at twice its size, or as SVG, by the browser itself: on white,
   under its heading, with the day, the submissions counted and what was chosen below it. */
document.addEventListener("click", function (event) {
  const button = event.target.closest("button.picture");
  if (!button) return;
  const chart = button.closest(".chart").querySelector(".js-plotly-plot");
  if (!chart || !window.Plotly) return;
  const panel = button.closest(".panel");
  const heading = panel ? panel.querySelector("h2").textContent : "";
  const stamp = document.querySelector(".stamp");
  const said = stamp ? stamp.dataset.scope : "";
  const day = said.split(" · ")[0];
  const escaped = function (text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  };
  const layout = Object.assign({}, chart.layout, {
    width: chart.clientWidth, height: chart.clientHeight + 108,
    margin: Object.assign({}, chart.layout.margin, { t: 56, b: 64 }),
    legend: Object.assign({}, chart.layout.legend, { y: 1 - 38 / (chart.clientHeight + 108) }),
    title: { text: escaped(heading), x: 0.5, y: 0.98, yanchor: "top", font: { size: 18 } },
    annotations: (chart.layout.annotations || []).concat({
      text: escaped(said), showarrow: false, xref: "paper", yref: "paper", x: 0.5, y: 0,
      yshift: -44, xanchor: "center", yanchor: "top", font: { size: 11 },
    }),
  });
  window.Plotly.downloadImage({ data: chart.data, layout: layout, config: {} }, {
    format: button.dataset.format, scale: button.dataset.format === "png" ? 2 : 1,
    width: layout.width, height: layout.height, filename: [heading, day].filter(Boolean).join("_"),
  });
});
