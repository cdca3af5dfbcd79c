'use client';

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { compactText } from '#src/number-text.ts';
import { clockText, dayText, exactText } from '#src/time-text.ts';

export interface ChartPoint {
  atMs: number;
  /** For drawing only; null is a gap, not a zero. */
  area: number | null;
  line: number | null;
  /** The exact values, as the crosshair says them. */
  areaText: string;
  lineText: string;
}

export interface ChartMark {
  atMs: number;
  label: string;
}

interface AreaChartProps {
  /** What the chart shows, in a sentence: for readers who cannot see it. */
  summary: string;
  areaName: string;
  lineName: string;
  lineUnit?: string;
  points: ChartPoint[];
  marks?: ChartMark[];
  /** Where the line's axis ends (a budget). */
  lineLimit?: number | undefined;
}

const DAY_MS = 86_400_000;
const AXIS = { fontSize: 12, fill: 'var(--faint)' };

/** Two quantities over time, on an axis each, with a crosshair. Gaps stay gaps; a falling count falls. */
export function AreaChart({
  summary,
  areaName,
  lineName,
  lineUnit = '',
  points,
  marks = [],
  lineLimit,
}: AreaChartProps) {
  const first = points[0]?.atMs ?? 0;
  const last = points.at(-1)?.atMs ?? 0;
  const axisText = last - first > DAY_MS ? dayText : clockText;
  return (
    <figure className="m-0">
      <figcaption className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-[0.8125rem] text-muted">
        <Key className="bg-accent" name={areaName} />
        <Key className="bg-ink" name={lineName} />
        <span className="sr-only">{summary}</span>
      </figcaption>
      <div className="h-64 w-full sm:h-72">
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart data={points} margin={{ top: 16, right: 0, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="atMs"
              type="number"
              scale="time"
              domain={['dataMin', 'dataMax']}
              tickFormatter={(value: number) => axisText(new Date(value))}
              tick={AXIS}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              minTickGap={48}
            />
            <YAxis
              yAxisId="area"
              width={44}
              tickFormatter={compactText}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
            />
            <YAxis
              yAxisId="line"
              orientation="right"
              width={52}
              domain={[0, lineLimit === undefined ? 'auto' : Math.ceil(lineLimit)]}
              tickFormatter={(value: number) => `${lineUnit}${compactText(value)}`}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={({ active, payload }) => {
                const point: unknown = payload?.[0]?.payload;
                return active && isChartPoint(point) ? (
                  <Reading point={point} areaName={areaName} lineName={lineName} />
                ) : null;
              }}
            />
            {marks.map((mark) => (
              <ReferenceLine
                key={`${mark.atMs} ${mark.label}`}
                yAxisId="area"
                x={mark.atMs}
                stroke="var(--muted)"
                strokeDasharray="2 3"
                label={{
                  value: mark.label,
                  // The words stand on the side that has room.
                  position: mark.atMs - first < (last - first) / 2 ? 'insideTopLeft' : 'insideTopRight',
                  fontSize: 11,
                  fill: 'var(--muted)',
                  dy: -14,
                }}
              />
            ))}
            <Area
              yAxisId="area"
              dataKey="area"
              type="linear"
              stroke="var(--accent)"
              strokeWidth={1.75}
              fill="var(--accent)"
              fillOpacity={0.12}
              connectNulls={false}
              isAnimationActive={false}
              activeDot={{ r: 3.5, strokeWidth: 0 }}
            />
            <Line
              yAxisId="line"
              dataKey="line"
              type="linear"
              stroke="var(--ink)"
              strokeWidth={1.5}
              dot={false}
              connectNulls={false}
              isAnimationActive={false}
              activeDot={{ r: 3.5, strokeWidth: 0 }}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function isChartPoint(value: unknown): value is ChartPoint {
  return typeof value === 'object' && value !== null && 'atMs' in value && 'areaText' in value && 'lineText' in value;
}

function Key({ className, name }: { className: string; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`h-0.5 w-3.5 rounded-full ${className}`} />
      {name}
    </span>
  );
}

function Reading({ point, areaName, lineName }: { point: ChartPoint; areaName: string; lineName: string }) {
  return (
    <div className="rounded-md border bg-surface px-3 py-2 text-[0.8125rem] shadow-black/5 shadow-lg">
      <p className="text-faint">{exactText(new Date(point.atMs))}</p>
      <p className="mt-1 flex justify-between gap-6">
        <span className="text-muted">{areaName}</span>
        <span className="font-medium">{point.areaText}</span>
      </p>
      <p className="flex justify-between gap-6">
        <span className="text-muted">{lineName}</span>
        <span className="font-medium">{point.lineText}</span>
      </p>
    </div>
  );
}
