// Secrets that one line of a configuration file, a script or a list of processes holds beside their names. Each form is one pattern that looks at each
// word once: linear, whatever the line.
import { isSecretName } from '../../processes/index.ts';
import { namesSecret, namesUnjudged } from './names.ts';
import { type Span, valueSpan } from './values.ts';

const assignment = /(?<![\w.-])([A-Za-z_][\w.-]{0,127})\\{0,3}["'\])]{0,3}[ \t]{0,24}(?:=>|:=|[=:])[ \t]{0,24}/g;
/** Redis, Keepalived, LDAP: a word, blanks, and the value up to the line's end. */
const directive = /^[ \t]*(?:sentinel[ \t]{1,8})?(?:requirepass|masterauth|auth[_-]pass|rootpw|bindpw|secret_key_base)[ \t]{1,24}(\S.*)$/i;
const container = /^[ \t]*(?:ENV|ARG|setenv|SetEnv|fastcgi_param|uwsgi_param)[ \t]{1,8}([A-Za-z_]\w{2,127})[ \t]{1,24}/;
/** `process.env.PW || 'x'`, `os.environ["PW"] ?? "x"`. */
const otherwise = /(?<![\w-])([A-Za-z_]\w{0,127})["'`]?[\])]{0,2}[ \t]{0,8}(?:\|\||\?\?|\?:|\bor\b)[ \t]{0,8}(?=["'`])/g;
const fallback = /(?:\|\||\?\?|\bor\b)[ \t]{0,8}(?=["'`])/g;
/** `getenv("PW", "x")`. */
const withDefault = /(?:getenv|env|get|fetch|getOrDefault|getProperty|config|environ)\([ \t]{0,4}["'`]([\w.-]{1,128})["'`][ \t]{0,4},[ \t]{0,4}/gi;
/** `${PW:-x}` of shells and compose files, `${pw:x}` of Spring. */
const inBraces = /\$\{([A-Za-z_][\w.-]{0,127}?)(?::-|:=|:|-|=)(?![?+])([^}\s]{1,512})\}/g;
const flag = /(?<!\S)--?([A-Za-z][\w.-]{0,80})(?:=|[ \t]{1,8}(?!--[A-Za-z]))/g;
const pair = /["']?(?:name|key)["']?[ \t]{0,2}[:=][ \t]{0,2}["']([\w.-]{1,128})["'][ \t]{0,4},?[ \t]{0,4}["']?value["']?[ \t]{0,2}[:=][ \t]{0,2}/gi;
const accessList = /^[ \t]*user[ \t]{1,8}\S|\bACL[ \t]{1,4}SETUSER\b/i;
const accessWord = /(?<=\s)[><#]\S+/g;
const looksBehind = 256;
const beginning = /^[\s\-"']*(?:export\s{1,8})?["']?$/;

/** What a line must hold that any of these find something in it. */
export const cue = /key|auth|pass|pw|sk|base|secret|pin|otp|cred|salt|pepper|unseal|user|setuser/i;

/** In the line, in no order; they may overlap. */
export function secretsInLine(line: string): readonly Span[] {
  const named = [...eachOf(line, assignment, namesUnjudged, true), ...eachOf(line, otherwise, namesSecret), ...eachOf(line, withDefault, namesSecret), ...eachOf(line, flag, isSecretName), ...eachOf(line, pair, namesSecret)];
  return [...named, ...[...fallbacks(line), ...stated(line)].filter((span) => span !== null), ...braced(line), ...listed(line)];
}

/** `ownLine`: what stands at the line's beginning has all of the line. A value is looked through for no further names, or many in a row would cost their square. */
function eachOf(line: string, pattern: RegExp, is: (name: string) => boolean, ownLine = false): readonly Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    if (!is(match[1] ?? '')) continue;
    const span = valueSpan(line, pattern.lastIndex, ownLine && match.index < looksBehind && beginning.test(line.slice(0, match.index)));
    if (span === null) continue;
    spans.push(span);
    pattern.lastIndex = span.end;
  }
  return spans;
}

/** `password: anything || 'x'`. */
function fallbacks(line: string): readonly (Span | null)[] {
  if (!line.includes('||') && !line.includes('??') && !line.includes(' or ')) return [];
  return [...line.matchAll(fallback)].map(({ 0: all, index }) => {
    const before = line.slice(Math.max(0, index - looksBehind), index);
    return [...before.matchAll(assignment)].some(([, name = '']) => namesSecret(name)) ? valueSpan(line, index + all.length, false) : null;
  });
}

const braced = (line: string): readonly Span[] => [...line.matchAll(inBraces)].filter(([, name = '']) => namesSecret(name)).map(({ 0: all, 2: value = '', index }) => ({ start: index + all.length - 1 - value.length, end: index + all.length - 1 }));

function stated(line: string): readonly (Span | null)[] {
  const value = directive.exec(line)?.[1]?.trimEnd();
  if (value !== undefined) return [{ start: line.lastIndexOf(value), end: line.lastIndexOf(value) + value.length }];
  const named = container.exec(line);
  return named !== null && namesSecret(named[1] ?? '') ? [valueSpan(line, named[0].length, true)] : [];
}

const listed = (line: string): readonly Span[] => (accessList.test(line) ? [...line.matchAll(accessWord)].map(({ 0: all, index }) => ({ start: index + 1, end: index + all.length })) : []);
