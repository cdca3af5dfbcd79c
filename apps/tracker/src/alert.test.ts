import { readFileSync } from 'node:fs';
import { ALERT_KINDS } from '@clipmeter/core/alert-kind';
import { expect, test } from 'vitest';

test('docs/operate.md explains exactly the kinds of alerts that there are', () => {
  const text = readFileSync(new URL('../../../docs/operate.md', import.meta.url), 'utf8');
  const section = text.split('\n## ').find((part) => part.startsWith('Alerts')) ?? '';
  const kinds = [...section.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
  expect(kinds.toSorted()).toEqual([...ALERT_KINDS].toSorted());
});
