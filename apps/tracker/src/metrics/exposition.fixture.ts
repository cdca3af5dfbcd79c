export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP_LINE = new RegExp(`^# HELP (${NAME}) (\\S.*)$`);
const TYPE_LINE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary)$`);
const SAMPLE_LINE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/**
 * Reads Prometheus's text format (0.0.4) and takes nothing that is not in it: each family once, with HELP and TYPE before
 * its samples, no sample without one, no series twice, a number for each.
 *
 * @throws Error with the line that is wrong
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line is cut');
  const families = new Map<string, Family & { samples: Sample[] }>();
  const series = new Set<string>();
  const helps = new Map<string, string>();
  let latest: (Family & { samples: Sample[] }) | null = null;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, helped, help] = HELP_LINE.exec(line) ?? [];
    const [, typed, type] = TYPE_LINE.exec(line) ?? [];
    if (helped !== undefined && help !== undefined) helps.set(helped, help);
    else if (typed !== undefined && type !== undefined) {
      const known = helps.get(typed);
      if (known === undefined || families.has(typed)) throw new Error(`no HELP, or twice: ${line}`);
      latest = { name: typed, type, help: known, samples: [] };
      families.set(typed, latest);
    } else {
      const sample = parseSample(line);
      if (latest === null || !belongs(sample, latest)) throw new Error(`not in its family: ${line}`);
      const key = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
      if (series.has(key)) throw new Error(`twice: ${line}`);
      series.add(key);
      latest.samples.push(sample);
    }
  }
  return families;
}

function parseSample(line: string): Sample {
  const [, name, labelText = '', number] = SAMPLE_LINE.exec(line) ?? [];
  if (name === undefined || number === undefined) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < labelText.length) {
    const [, label, content] = LABEL.exec(labelText) ?? [];
    if (label === undefined || content === undefined || label in labels) throw new Error(`labels: ${line}`);
    labels[label] = content;
  }
  const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number);
  // Of a process that has not measured anything yet.
  if (Number.isNaN(value) && number.toLowerCase() !== 'nan') throw new Error(`no number: ${line}`);
  return { name, labels, value };
}

function belongs({ name, labels }: Sample, { name: family, type }: Family): boolean {
  if (type === 'histogram') {
    const isBucket = name === `${family}_bucket` && labels['le'] !== undefined;
    return isBucket || name === `${family}_sum` || name === `${family}_count`;
  }
  if (type === 'summary') return name === family || name === `${family}_sum` || name === `${family}_count`;
  return name === family;
}
