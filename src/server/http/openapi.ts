// The OpenAPI 3.1 document, made from the route table and the zod schemas of model/ that the routes themselves use.
import { z } from 'zod';
import { apiError, tailNotice, tailRequest } from '../../model/index.ts';
import { statusOf } from './problem.ts';
import { apiBase, type Route } from './route.ts';

type Json = Record<string, unknown>;

const sharedProblems = ['auth.required', 'auth.origin', 'request.rate', 'internal'] as const;

/** `named` schemas become components; every other schema is written in place. */
export function openApiDocument(routes: readonly Route[], version: string, named: Readonly<Record<string, z.ZodType>>): Json {
  const paths: Record<string, Json> = { [`${apiBase}/tail`]: { get: tailOperation() } };
  for (const route of routes) (paths[apiBase + route.path] ??= {})[route.method.toLowerCase()] = operation(route, named);
  const schemas = Object.fromEntries(Object.entries({ ...named, ApiError: apiError }).map(([name, schema]) => [name, jsonSchema(schema, 'output')]));
  return {
    openapi: '3.1.0',
    info: { title: 'Weir', version, description: 'Rules, agents and live telemetry of a Weir server. Every refusal is an ApiError that says what to do next.' },
    servers: [{ url: '/' }], security: [{ token: [] }, { session: [] }], paths,
    components: {
      schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'weir_session_*', description: 'Set by opening `/?token=…` once.' } },
    },
  };
}

function operation(route: Route, named: Readonly<Record<string, z.ZodType>>): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    operationId: operationId(route), tags: [route.tag], summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.takesFile === true && { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } }),
    ...(route.body !== undefined && { requestBody: { required: true, content: content(reference(route.body, named, 'input')) } }),
    responses: { [route.status]: success(route, named), ...problems(route) },
  };
}

const operationId = ({ method, path }: Route): string =>
  method.toLowerCase() + path.split('/').filter(Boolean).map((part) => part.replace(/[{}]/g, '')).map((part) => part.slice(0, 1).toUpperCase() + part.slice(1).replaceAll(/\W/g, '')).join('');

const success = (route: Route, named: Readonly<Record<string, z.ZodType>>): Json =>
  route.file !== undefined ? { description: 'The file.', content: Object.fromEntries(route.file.map((type) => [type, { schema: { type: 'string' } }])) } : route.response === null ? { description: 'Done.' } : { description: 'The answer.', content: content(reference(route.response, named, 'output')) };

function problems(route: Route): Json {
  const codes = [...sharedProblems, ...(route.needs === undefined ? [] : ['auth.forbidden' as const]), ...(route.params ?? route.query ?? route.body ? ['request.invalid' as const] : []), ...route.problems];
  const byStatus = Map.groupBy(codes, statusOf);
  return Object.fromEntries([...byStatus].map(([status, those]) => [status, { description: those.join(', '), content: content({ $ref: '#/components/schemas/ApiError' }) }]));
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: property }));
}

function reference(schema: z.ZodType, named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Json {
  const name = Object.entries(named).find(([, candidate]) => candidate === schema)?.[0];
  return name !== undefined && io === 'output' ? { $ref: `#/components/schemas/${name}` } : jsonSchema(schema, io);
}

/** `input`: what a caller may send, defaults left out. OpenAPI 3.1 speaks JSON Schema 2020-12 as it is. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
}

const content = (schema: Json): Json => ({ 'application/json': { schema } });

const tailOperation = (): Json => ({
  operationId: 'getTail', tags: ['tail'], summary: 'The live tail, as a WebSocket',
  description: 'Send text frames of `x-websocket.send`; text frames of `x-websocket.receive` and binary tail frames (model/tail-frame.ts) come back.',
  responses: { 101: { description: 'Switching to WebSocket.' }, 404: { description: 'Not a WebSocket request.' } },
  'x-websocket': { send: jsonSchema(tailRequest, 'input'), receive: jsonSchema(tailNotice, 'output') },
});
