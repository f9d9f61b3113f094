// Tests the checker itself: a scratch tree holds one import per pair of layers; oxlint must report every forbidden edge
// and none of the allowed ones. The table below is the architecture's, written apart from the lint configuration.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const low = ['base', 'model', 'otlp', 'kql', 'redaction', 'profiles', 'heap', 'mining', 'catalogue'];
const folders: Record<string, string> = {
  ...Object.fromEntries([...low, 'cost', 'engine', 'rules', 'testing', 'agent', 'server', 'cli', 'demo', 'register'].map((layer) => [layer, `src/${layer}`])),
  'console ui': 'src/console/ui', 'console app': 'src/console/app', 'feature tail': 'src/console/features/tail', 'feature rules': 'src/console/features/rules',
};
const pure = [...low, 'cost', 'engine'];
const documents = [...pure, 'rules'];
const browser = ['console ui', 'console app', 'feature tail', 'feature rules'];
const allowed: Record<string, readonly string[]> = {
  base: [], model: ['base'], otlp: ['base', 'model'], kql: ['base', 'model', 'otlp'], redaction: ['base', 'model'],
  profiles: ['base', 'model'], heap: ['base', 'model'], mining: ['base', 'model'], catalogue: ['base', 'model', 'otlp', 'mining', 'redaction'], cost: ['base', 'model', 'otlp', 'kql'],
  engine: low, rules: ['base', 'model', 'otlp', 'kql', 'redaction', 'engine'], testing: pure, agent: pure, register: ['base', 'model', 'otlp', 'kql', 'redaction', 'mining', 'catalogue', 'engine'],
  server: ['base', 'model', 'otlp', 'kql', 'redaction', 'mining', 'catalogue', 'cost', 'engine', 'rules'], cli: [...documents, 'agent', 'server'], demo: [],
  'console ui': documents, 'feature tail': [...documents, 'console ui'], 'feature rules': [...documents, 'console ui'],
  'console app': [...documents, 'console ui', 'feature tail', 'feature rules'],
};
const modules: Record<string, { readonly specifier: string; readonly allowedIn: (layer: string) => boolean }> = {
  'node:fs': { specifier: 'node:fs', allowedIn: (layer) => !browser.includes(layer) && !documents.includes(layer) && layer !== 'testing' },
  fastify: { specifier: 'fastify', allowedIn: (layer) => !documents.includes(layer) && layer !== 'testing' },
};

const slug = (name: string): string => name.replaceAll(/[^a-z]/g, '-');
let scratch = '';
let breaches = new Set<string>();

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'weir-layers-'));
  cpSync(join(root, '.oxlintrc.json'), join(scratch, '.oxlintrc.json'));
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
  for (const folder of Object.values(folders)) {
    mkdirSync(join(scratch, folder), { recursive: true });
    writeFileSync(join(scratch, folder, 'index.ts'), 'export const face = 1;\n');
  }
  for (const [from, folder] of Object.entries(folders)) {
    for (const [to, target] of Object.entries(folders)) {
      if (to !== from) writeImport(join(scratch, folder, `to-${slug(to)}.ts`), relative(folder, join(target, 'index.ts')));
    }
    for (const [name, { specifier }] of Object.entries(modules)) writeImport(join(scratch, folder, `to-${slug(name)}.ts`), specifier);
  }
  breaches = lint();
}, 120_000);

afterAll(() => { rmSync(scratch, { recursive: true, force: true }); });

function writeImport(file: string, specifier: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `import * as it from '${specifier}';\nexport const used = it;\n`);
}

/** The files that break a layer rule. */
function lint(): Set<string> {
  let output: string;
  try {
    output = execFileSync(join(root, 'node_modules/.bin/oxlint'), ['-f', 'json', 'src'], { cwd: scratch, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (failed) {
    output = (failed as { stdout: string }).stdout;
  }
  const report = JSON.parse(output.slice(output.indexOf('{'))) as { diagnostics: { code: string; filename: string }[] };
  return new Set(report.diagnostics.filter((one) => one.code.startsWith('boundaries')).map((one) => one.filename));
}

describe('layer rules', () => {
  for (const [from, folder] of Object.entries(folders)) {
    it(`${from} imports what it may and nothing else`, () => {
      const wrong: string[] = [];
      const expectEdge = (name: string, may: boolean): void => {
        const reported = breaches.has(`${folder}/to-${slug(name)}.ts`);
        if (reported === may) wrong.push(`${from} -> ${name}: ${may ? 'allowed, but reported' : 'forbidden, but passed'}`);
      };
      for (const to of Object.keys(folders)) if (to !== from) expectEdge(to, (allowed[from] ?? []).includes(to));
      for (const [name, { allowedIn }] of Object.entries(modules)) expectEdge(name, allowedIn(from));
      expect(wrong).toEqual([]);
    });
  }
});
