// `node --import weir/register app.js`: what a process and each of its worker threads load before the app. Where rules are waiting,
// they are in force before the app's first line runs, which is why this awaits. Where there are none, nothing of the engine is loaded
// until some come: an app pays for what it uses.
import { isMainThread } from 'node:worker_threads';
import { asksForAnything } from './asks-for-anything.ts';
import { lineAtStart } from './at-start.ts';
import { debug, say } from './say.ts';
import { readSettings, type Settings } from './settings.ts';

const lookEveryMs = 250;

const settings = readSettings(process.env);
const line = isMainThread ? lineAtStart(settings, process.env, process.argv[1]) : '';
if (line !== '') say(line);
if (settings === null) debug('nothing asks for anything');
else if (isNeeded(settings)) await begin(settings);
else wait(settings);

function isNeeded({ minSeverity, rulesPath }: Settings): boolean { return minSeverity > 0 || (rulesPath !== null && asksForAnything(rulesPath)); }

async function begin(given: Settings): Promise<void> {
  try {
    const { start } = await import('./start.ts');
    start(given);
  } catch (error) {
    say(`this process runs without Weir's rules, for they could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Providers that are registered meanwhile are found when the first rules come. */
function wait(given: Settings): void {
  debug(`no rules in ${given.rulesPath ?? 'any file'} yet`);
  const timer = setInterval(() => {
    if (!isNeeded(given)) return;
    clearInterval(timer);
    void begin(given);
  }, lookEveryMs);
  timer.unref();
}
