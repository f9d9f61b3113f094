// Finds a Chromium for the browser tests: $CHROMIUM, the system's, Playwright's cache; else Playwright's own download;
// else, as root on Debian, the distribution's package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const first = (paths) => paths.find((path) => path && existsSync(path));

/** The path of a Chromium that can be started, installing one when there is none; null with the reason printed when that fails. */
export async function findChromium() {
  const known = first([process.env.CHROMIUM, ...system]) ?? first([await playwrightsOwn()]);
  if (known) return known;
  console.error('No Chromium found; installing one for the browser tests …');
  spawnSync(process.execPath, [createRequire(import.meta.url).resolve('playwright/cli.js'), 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'ignore'], timeout: 180_000 });
  const downloaded = first([await playwrightsOwn()]);
  if (downloaded) return downloaded;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const apt = (...args) => spawnSync('apt-get', ['-qq', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update');
    apt('install', 'chromium');
  }
  const installed = first(system);
  if (!installed) console.error('No Chromium could be found or installed. Install Chromium, or set CHROMIUM to its path, and run the tests again.');
  return installed ?? null;
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright');
  try { return chromium.executablePath(); } catch { return undefined; }
}
