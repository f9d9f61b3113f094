// The rule routes of /api/v1, played by the mock backend with the BFF's own codes.
import { http, HttpResponse } from 'msw/http';
import { bulkRules, deployRule, reorderRules, saveRule } from '../src/model/index.ts';
import type { ApiError, RuleDiagnostic, RuleMode } from '../src/model/index.ts';
import { editRule, printRule } from '../src/rules/index.ts';
import type { MockBackend } from './backend.ts';
import { at, problem } from './answers.ts';
import { historyOf } from './rule-effects.ts';
import { detailOf, summaryOf } from './rule-shows.ts';
import { isBroken, latestOf, readRule, type StoredRule } from './rules-store.ts';

type Refusal = ApiError['error'] & { readonly status: number };

/** Answers begin with what is due by now. */
export function ruleHandlers(backend: MockBackend) {
  return [...readingHandlers(backend), ...manyHandlers(backend), ...writingHandlers(backend), ...runningHandlers(backend)];
}

function withRule(backend: MockBackend, id: unknown, act: (rule: StoredRule) => Response | Promise<Response>): Response | Promise<Response> {
  backend.expireDue();
  const rule = backend.store.rules.get(String(id));
  return rule ? act(rule) : refused(unknown);
}

const unknown: Refusal = { status: 404, code: 'rule.unknown', message: 'There is no rule with this id', help: 'It may have been deleted; open the list of rules.' };
const refused = ({ status, ...error }: Refusal) => HttpResponse.json({ error }, { status });
const listOf = (backend: MockBackend) => ({ rules: [...backend.store.rules.values()].map(rule => summaryOf(backend, rule)).toSorted((a, b) => (a.name < b.name ? -1 : 1)) });

const readingHandlers = (backend: MockBackend) => [
  http.get(at('/rules'), () => { backend.expireDue(); return HttpResponse.json(listOf(backend)); }),
  http.get(at('/rules/texts'), () => HttpResponse.json({ texts: [...backend.store.rules.values()].map(rule => ({ id: rule.id, version: rule.versions.length, text: latestOf(rule).text })) })),
  http.get(at('/rules/:id'), ({ params }) => withRule(backend, params['id'], rule => HttpResponse.json(detailOf(backend, rule)))),
  http.get(at('/rules/:id/history'), ({ request, params }) => withRule(backend, params['id'], rule => HttpResponse.json(historyOf(backend, rule, Number(new URL(request.url).searchParams.get('seconds') ?? 900))))),
];

/** The text to save, from text or from fields, or why it cannot be. */
async function textOf(request: Request, latest: string | null): Promise<{ readonly text: string; readonly note: string } | Response> {
  const body = saveRule.safeParse(await request.json());
  if (!body.success) return problem(400, 'request.invalid', 'The rule was not saved', 'Nothing was changed.', body.error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message })));
  const { document, note } = body.data;
  const text = body.data.text ?? (latest === null ? printRule(document!) : edited(latest, document!));
  const read = readRule(text);
  return read.document === null ? refused(unreadable(read.diagnostics)) : { text, note };
}

function edited(text: string, document: object): string {
  const result = editRule(text, Object.entries(document).map(([key, value]) => ({ path: [key], value: value as unknown })));
  return result.ok ? result.value : text;
}

const unreadable = (diagnostics: readonly RuleDiagnostic[]): Refusal =>
  ({ status: 422, code: 'rule.unreadable', message: `The rule was not saved: ${diagnostics[0]?.message ?? 'its text is no rule document.'}`, help: 'Correct the text and save again.', diagnostics: [...diagnostics] });

const writingHandlers = (backend: MockBackend) => [
  http.post(at('/rules'), async ({ request }) => {
    const source = await textOf(request, null);
    if (source instanceof Response) return source;
    const name = readRule(source.text).document?.name;
    if ([...backend.store.rules.values()].some(rule => latestOf(rule).document.name === name)) return problem(409, 'rule.name-taken', `Another rule is called ${name}.`, 'Choose another name.');
    const rule = backend.store.create(source.text, source.note, backend.iso(backend.clock()));
    backend.note('rule.create', `rule:${rule.id}`);
    return HttpResponse.json(detailOf(backend, rule), { status: 201 });
  }),
  http.post(at('/rules/:id/versions'), ({ request, params }) => withRule(backend, params['id'], async rule => {
    const source = await textOf(request, latestOf(rule).text);
    if (source instanceof Response) return source;
    if (source.text !== latestOf(rule).text) {
      backend.store.addVersion(rule, source.text, source.note, backend.iso(backend.clock()));
      backend.note('rule.save', `rule:${rule.id}`);
    }
    return HttpResponse.json(detailOf(backend, rule), { status: 201 });
  })),
  http.delete(at('/rules/:id'), ({ request, params }) => withRule(backend, params['id'], rule => {
    if (rule.state === 'deployed' && new URL(request.url).searchParams.get('force') !== 'true') return refused(stillDeployed(rule));
    backend.store.delete(rule);
    backend.note('rule.delete', `rule:${rule.id}`);
    return new HttpResponse(null, { status: 204 });
  })),
];

const stillDeployed = (rule: StoredRule): Refusal => ({ status: 409, code: 'rule.deployed', message: `Rule ${latestOf(rule).document.name} runs on the fleet.`, help: 'Disable it first, or delete it with force.' });

/** Null when it is deployed, else why not. */
function deploy(backend: MockBackend, rule: StoredRule, number: number, mode: RuleMode, expiresAt?: string): Refusal | null {
  const version = rule.versions[number - 1];
  if (version === undefined) return { status: 404, code: 'rule.version-unknown', message: 'The rule has no such version.', help: 'Open the rule again.' };
  const { name } = version.document;
  if (isBroken(version)) return { status: 422, code: 'rule.does-not-compile', message: `Version ${number} of ${name} has an error, so it was not deployed: ${version.diagnostics?.at(-1)?.message ?? ''}`, help: 'Correct the text, save a new version and deploy that.', diagnostics: version.diagnostics };
  if (expiresAt !== undefined && Date.parse(expiresAt) <= backend.clock()) return { status: 409, code: 'rule.over', message: `Rule ${name} was to end at ${expiresAt}, which is over, so it was not deployed.`, help: 'Deploy it without an end of its own.' };
  backend.store.deploy(rule, number, mode, backend.iso(backend.clock()), expiresAt);
  backend.note('rule.deploy', `rule:${rule.id}`);
  return null;
}

function disable(backend: MockBackend, rule: StoredRule): Refusal | null {
  if (rule.state === 'draft') return { status: 409, code: 'rule.not-deployed', message: `Rule ${latestOf(rule).document.name} is not deployed.`, help: 'Only a deployed rule can be disabled.' };
  if (rule.state === 'disabled') return null;
  backend.disable(rule);
  backend.note('rule.disable', `rule:${rule.id}`);
  return null;
}

const runningHandlers = (backend: MockBackend) => [
  http.post(at('/rules/:id/deploy'), ({ request, params }) => withRule(backend, params['id'], async rule => {
    const body = deployRule.safeParse(await request.json());
    if (!body.success) return problem(400, 'request.invalid', 'This is not a deployment');
    const refusal = deploy(backend, rule, body.data.version, body.data.mode, body.data.expiresAt);
    return refusal === null ? HttpResponse.json(detailOf(backend, rule)) : refused(refusal);
  })),
  http.post(at('/rules/:id/disable'), ({ params }) => withRule(backend, params['id'], rule => {
    const refusal = disable(backend, rule);
    return refusal === null ? HttpResponse.json(detailOf(backend, rule)) : refused(refusal);
  })),
];

const manyHandlers = (backend: MockBackend) => [
  http.post(at('/rules/order'), async ({ request }) => {
    const body = reorderRules.safeParse(await request.json());
    if (!body.success) return problem(400, 'request.invalid', 'This is not an order of rules');
    const places = body.data.rules.map(({ id, order }) => ({ rule: backend.store.rules.get(id), order }));
    const edits = places.find(({ rule }) => rule !== undefined && rule.deployedVersion !== null && rule.deployedVersion !== rule.versions.length)?.rule;
    if (places.some(({ rule }) => rule === undefined)) return refused(unknown);
    if (edits) return problem(409, 'rule.undeployed-edits', `Rule ${latestOf(edits).document.name} runs at version ${edits.deployedVersion}, but its latest version is not deployed: changing its order would deploy those edits, so no order was changed.`, 'Deploy its latest version first; then change the order again.');
    for (const { rule, order } of places) if (rule) { backend.store.place(rule, order, backend.iso(backend.clock())); backend.note('rule.save', `rule:${rule.id}`); }
    return HttpResponse.json(listOf(backend));
  }),
  http.post(at('/rules/bulk'), async ({ request }) => {
    const body = bulkRules.safeParse(await request.json());
    if (!body.success) return problem(400, 'request.invalid', 'This is not a request for many rules');
    const { action, mode, ids } = body.data;
    return HttpResponse.json({ results: ids.map(id => resultOf(id, act(backend, action, mode, id))) });
  }),
];

function act(backend: MockBackend, action: 'deploy' | 'disable' | 'delete', mode: RuleMode, id: string): Refusal | null {
  const rule = backend.store.rules.get(id);
  if (rule === undefined) return unknown;
  if (action === 'deploy') return deploy(backend, rule, rule.versions.length, mode);
  if (action === 'disable') return disable(backend, rule);
  if (rule.state === 'deployed') return stillDeployed(rule);
  backend.store.delete(rule);
  backend.note('rule.delete', `rule:${rule.id}`);
  return null;
}

const resultOf = (id: string, refusal: Refusal | null) => {
  if (refusal === null) return { id, ok: true };
  const { status: _, ...error } = refusal;
  return { id, ok: false, error };
};
