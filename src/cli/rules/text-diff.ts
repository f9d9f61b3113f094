// What changes from one version of a rule's text to the next, line by line, for a plan that a person reads before it is carried out.

/** Unchanged lines around a change. */
const around = 2;
/** The table of the longest common sequence grows with the product of the changed parts' lengths; larger ones are told as taken out and put in. */
const maxCells = 4_000_000;

type Mark = ' ' | '-' | '+';
interface Line { readonly mark: Mark; readonly text: string }

/** Lines with a mark in front (`-` goes, `+` comes), unchanged ones only near a change, `…` where more are left out. Line ends do not count. */
export function textDiff(before: string, after: string): readonly string[] {
  const lines = compared(linesOf(before), linesOf(after));
  const changed = lines.flatMap(({ mark }, i) => (mark === ' ' ? [] : [i]));
  if (changed.length === 0) return [];
  const shown: string[] = [];
  let last = -1;
  lines.forEach(({ mark, text }, i) => {
    if (!changed.some((at) => Math.abs(at - i) <= around)) return;
    if (i > last + 1) shown.push('…');
    shown.push(`${mark} ${text}`.trimEnd());
    last = i;
  });
  return last < lines.length - 1 ? [...shown, '…'] : shown;
}

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const same = (text: string): Line => ({ mark: ' ', text });
  const middle = changes(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [...before.slice(0, start).map(same), ...middle, ...before.slice(before.length - end).map(same)];
}

/** By the longest common sequence of lines. */
function changes(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length * after.length > maxCells) return [...before.map((text): Line => ({ mark: '-', text })), ...after.map((text): Line => ({ mark: '+', text }))];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) for (let j = after.length - 1; j >= 0; j--) {
    common[i * width + j] = before[i] === after[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  }
  const out: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) { out.push({ mark: ' ', text: before[i]! }); i++; j++; }
    else if (i < before.length && (j === after.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) out.push({ mark: '-', text: before[i++]! });
    else out.push({ mark: '+', text: after[j++]! });
  }
  return out;
}
