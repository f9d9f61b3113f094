// A generator from a recipe: how the secrets of one detector are made, and in which lines they stand. Negatives follow from
// the secrets themselves: too short, a byte that does not belong, fillers, a longer word, the prefix in a sentence.
import type { Generator, Random, Sample } from '../types.ts';
import { fill, pick } from './template.ts';

type Maker = string | ((random: Random) => string);

/** Secrets that stand in the same kind of line. */
interface Sort {
  /** A template or a function for each. */
  readonly secrets: readonly Maker[];
  /** Lines that the detector needs to see, with § where the secret stands; any line of telemetry when left out. */
  readonly lines?: readonly string[];
}

export interface Recipe extends Sort {
  readonly detector: string;
  /** What else the detector knows. */
  readonly more?: readonly Sort[];
  /** The literal that everybody may know; what comes before the first random character when left out. */
  readonly prefix?: string;
  /** False where a letter before the secret does not make another word of it. */
  readonly glued?: boolean;
  /** False where the secret alone, without its line, is another detector's find. */
  readonly bare?: boolean;
  /** Further texts that hold nothing. */
  readonly negatives?: readonly string[];
}

/** Lines as services write them; § stands for the secret. */
const lines: readonly string[] = [
  '<dig:4>-11-2<dig:1>T1<dig:1>:0<dig:1>:<dig:2>.<dig:3>Z ERROR checkout upstream refused § after 3 tries',
  '{"level":"warn","service":"billing","msg":"call failed","sent":"§","attempt":2}',
  'Nov 2<dig:1> 10:0<dig:1>:11 host-<dig:2> worker[<dig:4>]: retrying with § (attempt 2)',
  'level=info caller=client.go:<dig:3> msg="request sent" value=§ duration=<dig:2>ms',
  '{"log":"{\\"message\\":\\"using §\\",\\"n\\":<dig:1>}","stream":"stdout"}',
  'export INTEGRATION_VALUE=§',
  'curl -s -H "X-Forward: §" -X POST',
  '"GET /v1/items?sent=§&page=2 HTTP/1.1" 401 <dig:3>',
  'Error: rejected §\n    at Client.send (/srv/app/client.js:<dig:2>:11)',
  '§',
  '<item>§</item>',
];

/** Lines without a word that gives a secret away. */
const plain: readonly string[] = ['seen § once', '{"msg":"saw §","n":1}', 'item=§; next', '§'];

export function generatorOf(recipe: Recipe): Generator {
  return {
    detector: recipe.detector,
    positive: (random) => {
      const sort = pick(random, [recipe, ...(recipe.more ?? [])]);
      return inLine(random, sort.lines ?? lines, secretOf(sort, random));
    },
    negatives: (random) => negativesOf(recipe, random).map((text) => ({ text })),
  };
}

function secretOf({ secrets }: Sort, random: Random): string {
  const maker = pick(random, secrets);
  return typeof maker === 'string' ? fill(maker, random) : maker(random);
}

function inLine(random: Random, from: readonly string[], secret: string): Sample {
  const line = fill(pick(random, from), random);
  const start = line.indexOf('§');
  return { secret, text: line.slice(0, start) + secret + line.slice(start + 1), start, end: start + secret.length };
}

function negativesOf(recipe: Recipe, random: Random): string[] {
  const secret = secretOf(recipe, random);
  const byContext = recipe.lines !== undefined && recipe.prefix === undefined;
  const texts = byContext ? (recipe.bare ?? true ? [secret] : []) : lookAlikes(recipe, secret);
  const bare = texts.map((text) => pick(random, plain).replace('§', () => text));
  const masked = byContext ? recipe.lines.flatMap((line) => ['x'.repeat(secret.length), '********'].map((mask) => fill(line, random).replace('§', mask))) : [];
  return [...bare, ...masked, ...(recipe.negatives ?? []).map((one) => fill(one, random))];
}

function lookAlikes({ prefix: given, secrets, glued = true }: Recipe, secret: string): string[] {
  const [first] = secrets;
  const prefix = given ?? (typeof first === 'string' ? first.slice(0, first.indexOf('<')) : '');
  const known = secret.startsWith(prefix) ? prefix.length : 0;
  const cut = known + Math.min(8, Math.floor((secret.length - known) / 4));
  const texts = [secret.slice(0, cut), `${secret.slice(0, cut)}!${secret.slice(cut + 1)}`, secret.slice(0, known) + 'x'.repeat(secret.length - known)];
  if (glued) texts.push(`Q${secret}`);
  if (known > 0) texts.push(`such values begin with ${prefix} and go on`);
  return texts;
}
