// Public face of register/: the program is register.ts; this is for tests and benches of other folders.
export { readSettings, type Settings } from './settings.ts';
