import { expect, test } from 'vitest';
import { pageColors } from '#src/frame/page-colors.ts';

test('an empty page is as the reader chose, or as the system has it', () => {
  expect(pageColors('dark')).toEqual({ colorScheme: 'dark', themeColor: '#0e0f12' });
  expect(pageColors('light').colorScheme).toBe('light');
  for (const none of [undefined, 'system', '"><script>']) expect(pageColors(none).colorScheme).toBe('light dark');
});
