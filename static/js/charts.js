/*
 * Charts of the steering pages, drawn on canvas by ECharts from the JSON beside them. The table of the same figures stands
 * in the page all the time: it is put away behind a button once the chart is there, and comes back for print.
 * A click on a bar or a point opens the list it counts.
 */
(function () {
  "use strict";

  const charts = [];

  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function colours() { return ["--brand", "--y", "--g", "--n", "--r", "--brand-strong"].map(token); }

  function size() { return parseFloat(getComputedStyle(document.documentElement).fontSize) || 14; }

  /* the numbers are text in the page; only here, for drawing, do they become floats */
  function points(series) {
    return series.values.map(function (value, n) {
      return { value: value === "" ? null : Number(value), text: series.texts[n], url: series.urls[n] };
    });
  }

  function axes(data, text, line) {
    const lying = data.kind === "hbar";
    const names = {
      type: "category", data: data.labels, inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
      axisLabel: { color: text, fontSize: size() * 0.857, width: lying ? size() * 9 : undefined, overflow: "truncate" },
    };
    const numbers = {
      type: "value", minInterval: 1, axisLabel: { color: text, fontSize: size() * 0.857 }, splitLine: { lineStyle: { color: line } },
    };
    return lying ? { xAxis: numbers, yAxis: names } : { xAxis: names, yAxis: numbers };
  }

  function option(data) {
    const text = token("--ink-2"), line = token("--line"), many = data.series.length > 1, funnel = data.kind === "funnel";
    const said = function (params) {
      const name = many ? params.seriesName + " " : "";
      return params.name + "\n" + name + params.data.text;
    };
    const base = {
      animation: false, color: colours(), textStyle: { color: text, fontFamily: token("--font"), fontSize: size() * 0.857 },
      tooltip: { trigger: "item", renderMode: "richText", formatter: said, confine: true },
      legend: many ? { top: 0, textStyle: { color: text } } : undefined,
      grid: { left: 8, right: 24, top: many ? 36 : 12, bottom: 8, containLabel: true },
    };
    if (funnel) {
      const only = points(data.series[0]).map(function (point, n) { point.name = data.labels[n]; return point; });
      base.series = [{
        type: "funnel", sort: "none", gap: 2, minSize: "8%", left: "4%", width: "56%", top: 12, bottom: 12, data: only,
        label: {
          position: "right", color: text, fontSize: size() * 0.929,
          formatter: function (params) { return params.name + "  " + params.data.text; },
        },
        labelLine: { lineStyle: { color: line } },
      }];
      return base;
    }
    Object.assign(base, axes(data, text, line));
    base.series = data.series.map(function (series) {
      return { type: data.kind === "line" ? "line" : "bar", name: series.name, data: points(series), barMaxWidth: 28, symbolSize: 7 };
    });
    return base;
  }

  function draw(box) {
    const source = document.getElementById(box.dataset.chart);
    if (!source || !window.echarts) { return; }
    const data = JSON.parse(source.textContent), panel = box.closest("[data-board]");
    box.hidden = false;
    if (data.kind === "hbar") { box.style.height = Math.max(8, 2 * data.labels.length + 4) * size() + "px"; }
    const chart = window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption(option(data));
    chart.on("click", function (params) { if (params.data && params.data.url) { window.location.assign(params.data.url); } });
    charts.push(function () { chart.setOption(option(data), true); chart.resize(); });
    if (window.ResizeObserver) { new ResizeObserver(function () { chart.resize(); }).observe(box); }
    const table = panel.querySelector("[data-table]"), button = panel.querySelector("[data-twin]");
    function show(open) {
      table.classList.toggle("twin-off", !open);
      button.setAttribute("aria-expanded", String(open));
    }
    button.hidden = false;
    button.addEventListener("click", function () { show(button.getAttribute("aria-expanded") !== "true"); });
    show(false);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-chart]").forEach(draw);
    let waiting = 0;
    window.addEventListener("resize", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () { charts.forEach(function (again) { again(); }); }, 120);
    });
  });
}());
