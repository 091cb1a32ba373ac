import { LineChart } from 'echarts/charts';
import { GridSimpleComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { stages, type Time } from '../model';
import { t } from '../text/language';

use([LineChart, GridSimpleComponent, MarkLineComponent, CanvasRenderer]);

const fontSize = 11;
/** Between the names of two marked days, in pixels; a name that would be written over another is left out. */
const apart = 10;

function measure(text: string): number {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * fontSize;
  pen.font = `${fontSize}px sans-serif`;
  return pen.measureText(text).width;
}

/** Stacked steps by stage with the intentions dashed on top; a click sets the day. The answer moves the handle. */
export function draw(box: HTMLElement, time: Time, index: number, choose: (at: number) => void): (at: number) => void {
  const style = getComputedStyle(box);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const chart = init(box, undefined, { renderer: 'canvas' });
  const monthOf = (date: string): number => {
    const at = time.days.findIndex(day => day >= date);
    return at < 0 ? time.days.length - 1 : at;
  };
  const grown = time.scope.findLastIndex((size, at) => at > 0 && size > time.scope[at - 1]!);
  const marked = [
    ...time.milestones.filter(each => each.kind !== 'plan_period' && each.kind !== 'founding')
      .sort((a, b) => Number(b.baseline) - Number(a.baseline)).map(each => ({ at: monthOf(each.date), name: each.name, baseline: each.baseline })),
    ...(grown > 0 ? [{ at: grown, name: t('time.scope', { count: time.scope[grown]! }), baseline: false }] : []),
  ];
  const named: [left: number, right: number][] = [];
  const lines = marked.map(({ at, name, baseline }) => {
    const x = ((box.clientWidth - 52) * at) / (time.days.length - 1);
    const width = measure(name) + apart;
    const align = x + width / 2 > box.clientWidth - 52 ? 'right' as const : x < width / 2 ? 'left' as const : 'center' as const;
    const left = align === 'right' ? x - width : align === 'left' ? x : x - width / 2;
    const fits = named.every(([from, to]) => left + width < from || left > to);
    if (fits) named.push([left, left + width]);
    return {
      xAxis: at, label: { show: fits, formatter: name, color: colour('--second'), fontSize, position: 'end' as const, align },
      lineStyle: { color: baseline ? colour('--summit') : colour('--third'), type: baseline ? 'solid' as const : 'dashed' as const, width: 1 },
    };
  });
  const axis = { axisLine: { lineStyle: { color: colour('--hair') } }, axisTick: { show: false } };
  chart.setOption({
    animation: false,
    grid: { left: 30, right: 22, top: 22, bottom: 20 },
    xAxis: {
      type: 'category', data: time.days, boundaryGap: false, ...axis,
      axisLabel: { color: colour('--third'), fontSize, interval: (_: number, day: string) => day.slice(5, 7) === '01', formatter: (day: string) => day.slice(0, 4) },
    },
    yAxis: { type: 'value', splitNumber: 2, minInterval: 5, ...axis, axisLabel: { color: colour('--third'), fontSize }, splitLine: { lineStyle: { color: colour('--hair') } } },
    series: stages.map((stage, nth) => ({
      type: 'line', stack: 'cities', step: 'end', data: time[stage], symbol: 'none', silent: true,
      lineStyle: { color: colour(`--${stage}`), width: nth === 2 ? 1.5 : 0, type: nth === 2 ? 'dashed' : 'solid' },
      areaStyle: { color: colour(`--${stage}`), opacity: nth === 2 ? 0.2 : 1 },
      ...(nth === 0 ? { markLine: { symbol: 'none', silent: true, data: lines } } : {}),
      ...(nth === 2 ? { markLine: handle(index) } : {}),
    })),
  });
  function handle(at: number): object {
    return {
      symbol: ['none', 'circle'], symbolSize: 9, silent: true, animation: false, label: { show: false },
      lineStyle: { color: colour('--ink'), type: 'solid', width: 1.5 }, data: [{ xAxis: at }],
    };
  }
  chart.getZr().on('click', ({ offsetX }: { offsetX: number }) => {
    const at = chart.convertFromPixel({ xAxisIndex: 0 }, offsetX) as unknown as number;
    if (at >= 0 && at < time.days.length) choose(Math.round(at));
  });
  const watch = new ResizeObserver(() => {
    if (box.isConnected && box.clientWidth === chart.getWidth() && box.clientHeight === chart.getHeight()) return;
    if (box.isConnected) chart.resize();
    else {
      watch.disconnect();
      chart.dispose();
    }
  });
  watch.observe(box);
  return at => {
    if (!chart.isDisposed()) chart.setOption({ series: [{}, {}, { markLine: handle(at) }] });
  };
}
