// JupyterLab loads this file and asks it for "./mimeExtension". It is written by hand, in place of a bundler's output:
// a container with init (gives the modules that Lab shares) and get (gives ours). Plotly, player.js and draw.js lie beside it.
(() => {
  const name = "house-charts";
  const type = "application/vnd.plotly.v1+json";
  const here = new URL(".", document.currentScript.src);
  const loaded = {};
  const load = (file) =>
    (loaded[file] ??= new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: new URL(file, here), onload: resolve });
      script.onerror = () => reject(new Error(`${file} is missing: run npm start again`));
      document.head.append(script);
    }));
  const plotly = () => load("plotly.min.js");
  let shared;

  async function mimeExtension() {
    const versions = Object.values(shared["@lumino/widgets"]);
    const [{ Widget }] = await Promise.all([
      versions[0].get().then((module) => module()),
      load("player.js").then(() => load("draw.js")),
    ]);
    class Chart extends Widget {
      async renderModel({ data }) {
        this.chart?.end();
        this.chart = housePrices.draw(this.node, data[type], data["text/plain"] ?? "A chart", plotly);
      }
      dispose() {
        this.chart?.end();
        super.dispose();
      }
    }
    const createRenderer = () => new Chart();
    const rendererFactory = { safe: true, mimeTypes: [type], defaultRank: 0, createRenderer };
    return () => ({
      default: [{ id: `${name}:charts`, rendererFactory, rank: 0, dataType: "json" }],
      __esModule: true,
    });
  }

  (window._JUPYTERLAB ??= {})[name] = {
    init: (scope) => void (shared = scope),
    get: async (module) => {
      if (module !== "./mimeExtension") throw new Error(`${name} has no ${module}`);
      return mimeExtension();
    },
  };
})();
