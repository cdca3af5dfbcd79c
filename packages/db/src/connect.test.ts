import { expect, test } from 'vitest';
import { connectionConfig } from '#src/connect.ts';

test('the role is kept when the URL brings options of its own', () => {
  const { connectionString, options } = connectionConfig({
    url: 'postgres://u:p%40ss@db.example/clipmeter?sslmode=verify-full&options=-c%20geqo%3Doff',
  });
  expect(options).toMatch(/^-c geqo=off -c role=clipmeter_app /);
  expect(connectionString).toBe('postgres://u:p%40ss@db.example/clipmeter?sslmode=verify-full');
});

test('the owner keeps the login’s own rights', () => {
  expect(connectionConfig({ url: 'postgres://u@h/d', role: 'owner' }).options).not.toContain('role=');
});
