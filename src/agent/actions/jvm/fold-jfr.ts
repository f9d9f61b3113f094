// The text of `jfr print --events jdk.ExecutionSample` into folded stacks: `root;caller;leaf count`, one line a stack. Frames stand leaf
// first between `stackTrace = [` and `]`, each with its signature and line.

interface Fold { add(chunk: Buffer): void; end(): { readonly text: string; readonly samples: number } }

const mostStacks = 50_000;

export function foldJfr(): Fold {
  const counts = new Map<string, number>();
  let [rest, inside, samples] = ['', false, 0];
  let frames: string[] = [];
  const take = (line: string): void => {
    const text = line.trim();
    if (text === 'stackTrace = [') { inside = true; frames = []; }
    else if (inside && text === ']') { inside = false; samples++; count(counts, frames.toReversed().join(';')); }
    else if (inside && text !== '' && text !== '...') frames.push(text.replace(/\s+line:.*$/, '').replaceAll(';', ','));
  };
  return {
    add: (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    },
    end: () => ({ samples, text: [...counts].map(([stack, times]) => `${stack} ${times}\n`).join('') }),
  };
}

function count(counts: Map<string, number>, stack: string): void {
  const key = counts.has(stack) || counts.size < mostStacks ? stack : '(other stacks)';
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
