// Draws a Plotly figure in the colours and the type of the page around it: the exported pages and JupyterLab share it.
// A figure carries no fonts, backgrounds or grids. It may name the colours below and "currentColor"; on dark paper the
// same hues come lighter. player.js, loaded before, adds the controls of an animation.
(() => {
  const colours = ["#0072B2", "#D55E00", "#009E73", "#C2448E", "#BF7D00", "#56B4E9"]; // after Okabe and Ito, safe for the colour-blind
  const lighter = ["#4FA8E0", "#F58A4B", "#35C69B", "#F08CC6", "#F2B84B", "#9AD5F7"];
  const narrow = (width) => width > 0 && width < 520;
  const fontSize = (width) => (narrow(width) ? 12 : 13);
  const charts = new Set();
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** [red, green, blue, alpha] of any CSS colour */
  function channels(colour) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  }

  /** what the page around `element` looks like */
  function surroundings(element) {
    const { color, fontFamily } = getComputedStyle(element);
    let behind = element;
    while (behind && channels(getComputedStyle(behind).backgroundColor)[3] < 128) behind = behind.parentElement;
    const paper = behind ? getComputedStyle(behind).backgroundColor : "#fff";
    const [red, green, blue] = channels(color);
    const dark =
      channels(paper)
        .slice(0, 3)
        .reduce((sum, value) => sum + value) < 384;
    const sans = getComputedStyle(element).getPropertyValue("--sans") || fontFamily;
    const ink = (alpha = 1) => `rgba(${red},${green},${blue},${alpha})`;
    const between = (part) =>
      `rgb(${channels(paper)
        .map((p, i) => Math.round(p + part * ([red, green, blue][i] - p)))
        .slice(0, 3)})`;
    return { dark, paper, font: sans, ink, between };
  }

  /** the defaults of every chart, as a Plotly template: whatever a figure says itself wins */
  function template({ dark, paper, font, ink, between }, width) {
    const small = narrow(width);
    const size = fontSize(width);
    const axis = {
      gridcolor: ink(0.12),
      zerolinecolor: ink(0.3),
      linecolor: ink(0.3),
      tickcolor: "rgba(0,0,0,0)",
      tickfont: { color: ink(0.75), size: size - 1 },
      ticks: "outside",
      ticklen: 4,
      automargin: true,
      exponentformat: "power",
      minexponent: 4,
      title: { standoff: 10, font: { size } },
    };
    const room = {
      ...axis,
      gridcolor: between(0.2),
      zerolinecolor: between(0.2),
      ticks: "",
      showbackground: false,
      showspikes: false,
      nticks: small ? 5 : 7,
    };
    const colorbar = {
      outlinewidth: 0,
      thickness: 12,
      xpad: 6,
      ticklen: 3,
      tickcolor: ink(0.3),
      tickfont: { color: ink(0.75), size: size - 1 },
      title: { font: { size } },
    };
    const control = { bgcolor: paper, bordercolor: ink(0.3), font: { color: ink(), size } };
    const shaded = { colorscale: "Viridis", colorbar };
    return {
      layout: {
        font: { family: font, size, color: ink() },
        title: { x: 0, xref: "paper", xanchor: "left", font: { size: size + 2 } },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        colorway: dark ? lighter : colours,
        xaxis: axis,
        yaxis: axis,
        scene: { xaxis: room, yaxis: room, zaxis: room },
        legend: {
          orientation: "h",
          xref: "container",
          x: 0,
          xanchor: "left",
          yref: "container",
          y: 1,
          yanchor: "top",
          bgcolor: "rgba(0,0,0,0)",
          itemclick: "toggle",
        },
        hovermode: "closest",
        hoverlabel: { bgcolor: paper, bordercolor: ink(0.4), font: { color: ink(), size }, align: "left" },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: ink(0.4), activecolor: ink(0.9) },
        colorscale: { sequential: "Viridis" },
        coloraxis: shaded,
        annotationdefaults: { font: { color: ink(), size }, arrowcolor: ink(0.6) },
        updatemenudefaults: { ...control, showactive: false },
        sliderdefaults: {
          ...control,
          bgcolor: ink(0.15),
          activebgcolor: ink(0.5),
          tickcolor: ink(0.3),
          borderwidth: 0,
        },
      },
      data: {
        surface: [{ ...shaded, showscale: false }],
        heatmap: [shaded],
        contour: [{ ...shaded, line: { width: 0.5 } }],
        scatter: [{ marker: { size: 8 } }],
        scatter3d: [{ marker: { size: 4 } }],
      },
    };
  }

  /** about how many rows the legend takes: if not all of it fits in one, Plotly makes columns as wide as the widest entry */
  function legendRows(data, width, font) {
    const room = width - (data.some(({ colorbar }) => colorbar) ? 140 : 70); // beside the labels of the axes
    const shown = data.filter(({ name, showlegend }) => name && (showlegend ?? data.length > 1));
    pixel.font = `${fontSize(width)}px ${font}`;
    const widths = shown.map(({ name }) => 48 + pixel.measureText(name.replace(/<.*?>/g, "")).width);
    const columns = Math.max(1, Math.floor(room / Math.max(...widths)));
    return widths.reduce((sum, each) => sum + each, 0) < room
      ? Math.min(1, shown.length)
      : Math.ceil(shown.length / columns);
  }

  /**
   * The layout of a figure at this width, in this font. The legend has a margin of its own above the plot; each row of it
   * after the first makes the chart taller, so that the plot keeps its height. On a narrow page what stands side by side
   * stands one above the other.
   */
  function fitted({ data, layout: given = {} }, width, font) {
    const { xaxis, yaxis, scene = data.some(({ type }) => /surface|3d$/.test(type)) ? {} : undefined } = given;
    const small = narrow(width);
    const rows = width > 0 ? legendRows(data, width, font) : 0;
    const height = (given.height ?? 420) + 20 * Math.max(0, rows - 1);
    const margin = {
      ...(scene && !xaxis ? { l: 0, r: 0, b: 8 } : { l: small ? 44 : 56, r: 16, b: small ? 44 : 52 }),
      t: 14 + 20 * rows,
      pad: 0,
    };
    const layout = { ...given, margin: { ...margin, ...given.margin } };
    if (!scene) return { ...layout, height };
    const beside = xaxis?.domain && scene.domain;
    const stacked = beside && width < 700;
    const { eye = { x: 1.25, y: 1.25, z: 1.25 } } = scene.camera ?? {};
    const aside = beside ? 0.2 : 0; // the labels at its left edge need room
    const center = { x: aside * eye.y, y: -aside * eye.x, z: -0.1 };
    const far = stacked ? 1.5 : small || beside ? 1.3 : 1.05;
    const seen = {
      aspectmode: "manual",
      aspectratio: { x: 1.15, y: 1.15, z: 0.8 },
      ...scene,
      camera: { center, ...scene.camera, eye: { x: far * eye.x, y: far * eye.y, z: far * eye.z } },
    };
    if (!stacked) return { ...layout, height: small ? height - 120 : height, scene: seen };
    const above = { xaxis: { ...xaxis, domain: [0, 1] }, yaxis: { ...yaxis, domain: [0.56, 1] } };
    return { ...layout, ...above, height: height + 180, scene: { ...seen, domain: { x: [0, 1], y: [0, 0.5] } } };
  }

  /** `figure` in the look of the page and `width` wide, without the controls that we replace */
  function dressed(figure, look, width) {
    let text = JSON.stringify(figure).replaceAll('"currentColor"', JSON.stringify(look.ink()));
    if (look.dark) colours.forEach((colour, i) => (text = text.replaceAll(new RegExp(colour, "gi"), lighter[i])));
    const { data, layout: given, frames, config } = JSON.parse(text);
    const layout = fitted({ data, layout: given }, width, look.font);
    for (const axis of Object.values(layout))
      if (axis?.type === "log" && !axis.ticktext) axis.tickfont = { size: fontSize(width) - 3 }; // Plotly draws powers 1.25 times as large
    const animates = ({ buttons, steps }) => (buttons ?? steps ?? []).every(({ method }) => method === "animate");
    const kept = (controls) => (controls ?? []).filter((control) => !animates(control));
    const touch = matchMedia("(pointer: coarse)").matches; // a finger scrolls the page rather than zooms the chart
    return {
      data,
      frames,
      layout: {
        uirevision: true,
        ...(touch ? { dragmode: layout.scene ? "turntable" : false } : {}),
        ...layout,
        autosize: false,
        width,
        sliders: kept(layout.sliders),
        updatemenus: kept(layout.updatemenus),
        template: template(look, width),
      },
      config: {
        displayModeBar: touch ? false : "hover",
        displaylogo: false,
        showSendToCloud: false,
        plotlyServerURL: "",
        scrollZoom: false,
        showTips: false,
        modeBarButtonsToRemove: [
          "zoom2d",
          "pan2d",
          "select2d",
          "lasso2d",
          "autoScale2d",
          "zoomIn2d",
          "zoomOut2d",
          "zoom3d",
          "pan3d",
          "orbitRotation",
          "resetCameraLastSave3d",
          "tableRotation",
        ],
        ...config,
        responsive: false,
      },
    };
  }

  /** Lets the wheel, and a finger that moves up or down, scroll the page over a scene, which would keep both. */
  function letScroll(plot) {
    let from, scrolls;
    const pass = (event) => event.target.tagName === "CANVAS" && event.stopPropagation();
    plot.addEventListener("wheel", pass, { capture: true, passive: true });
    plot.addEventListener("touchstart", ({ touches }) => ((from = touches[0]), (scrolls = undefined)), {
      capture: true,
      passive: true,
    });
    plot.addEventListener(
      "touchmove",
      (event) => {
        const { clientX, clientY } = event.touches[0];
        scrolls ??= event.touches.length === 1 && Math.abs(clientY - from.clientY) > Math.abs(clientX - from.clientX);
        if (scrolls) pass(event);
      },
      { capture: true, passive: true },
    );
  }

  // Charts are drawn one at a time, each when the page has nothing else to do, so that scrolling goes on between them.
  let turn = Promise.resolve();
  const idle = () => new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: 300 }));
  const inTurn = (task) => (turn = turn.then(idle).then(task));

  /**
   * Draws `figure` in `element` once it comes near the window; `alt` tells what it shows; `load` brings Plotly. Returns
   * how to end it, and how to put another figure in its place, which `update` refuses when only one of them is animated.
   */
  function draw(element, figure, alt, load) {
    const plot = document.createElement("div");
    plot.className = "house-plot";
    plot.setAttribute("aria-hidden", "true");
    const words = document.createElement("div"); // lies over the plot: what a screen reader finds in its place
    words.className = "house-words";
    words.setAttribute("role", "img");
    words.setAttribute("aria-label", alt);
    const frame = document.createElement("div");
    frame.className = "house-frame";
    frame.append(words, plot);
    const settle = () => plot.querySelectorAll(".modebar-btn").forEach((button) => (button.tabIndex = -1)); // Plotly's buttons are for the mouse
    letScroll(plot);
    const controls = housePrices.player(figure, plot);
    element.replaceChildren(frame, ...(controls ? [controls.box] : []));
    const keep = (width, { font } = surroundings(plot)) =>
      (plot.style.height = `${fitted(figure, width, font).height}px`);
    keep(plot.clientWidth); // its place is kept before it is drawn
    let look, started;
    const chart = {
      paint: (wide) =>
        chart.render(wide ?? plot.clientWidth).catch((error) => {
          plot.textContent = alt; // the words still tell what there is to see
          console.error(error);
        }),
      async render(wide) {
        started = true;
        await load();
        const around = surroundings(plot);
        const now = [around.paper, around.font, around.ink(), wide].join();
        if (look === now) return;
        const again = look !== undefined;
        look = now;
        const played = controls?.plays();
        controls?.stop();
        keep(wide, around);
        await Plotly.react(plot, dressed(figure, around, wide));
        if (!again) plot.on("plotly_afterplot", settle);
        settle();
        if (again && controls?.moved()) await controls.show();
        if (played) controls.go();
        plot.dataset.drawn = "";
      },
      drawn: () => look !== undefined,
      refresh: () => started && plot.clientWidth > 0 && chart.paint(),
    };
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        inTurn(() => charts.has(chart) && chart.paint().then(() => size.observe(plot))); // it may have ended meanwhile
      },
      { rootMargin: "800px" },
    );
    const size = new ResizeObserver(() => chart.refresh());
    near.observe(plot);
    charts.add(chart);
    return {
      update(next, told) {
        if (Boolean(controls) !== Boolean(next.frames?.length)) return false;
        figure = next;
        controls?.change(next);
        words.setAttribute("aria-label", told);
        if (look !== undefined) look = "";
        chart.refresh();
        return true;
      },
      end() {
        charts.delete(chart);
        near.disconnect();
        size.disconnect();
        controls?.stop();
        if (look !== undefined) Plotly.purge(plot);
      },
    };
  }

  const refresh = () => requestAnimationFrame(() => charts.forEach((chart) => chart.refresh()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  const changes = { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-name"] };
  const watch = new MutationObserver(refresh);
  for (const root of [document.documentElement, document.body]) watch.observe(root, changes);

  Object.assign(window.housePrices, { draw, charts });
})();
