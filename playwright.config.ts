// Browser tests against the real `weir up`; each spec starts its own stack on free ports.
import { defineConfig } from 'playwright/test';
import { keepCompiledCode } from './src/tooling/compile-cache.mjs';

keepCompiledCode();

export default defineConfig({
  testDir: 'e2e',
  // Above what a story takes on a busy machine; what must be soon, a story says itself.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  // Specs share nothing, and most of their time is waiting.
  workers: 3,
  // One that passes at the second try is named in the last lines: it is to be mended, and holds nobody up.
  retries: 1,
  forbidOnly: true,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : 'list',
  use: {
    launchOptions: {
      executablePath: process.env['CHROMIUM'] || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
    },
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
  },
});
