// Draws a Plotly figure in the colours and the type of the page around it: the exported pages and JupyterLab share it.
// A figure carries no fonts, backgrounds or grids. It may name the colours below and "currentColor"; on dark paper the
// same hues come lighter. player.js, loaded before, adds the controls of an animation.
(() => {
  const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]; // Okabe and Ito's, safe for the colour-blind
  const lighter = ["#4FA8E0", "#F58A4B", "#35C69B", "#E79BC4", "#F2B84B", "#9AD5F7"];
  const narrow = (width) => width > 0 && width < 520;
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
    const dark = channels(paper).slice(0, 3).reduce((sum, value) => sum + value) < 384;
    const sans = getComputedStyle(element).getPropertyValue("--sans") || fontFamily;
    const ink = (alpha = 1) => `rgba(${red},${green},${blue},${alpha})`;
    const between = (part) => `rgb(${channels(paper).map((p, i) => Math.round(p + part * ([red, green, blue][i] - p))).slice(0, 3)})`;
    return { dark, paper, font: sans, ink, between };
  }

  /** the defaults of every chart, as a Plotly template: whatever a figure says itself wins */
  function template({ dark, paper, font, ink, between }, width) {
    const small = narrow(width);
    const size = small ? 12 : 13;
    const axis = {
      gridcolor: ink(0.12), zerolinecolor: ink(0.3), linecolor: ink(0.3), tickcolor: "rgba(0,0,0,0)", tickfont: { color: ink(0.75), size: size - 1 },
      ticks: "outside", ticklen: 4, automargin: true, exponentformat: "power", minexponent: 4, title: { standoff: 10, font: { size } },
    };
    const room = { ...axis, gridcolor: between(0.2), zerolinecolor: between(0.2), ticks: "", showbackground: false, showspikes: false, nticks: small ? 5 : 7 };
    const colorbar = { outlinewidth: 0, thickness: 12, ticklen: 3, tickcolor: ink(0.3), tickfont: { color: ink(0.75) } };
    const control = { bgcolor: paper, bordercolor: ink(0.3), font: { color: ink(), size } };
    const shaded = { colorscale: "Viridis", colorbar };
    return {
      layout: {
        font: { family: font, size, color: ink() },
        title: { x: 0, xref: "paper", xanchor: "left", font: { size: size + 2 } },
        paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
        colorway: dark ? lighter : colours,
        margin: { l: small ? 44 : 56, r: 16, t: 28, b: small ? 44 : 52, pad: 0 },
        xaxis: axis, yaxis: axis, scene: { xaxis: room, yaxis: room, zaxis: room },
        legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", bgcolor: "rgba(0,0,0,0)", itemclick: "toggle" },
        hovermode: "closest", hoverlabel: { bgcolor: paper, bordercolor: ink(0.4), font: { color: ink(), size }, align: "left" },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: ink(0.4), activecolor: ink(0.9) },
        colorscale: { sequential: "Viridis" }, coloraxis: shaded,
        annotationdefaults: { font: { color: ink(), size }, arrowcolor: ink(0.6), bgcolor: paper, borderpad: 2 },
        updatemenudefaults: { ...control, showactive: false },
        sliderdefaults: { ...control, bgcolor: ink(0.15), activebgcolor: ink(0.5), tickcolor: ink(0.3), borderwidth: 0 },
      },
      data: {
        surface: [{ ...shaded, showscale: false }], heatmap: [shaded], contour: [{ ...shaded, line: { width: 0.5 } }],
        scatter: [{ marker: { size: 8 } }], scatter3d: [{ marker: { size: 4 } }],
      },
    };
  }

  /**
   * The layout of a figure at this width. A scene opens a little further off than Plotly has it, so that no label is
   * cut. On a narrow page, charts that stand side by side stand one above the other.
   */
  function fitted({ data, layout = {} }, width) {
    const { xaxis, xaxis2, yaxis, yaxis2, scene = {} } = layout;
    if (data.some(({ type }) => /surface|3d$/.test(type))) {
      const far = narrow(width) ? 1.35 : 1.08;
      const height = narrow(width) ? Math.min(layout.height ?? 420, 400) : layout.height ?? 420;
      const { eye = { x: 1.25, y: 1.25, z: 1.25 }, center = { x: 0, y: 0, z: -0.12 } } = scene.camera ?? {};
      const flat = scene.aspectmode ? {} : { aspectmode: "manual", aspectratio: { x: 1.15, y: 1.15, z: 0.85 } };
      return { ...layout, height, scene: { ...flat, ...scene, camera: { ...scene.camera, center, eye: { x: far * eye.x, y: far * eye.y, z: far * eye.z } } } };
    }
    const beside = xaxis?.domain && xaxis2?.domain && xaxis.domain[1] <= xaxis2.domain[0];
    if (!narrow(width) || !beside) return layout;
    const row = (axis, from, to, anchor) => ({ ...axis, domain: [from, to], anchor });
    const rows = { xaxis: row(xaxis, 0, 1, "y"), yaxis: row(yaxis, 0.6, 1, "x"), xaxis2: row(xaxis2, 0, 1, "y2"), yaxis2: row(yaxis2, 0, 0.42, "x2") };
    return { ...layout, ...rows, height: 1.4 * (layout.height ?? 420) };
  }

  /** `figure` in the look of the page and `width` wide, without the controls that we replace */
  function dressed(figure, look, width) {
    let text = JSON.stringify(figure).replaceAll('"currentColor"', JSON.stringify(look.ink()));
    if (look.dark) colours.forEach((colour, i) => (text = text.replaceAll(new RegExp(colour, "gi"), lighter[i])));
    const { data, layout: given, frames, config } = JSON.parse(text);
    const layout = fitted({ data, layout: given }, width);
    const animates = ({ buttons, steps }) => (buttons ?? steps ?? []).every(({ method }) => method === "animate");
    const kept = (controls) => (controls ?? []).filter((control) => !animates(control));
    const touch = matchMedia("(pointer: coarse)").matches; // a finger scrolls the page rather than zooms the chart
    return {
      data, frames,
      layout: {
        height: 420, uirevision: true, ...(layout.scene ? { margin: { l: 0, r: 0, t: 28, b: 8 } } : {}), ...(touch ? { dragmode: layout.scene ? "turntable" : false } : {}), ...layout, autosize: false, width,
        sliders: kept(layout.sliders), updatemenus: kept(layout.updatemenus), template: template(look, width),
      },
      config: {
        displayModeBar: touch ? false : "hover", displaylogo: false, scrollZoom: false, showTips: false,
        modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d", "resetCameraLastSave3d", "tableRotation"],
        ...config, responsive: false,
      },
    };
  }

  /** Draws `figure` in `element` once it comes near the window; `alt` tells what it shows; `load` brings Plotly. Returns how to end it. */
  function draw(element, figure, alt, load) {
    const plot = document.createElement("div");
    plot.className = "house-plot";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", alt);
    const controls = housePrices.player(figure, plot);
    element.replaceChildren(plot, ...(controls ? [controls.box] : []));
    const keep = (width) => (plot.style.height = `${fitted(figure, width).height ?? 420}px`);
    keep(plot.clientWidth); // its place is kept before it is drawn
    let look, started;
    const chart = {
      paint: (wide) => chart.render(wide ?? plot.clientWidth).catch((error) => {
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
        controls?.stop();
        keep(wide);
        await Plotly.react(plot, dressed(figure, around, wide));
        if (again && controls?.moved()) await controls.show();
        plot.dataset.drawn = "";
      },
      refresh: () => started && plot.clientWidth > 0 && chart.paint(),
    };
    const near = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      chart.paint();
      size.observe(plot);
    }, { rootMargin: "800px" });
    const size = new ResizeObserver(() => chart.refresh());
    near.observe(plot);
    charts.add(chart);
    return () => {
      charts.delete(chart);
      near.disconnect();
      size.disconnect();
      controls?.stop();
      if (look !== undefined) Plotly.purge(plot);
    };
  }

  const refresh = () => requestAnimationFrame(() => charts.forEach((chart) => chart.refresh()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  const changes = { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-name"] };
  const watch = new MutationObserver(refresh);
  for (const root of [document.documentElement, document.body]) watch.observe(root, changes);

  Object.assign(window.housePrices, { draw, charts });
})();
