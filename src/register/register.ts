// `node --import weir/register app.js`: what a process and each of its worker threads load before the app. Without a setting it
// loads nothing more; with one, the rules are in force before the app's first line runs, which is why this awaits.
import { debug, say } from './say.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
if (settings === null) debug('neither WEIR_RULES, WEIR_DATA, WEIR_MIN_SEVERITY nor WEIR_VERBOSE_FILE is set, so there is nothing to do');
else {
  try {
    const { start } = await import('./start.ts');
    start(settings);
  } catch (error) {
    say(`this process runs without Weir's rules, for they could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
