// The incident routes of /api/v1, played by the mock backend.
import { http, HttpResponse } from 'msw/http';
import { addNote, changeIncident, collectPlan, openIncident } from '../../src/model/index.ts';
import { at, problem } from '../answers.ts';
import type { MockBackend } from '../backend.ts';
import { seedIncidents } from './seed.ts';
import { MockIncidents } from './store.ts';

const unknown = () => problem(404, 'incident.unknown', 'There is no incident with this id.');
const wrong = () => problem(400, 'request.invalid', 'This is not what the route takes.');
/** A zip without entries. */
const emptyZip = new Uint8Array(22);
emptyZip.set([0x50, 0x4b, 5, 6]);

export function incidentHandlers(backend: MockBackend) {
  const incidents = new MockIncidents(backend);
  seedIncidents(incidents, backend);
  return [...reading(incidents, backend), ...changing(incidents, backend), ...bundles(incidents, backend)];
}

const reading = (incidents: MockIncidents, backend: MockBackend) => [
  http.get(at('/incidents'), async ({ request }) => {
    await backend.ready;
    const asked = new URL(request.url).searchParams;
    const [state, q] = [asked.get('state'), asked.get('q')?.toLowerCase() ?? ''];
    return HttpResponse.json({ incidents: (await incidents.list()).filter(each => (state === null || each.state === state) && `${each.number} ${each.title} ${each.services.join(' ')} ${each.agents.join(' ')}`.toLowerCase().includes(q)), more: 0 });
  }),
  http.get(at('/incidents/:id'), async ({ params }) => { await backend.ready; const detail = await incidents.detail(String(params['id'])); return detail === null ? unknown() : HttpResponse.json(detail); }),
  http.get(at('/incidents/:id/rates'), ({ params }) => { const rates = incidents.rates(String(params['id'])); return rates === null ? unknown() : HttpResponse.json(rates); }),
];

const changing = (incidents: MockIncidents, backend: MockBackend) => [
  http.post(at('/incidents'), async ({ request }) => {
    const body = openIncident.safeParse(await request.json());
    if (!body.success) return wrong();
    const { title, note, collect } = body.data;
    const id = incidents.add({ title: title ?? 'Opened by you' });
    if (note !== undefined) incidents.write(id, 'note', note, { by: 'you' });
    if (collect !== null) incidents.collect(id, collect);
    backend.note('incident.open', `incident:${id}`);
    return HttpResponse.json(await incidents.incident(id), { status: 201 });
  }),
  http.patch(at('/incidents/:id'), async ({ request, params }) => {
    const [id, body] = [String(params['id']), changeIncident.safeParse(await request.json())];
    if (!body.success) return wrong();
    incidents.change(id, body.data);
    return incidents.has(id) ? HttpResponse.json(await incidents.incident(id)) : unknown();
  }),
  http.post(at('/incidents/:id/notes'), async ({ request, params }) => {
    const [id, body] = [String(params['id']), addNote.safeParse(await request.json())];
    if (!body.success) return wrong();
    incidents.write(id, 'note', body.data.text, { by: 'you' });
    return incidents.has(id) ? HttpResponse.json(await incidents.detail(id), { status: 201 }) : unknown();
  }),
  http.post(at('/incidents/:id/collect'), async ({ request, params }) => {
    const [id, body] = [String(params['id']), collectPlan.safeParse(await request.json())];
    if (!body.success) return wrong();
    const found = await incidents.incident(id);
    if (found === null) return unknown();
    if (found.state === 'closed') return problem(409, 'incident.closed', `Incident #${found.number} is closed.`);
    incidents.collect(id, body.data);
    return HttpResponse.json(await incidents.incident(id));
  }),
];

const bundles = (incidents: MockIncidents, backend: MockBackend) => [
  http.get(at('/incidents/:id/bundle'), ({ params }) => (incidents.has(String(params['id'])) ? new HttpResponse(emptyZip, { headers: { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="weir-incident.zip"' } }) : unknown())),
  http.post(at('/incidents/import'), async ({ request }) => {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return problem(422, 'bundle.invalid', 'This file is no bundle: it is no zip.', 'Export it again with "Bundle" on the page of the incident.');
    const sha256 = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(each => each.toString(16).padStart(2, '0')).join('');
    const here = (await incidents.list()).findLast(({ imported }) => imported?.was?.sha256 === sha256);
    if (here !== undefined && new URL(request.url).searchParams.get('copy') !== 'true') return HttpResponse.json({ ...here, wasHere: true }, { status: 201 });
    const now = backend.iso(backend.clock());
    const id = incidents.add({ title: 'Brought as a bundle', openedAt: now, closedAt: now, imported: { from: 'elsewhere', at: now, by: 'you', was: { id: sha256.slice(0, 12), sha256 }, ...(here !== undefined && { copyOf: here.number }) } });
    incidents.write(id, 'imported', 'Imported from elsewhere', { by: 'you' });
    return HttpResponse.json(await incidents.incident(id), { status: 201 });
  }),
];
