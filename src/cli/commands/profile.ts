// `weir profile FILE`: what a profile of any known format says, as a table or as JSON, or the same profile for another tool.
import { basename } from 'node:path';
import { notSampledIn, readProfile, topFunctions, wholeProfile, type Profile, type ProfileSelection } from '../../profiles/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { gunzipWithin } from './gunzip.ts';
import { inputName, readBytes } from './input.ts';
import { exportProfile, type ExportFormat } from './profile-export.ts';
import { profileTable } from './profile-table.ts';

export interface ProfileOptions {
  readonly json?: boolean;
  readonly weight?: string;
  readonly top: string;
  readonly profile?: string;
  readonly export?: ExportFormat;
  readonly out?: string;
}

/** What `--json` prints. */
export interface ProfileSummary {
  readonly format: string;
  /** As taken by the profiler, also where the file merged them. */
  readonly samples: number;
  /** Of the weight, in `unit`: nanoseconds, bytes, count, or the file's own word. Self times of all functions and empty stacks add up to it. */
  readonly total: number;
  readonly unit: string;
  readonly threads: number;
  /** Where there are any: nanoseconds between samples in which nobody looked (the process stood still, or the sampler was late), and how many times. `total` and the self time of the sample before hold them. */
  readonly notSampled?: number;
  readonly gaps?: number;
  /** Most self first; null where the file does not tell. */
  readonly top: readonly { readonly name: string; readonly file: string | null; readonly line: number | null; readonly self: number; readonly total: number; /** The part of self that nobody sampled, where there is any. */ readonly notSampled?: number }[];
}

export async function profileCommand(file: string, options: ProfileOptions): Promise<void> {
  const top = countOf('--top', options.top);
  if (options.export !== undefined && options.out === undefined) throw wrongOption('--export needs --out.', 'Add --out FILE, or --out - for standard output.');
  const name = file === '-' ? inputName(file) : basename(file);
  const profiles = unwrap(readProfile(await readBytes(file), { fileName: name, gunzip: gunzipWithin }));
  const profile = chosen(profiles, options.profile);
  const selection: ProfileSelection = { ...wholeProfile, weight: weightOf(profile, options.weight) };
  for (const note of profile.notes) warn(note);
  if (options.export !== undefined) return exportProfile(profile, selection, options.export, options.out!);
  const summary = summarise(profile, selection, top);
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : profileTable(name, profile.weights[selection.weight]!.name, summary));
}

const warn = (text: string): void => { process.stderr.write(`weir: note: ${text}\n`); };
const wrongOption = (message: string, help: string): CommandFailure => new CommandFailure({ code: 'cli.bad-option', message, help });

function countOf(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw wrongOption(`${option} ${text}: a whole number from 1 on is needed.`, `For example ${option} 5.`);
}

/** The one asked for, else the one with most samples; says so when there are others. */
function chosen(profiles: readonly Profile[], asked: string | undefined): Profile {
  if (asked !== undefined) {
    const found = profiles[countOf('--profile', asked) - 1];
    if (found === undefined) throw wrongOption(`--profile ${asked}: the file holds ${profiles.length}.`, `Give a number from 1 to ${profiles.length}.`);
    return found;
  }
  const most = profiles.reduce((best, one) => (samplesOf(one) > samplesOf(best) ? one : best));
  if (profiles.length > 1) warn(`the file holds ${profiles.length} profiles; this is number ${profiles.indexOf(most) + 1}, "${most.name}", which has most samples. --profile N chooses another.`);
  return most;
}

const samplesOf = ({ samples }: Profile): number => samples.counts?.reduce((sum, count) => sum + count, 0) ?? samples.count;

function weightOf({ weights, defaultWeight }: Profile, asked: string | undefined): number {
  if (asked === undefined) return defaultWeight;
  const found = weights.findIndex(({ name }) => name === asked);
  if (found < 0) throw wrongOption(`--weight ${asked}: the profile has no such weight.`, `It has ${weights.map(({ name }) => name).join(', ')}.`);
  return found;
}

function summarise(profile: Profile, selection: ProfileSelection, top: number): ProfileSummary {
  const { functions, strings } = profile;
  const weight = profile.weights[selection.weight]!;
  const { nanos: notSampled, gaps } = notSampledIn(profile, selection);
  const textOf = (row: number): string | null => (row < 0 ? null : strings[row] ?? null);
  return {
    format: profile.format, samples: samplesOf(profile), total: weight.values?.reduce((sum, value) => sum + value, 0) ?? profile.samples.count * weight.each,
    unit: weight.unit === 'other' ? weight.unitText : weight.unit, threads: profile.threads.length, ...(gaps > 0 && { notSampled, gaps }),
    top: topFunctions(profile, selection).slice(0, top).map(({ function: row, self, total, notSampled: owed }) => ({
      name: textOf(functions.name[row]!) ?? '', file: textOf(functions.file[row]!), line: functions.line[row]! > 0 ? functions.line[row]! : null, self, total, ...(owed > 0 && { notSampled: owed }),
    })),
  };
}
