// The controls of an animated figure: a real button and a real slider under the chart, which a keyboard and a screen
// reader can use, in place of those that Plotly draws. The pages and JupyterLab share it; draw.js puts it to use.
(() => {
  /** Play, Pause and a slider for the frames of a figure; undefined if it has none */
  function player(first, plot) {
    let { steps, slider, play } = read(first);
    if (!steps) return undefined;
    const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pause = () => Math.max(play || 0, calm() ? 1000 : 120);
    const box = document.createElement("div");
    box.className = "house-player";
    box.innerHTML = '<button type="button"></button><input type="range" min="0" value="0"><span></span>';
    const [button, range, label] = box.children;
    const start = () => String(slider?.active ?? 0);
    let timer;
    const tell = () => {
      const prefix = slider?.currentvalue?.prefix ?? "";
      const { label: shown, value } = steps[range.value];
      label.textContent = prefix + shown + (slider?.currentvalue?.suffix ?? "");
      range.setAttribute("aria-label", prefix.replace(/[\s:=]+$/, "") || "Frame");
      range.setAttribute("aria-valuetext", value ?? label.textContent); // a figure may say more to those who do not see it
      button.textContent = timer ? "Pause" : "Play";
    };
    const show = () => {
      tell();
      const [names, options] = steps[range.value].args;
      const still = calm() ? { transition: { duration: 0 } } : {};
      return Plotly.animate(plot, names, {
        frame: { duration: 0, redraw: true },
        transition: { duration: 0 },
        ...options,
        ...still,
        mode: "immediate",
      });
    };
    const stop = () => {
      clearTimeout(timer);
      timer = undefined;
      tell();
    };
    const next = async () => {
      const last = Number(range.max);
      range.value = Number(range.value) >= last ? 0 : Number(range.value) + 1;
      await show().catch(() => {}); // replaced by a later frame
      if (timer) Number(range.value) < last ? (timer = setTimeout(next, pause())) : stop();
    };
    const go = () => ((timer = setTimeout(next, 0)), tell());
    button.onclick = () => (timer ? stop() : go());
    range.oninput = () => (stop(), show());
    new IntersectionObserver(([{ isIntersecting }]) => !isIntersecting && timer && stop()).observe(box); // nobody looks any more
    range.max = steps.length - 1;
    range.value = start();
    tell();
    return {
      box,
      stop,
      go,
      show,
      plays: () => timer !== undefined,
      moved: () => range.value !== start(),
      /** The frames of another figure; the place stays where the reader has brought it. */
      change(figure) {
        const stays = timer !== undefined || range.value !== start();
        ({ steps, slider, play } = read(figure));
        range.max = steps.length - 1; // a place beyond it becomes the last
        if (!stays) range.value = start();
        tell();
      },
    };
  }

  /** The frames of a figure as steps, what it says of them, and how long each stands; no steps if it has no frames */
  function read({ layout, frames }) {
    const slider = layout?.sliders?.[0];
    const steps = slider?.steps?.length ? slider.steps : frames?.map(({ name }) => ({ label: name, args: [[name]] }));
    const play = layout?.updatemenus?.[0]?.buttons?.[0]?.args?.[1]?.frame?.duration;
    return { slider, play, steps: frames?.length ? steps : undefined };
  }

  const style = document.createElement("style");
  style.textContent = `
    .house-frame, .house-player { max-width: 60rem; }
    .house-frame { position: relative; }
    .house-words { position: absolute; inset: 0; z-index: 1; pointer-events: none; }
    .house-plot canvas { touch-action: pan-y; }
    .house-plot .modebar-container { top: auto !important; bottom: 0; }
    .house-plot .modebar { top: auto !important; bottom: 0; }
    .house-player { display: flex; align-items: center; gap: .75rem; box-sizing: border-box; height: 48px; font: 14px/1.2 var(--sans, system-ui, sans-serif); }
    .house-player button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 999px; padding: 0 .8rem; min-width: 4.25rem; height: 36px; cursor: pointer; }
    .house-player button:hover { background: color-mix(in srgb, currentColor 10%, transparent); }
    .house-player input { flex: 1 1 6rem; color: inherit; min-width: 4rem; margin: 0; height: 36px; appearance: none; background: none; cursor: pointer; }
    .house-player input::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: color-mix(in srgb, currentColor 25%, transparent); }
    .house-player input::-moz-range-track { height: 4px; border-radius: 2px; background: color-mix(in srgb, currentColor 25%, transparent); }
    .house-player input::-webkit-slider-thumb { appearance: none; width: 18px; height: 18px; margin-top: -7px; border-radius: 50%; background: currentColor; }
    .house-player input::-moz-range-thumb { width: 18px; height: 18px; border: 0; border-radius: 50%; background: currentColor; }
    .house-player span { flex: none; min-width: 5.5rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .house-player :focus-visible { outline: 2px solid; outline-offset: 2px; }`;
  document.head.append(style);
  window.housePrices = { ...window.housePrices, player };
})();
