// The only door to ECharts: the parts of it the wall uses, and one action that keeps a chart in its box. Tooltips are
// drawn on the canvas: HTML ones need inline styles, which the page's policy forbids.

import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { EChartsCoreOption } from "echarts/core";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = EChartsCoreOption;

/** The root size in pixels: the wall's rem follows the screen, and the charts' text follows the rem. */
export function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

export interface Inks {
  text: string;
  soft: string;
  line: string;
  card: string;
  open: string;
  overdue: string;
  closed: string;
}

export function inks(): Inks {
  const style = getComputedStyle(document.querySelector(".wall") ?? document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token("--ink"),
    soft: token("--ink-soft"),
    line: token("--line"),
    card: token("--card"),
    open: token("--brand"),
    overdue: token("--danger"),
    closed: token("--accent"),
  };
}

export interface Drawing<Row> {
  rows: Row[];
  option: (rows: Row[]) => ChartOption;
}

/** Draws the rows whenever they change or the box changes its size. */
export function chart<Row>(element: HTMLElement, drawing: Drawing<Row>) {
  const drawn = echarts.init(element, null, { renderer: "canvas" });
  const draw = () => {
    drawn.resize();
    drawn.setOption(drawing.option(drawing.rows), { notMerge: true });
  };
  const watching = new ResizeObserver(draw);
  watching.observe(element);
  draw();
  return {
    update(next: Drawing<Row>) {
      drawing = next;
      draw();
    },
    destroy() {
      watching.disconnect();
      drawn.dispose();
    },
  };
}

/** What both charts share: type, tooltip on the canvas, no animation that nobody asked for. */
export function plain(text: number, colours: Inks): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: text },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colours.card,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: text },
      axisPointer: { type: "shadow" },
    },
    legend: { top: 0, right: 0, itemGap: text, textStyle: { color: colours.text, fontSize: text } },
  };
}
