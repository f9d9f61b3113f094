// The routes of the catalogue, of aliases, saved views, metrics and themes, played by the mock backend.
import { http, HttpResponse } from 'msw/http';
import { ws } from 'msw/ws';
import { toGroups } from '../../src/kql/index.ts';
import { aliasDecision, eventQuery, followName, inputOfView, newAlias, savedViewChange, savedViewInput, switchTheme, themeChange, themeInput, viewImport } from '../../src/model/index.ts';
import type { AliasPreview, FollowOffer, SavedView, ViewStep } from '../../src/model/index.ts';
import { at, problem } from '../answers.ts';
import { detailOf, listOf, seedsNow, themeOf } from './rows.ts';
import type { MockCatalogue } from './store.ts';

const asked = (request: Request) => new URL(request.url).searchParams;
const invalid = (what: string) => problem(400, 'request.invalid', `This is no ${what}.`);
const text = (body: string, type = 'application/yaml') => new HttpResponse(body, { headers: { 'content-type': type } });

/** Nothing is told by itself here: pages ask now and then. */
const changes = ws.link(/\/api\/v1\/events\/changes$/);

export const catalogueHandlers = (catalogue: MockCatalogue) => [changes.addEventListener('connection', () => { /* it stays open */ }), ...eventHandlers(catalogue), ...aliasHandlers(catalogue), ...viewHandlers(catalogue), ...metricHandlers(catalogue), ...themeHandlers(catalogue)];

const eventHandlers = (catalogue: MockCatalogue) => [
  http.get(at('/events'), ({ request }) => { const query = eventQuery.safeParse(Object.fromEntries(asked(request))); return query.success ? HttpResponse.json(listOf(catalogue, query.data)) : invalid('question about events'); }),
  http.get(at('/events/detail'), ({ request }) => {
    const [signal, service, id] = [asked(request).get('signal'), asked(request).get('service'), asked(request).get('id')];
    const seed = seedsNow(catalogue).find(({ talker }) => talker.signal === signal && talker.service === service && talker.durableId === id);
    return seed === undefined ? problem(404, 'event.unknown', `No agent has told of the event "${id}" in ${signal} of the service "${service}".`, 'Agents tell of an event when they meet its first record.') : HttpResponse.json(detailOf(catalogue, seed));
  }),
  http.get(at('/events/drift'), () => HttpResponse.json({ drift: catalogue.drift() })),
];

const aliasHandlers = (catalogue: MockCatalogue) => [
  http.get(at('/aliases'), () => HttpResponse.json({ aliases: catalogue.aliases() })),
  http.get(at('/aliases/names'), () => {
    const active = catalogue.aliases().filter(({ state }) => state === 'active');
    const of = (kind: string) => Object.fromEntries(active.filter(one => one.kind === kind).flatMap(({ former, current, service }) => [former, current].map(name => [name, [{ name: current, service }, { name: former, service }]])));
    return HttpResponse.json({ revision: String(catalogue.now()), book: toGroups({ events: of('event'), fields: of('field') }) });
  }),
  http.post(at('/aliases'), async ({ request }) => { const body = newAlias.safeParse(await request.json()); return body.success ? HttpResponse.json(catalogue.addAlias(body.data), { status: 201 }) : invalid('alias'); }),
  http.get(at('/aliases/preview'), ({ request }) => HttpResponse.json(preview(catalogue, asked(request).get('name') ?? '', asked(request).get('kind') === 'field' ? 'field' : 'event'))),
  http.get(at('/aliases/broken'), () => HttpResponse.json({ broken: catalogue.broken() })),
  http.get(at('/aliases/following'), () => HttpResponse.json({ rules: {}, recorders: {}, themes: {} })),
  http.post(at('/aliases/follow'), async ({ request }) => {
    const body = followName.safeParse(await request.json());
    if (!body.success) return invalid('wish to follow');
    const { name, ruleIds, viewIds } = body.data;
    for (const offer of preview(catalogue, name, 'event').offers) if ([...ruleIds, ...viewIds].includes(offer.id)) follow(catalogue, offer);
    return HttpResponse.json({ results: [...ruleIds.map(id => ({ kind: 'rule', id, version: 2, problem: null })), ...viewIds.map(id => ({ kind: 'view', id, version: null, problem: null }))] });
  }),
  http.put(at('/aliases/:id'), async ({ request, params }) => { const body = aliasDecision.safeParse(await request.json()); if (!body.success) return invalid('decision'); const { base } = body.data; const stands = catalogue.aliases().find(one => one.id === String(params['id'])); if (base !== undefined && stands !== undefined && (base.state !== stands.state || base.decidedAt !== (stands.decided?.at ?? null))) return problem(409, 'alias.changed-meanwhile', 'Somebody else decided meanwhile, so this was not done.'); const alias = catalogue.decide(String(params['id']), body.data.state, body.data.reason); return alias === undefined ? problem(404, 'alias.unknown', 'There is no such alias.') : HttpResponse.json(alias); }),
];

function preview(catalogue: MockCatalogue, name: string, kind: 'event' | 'field'): AliasPreview {
  const users = kind === 'event' ? catalogue.users(name) : [];
  const after = (kql: string) => kql.replaceAll(new RegExp(`\\b(?:EventName|DurableId|Name) == "${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`, 'g'), `event("${name}")`);
  const offers = users.filter(({ follows }) => !follows).flatMap((user): FollowOffer[] => {
    if (user.kind !== 'rule' && user.kind !== 'view') return [];
    const document = catalogue.backend.store.rules.get(user.id)?.versions.at(-1)?.document;
    const before = user.kind === 'view' ? catalogue.views.find(({ id }) => id === user.id)?.kql ?? '' : document?.kind === 'query' ? document.kql : '';
    return before === after(before) ? [] : [{ kind: user.kind, id: user.id, name: user.name, before, after: after(before) }];
  });
  return { name, kind, users: [...users], breaks: users.filter(({ follows }) => !follows).length, follows: users.filter(({ follows }) => follows).length, offers, toDeploy: [] };
}

/** A new version of the rule, which nobody deploys; or the view as it should read. */
function follow(catalogue: MockCatalogue, { kind, id, after }: FollowOffer): void {
  const view = catalogue.views.find(one => one.id === id);
  if (kind === 'view' && view !== undefined) catalogue.saveView(id, { ...view, kql: after });
  const rule = catalogue.backend.store.rules.get(id);
  const document = rule?.versions.at(-1)?.document;
  if (rule !== undefined && document?.kind === 'query') catalogue.backend.store.addVersion(rule, `name: ${document.name}\ndescription: ${JSON.stringify(document.description)}\nkql: |\n${after.replaceAll(/^/gm, '  ')}\n`, 'Follows renames.', catalogue.now());
}

const shown = (catalogue: MockCatalogue, view: SavedView): SavedView => ({ ...view, follows: catalogue.follows(view.kql) });

const viewHandlers = (catalogue: MockCatalogue) => [
  http.get(at('/views'), () => HttpResponse.json({ views: catalogue.views.map(view => shown(catalogue, view)) })),
  http.get(at('/views/export'), ({ request }) => text(catalogue.views.filter(({ id }) => asked(request).get('id') === null || asked(request).get('id') === id).map(({ name, kql }) => `weir: 1\nkind: view\nname: ${name}\nkql: ${JSON.stringify(kql)}\n`).join('---\n'))),
  http.post(at('/views/import'), async ({ request }) => {
    const body = viewImport.safeParse(await request.json());
    if (!body.success) return invalid('files');
    const wanted = body.data.files.flatMap(({ text: file }) => file.split(/^---\n/m)).map(part => savedViewInput.parse({ description: '', signals: ['logs'], columns: [], name: /^name: (.*)$/m.exec(part)?.[1] ?? '', kql: JSON.parse(/^kql: (".*")$/m.exec(part)?.[1] ?? '""') as string }));
    const known = (name: string) => catalogue.views.find(one => one.name === name);
    const steps = wanted.map(({ name, kql }): ViewStep => { const before = known(name); return before === undefined ? { name, action: 'create', fields: [] } : before.kql === kql ? { name, action: 'same', fields: [] } : { name, action: 'change', fields: ['kql'], changes: [{ field: 'kql', before: before.kql, after: kql }] }; });
    const dry = asked(request).has('dry');
    if (!dry) for (const view of wanted) catalogue.saveView(known(view.name)?.id ?? null, view);
    return HttpResponse.json({ steps, applied: !dry });
  }),
  http.post(at('/views'), async ({ request }) => {
    const body = savedViewInput.safeParse(await request.json());
    if (!body.success) return invalid('view');
    if (catalogue.views.some(({ name }) => name === body.data.name)) return problem(409, 'view.name-taken', `There is a view "${body.data.name}" already.`, 'Choose another name, or change that one.');
    return HttpResponse.json(shown(catalogue, catalogue.saveView(null, body.data)), { status: 201 });
  }),
  http.put(at('/views/:id'), async ({ request, params }) => { const body = savedViewChange.safeParse(await request.json()); return body.success ? HttpResponse.json(shown(catalogue, catalogue.saveView(String(params['id']), inputOfView(body.data)))) : invalid('view'); }),
  http.delete(at('/views/:id'), ({ params }) => { catalogue.views = catalogue.views.filter(({ id }) => id !== params['id']); return new HttpResponse(null, { status: 204 }); }),
];

const metricHandlers = (catalogue: MockCatalogue) => [
  http.get(at('/metrics'), () => HttpResponse.json({ metrics: catalogue.metrics() })),
  http.get(at('/metrics/export'), ({ request }) => (asked(request).get('format') === 'grafana' ? HttpResponse.json({ title: 'Weir: metrics of mock', panels: catalogue.metrics().map(({ name }, id) => ({ id: id + 1, title: name })) }) : text(catalogue.metrics().map(({ name, kql }) => `weir: 1\nkind: metric\nname: ${name}\nkql: ${JSON.stringify(kql)}\n`).join('---\n')))),
];

const themeHandlers = (catalogue: MockCatalogue) => [
  http.get(at('/themes'), () => HttpResponse.json({ themes: catalogue.themes.map(theme => themeOf(catalogue, theme)) })),
  http.post(at('/themes'), async ({ request }) => { const body = themeInput.safeParse(await request.json()); return body.success ? HttpResponse.json(themeOf(catalogue, catalogue.saveTheme(null, body.data)), { status: 201 }) : invalid('theme'); }),
  http.put(at('/themes/:id'), async ({ request, params }) => {
    const body = themeChange.safeParse(await request.json());
    const before = catalogue.themes.find(({ id }) => id === params['id']);
    if (!body.success || before === undefined) return invalid('theme');
    const { base, ...input } = body.data;
    if (base !== undefined && JSON.stringify(base) !== JSON.stringify(themeInput.strip().parse(before))) return problem(409, 'theme.changed-meanwhile', `Somebody else saved the theme ${before.name} while it was edited, so this was not saved.`);
    return HttpResponse.json(themeOf(catalogue, catalogue.saveTheme(before.id, input)));
  }),
  http.put(at('/themes/:id/state'), async ({ request, params }) => {
    const body = switchTheme.safeParse(await request.json());
    const theme = catalogue.themes.find(({ id }) => id === params['id']);
    if (!body.success || theme === undefined) return problem(404, 'theme.unknown', 'There is no such theme.');
    const next = { ...theme, state: body.data.state, changedAt: catalogue.now(), changedBy: 'you' };
    catalogue.themes = catalogue.themes.map(one => (one.id === next.id ? next : one));
    if (body.data.forMs === null) catalogue.back.delete(next.id); else catalogue.back.set(next.id, { state: theme.state, at: catalogue.backend.iso(catalogue.backend.clock() + body.data.forMs) });
    return HttpResponse.json(themeOf(catalogue, next));
  }),
  http.delete(at('/themes/:id'), ({ params }) => { catalogue.themes = catalogue.themes.filter(({ id }) => id !== params['id']); return new HttpResponse(null, { status: 204 }); }),
];
