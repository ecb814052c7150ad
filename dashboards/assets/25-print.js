/* On paper a chart is as wide as its panel there. */
["beforeprint", "afterprint"].forEach(function (moment) {
  window.addEventListener(moment, function () {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      window.Plotly.Plots.resize(chart);
    });
  });
});
