// Recipes for monitoring, machine learning, planning and identity services.
import { base64Of, base64urlOf, grafana, withCrcHex } from './checksum.ts';
import type { Recipe } from './recipe.ts';
import { chars, uuid } from './template.ts';
import type { Random } from '../types.ts';

const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const grafanaCloud = (random: Random): string => `glc_${base64Of(latin1Bytes(JSON.stringify({ o: chars(random, 'dig', 6), n: 'shop', k: chars(random, 'b62', 24), m: { r: 'eu' } })))}`;
const grafanaOld = (random: Random): string => base64Of(latin1Bytes(JSON.stringify({ k: chars(random, 'b62', 32), n: 'shop', id: 1 })));
const sentry = (random: Random): string => `sntrys_${base64Of(latin1Bytes(`{"iat":${chars(random, 'dig', 10)}.5,"url":"https://sentry.io","region_url":"https://de.sentry.io","org":"shop"}`))}_${chars(random, 'b64', 43)}`;
const elastic = (random: Random): string => base64Of(latin1Bytes(`${chars(random, 'url', 20)}:${chars(random, 'url', 22)}`));
const mapbox = (random: Random): string => `${base64urlOf(JSON.stringify({ u: 'shop', a: `c${chars(random, 'low', 24)}` }))}.${chars(random, 'url', 22)}`;

export const workRecipes: readonly Recipe[] = [
  { detector: 'grafana-token', prefix: 'glsa_', secrets: [grafana, grafanaCloud, grafanaOld] },
  { detector: 'new-relic-key', secrets: ['NRAK-<up:27>', 'NRII-<url:32>', '<hex:36>NRAL'], prefix: 'NRAK-' },
  { detector: 'datadog-key', secrets: ['<hex:32>', '<hex:40>'], lines: ['DD_API_KEY=§', 'DD-APPLICATION-KEY: §', '{"datadog_api_key":"§"}', 'POST https://api.datadoghq.com/api/v1/series?api_key=§ 202', '--datadog.app-key=§'], more: [{ secrets: ['ddapp_<b62:34>'] }] },
  { detector: 'sentry-token', prefix: 'sntrys_', secrets: [sentry, 'sntryu_<hex:64>', 'sntrya_<hex:64>'] },
  { detector: 'pagerduty-key', secrets: ['<b62:19>7', 'u+<b62:17>3'], lines: ['Authorization: Token token=§', 'PAGERDUTY_TOKEN=§'], more: [{ secrets: ['<hex:32>', 'R<hex:31>'], lines: ['{"routing_key":"§","event_action":"trigger"}'] }] },
  { detector: 'dynatrace-token', secrets: ['dt0c01.<b32:24>.<b32:64>', 'dt0s02.<b32:8>.<b32:64>'] },
  { detector: 'honeycomb-key', secrets: ['hcaik_<low:58>', 'hcxik_<low:58>'], more: [{ secrets: ['<hex:32>', '<b62:21>9'], lines: ['x-honeycomb-team: §', 'HONEYCOMB_API_KEY=§'] }] },
  { detector: 'launchdarkly-key', secrets: [`sdk-${uuid}`, `mob-${uuid}`], negatives: ['sdk-java-1.2', 'sdk-<hex:8>-<hex:4>'], more: [{ secrets: [`api-${uuid}`], lines: ['LD_API_KEY=§', 'launchdarkly.access-token=§'] }] },
  { detector: 'posthog-key', secrets: ['phx_<b62:43>', 'phs_<b62:43>'] },
  { detector: 'splunk-token', secrets: [uuid], lines: ['Authorization: Splunk §', 'SPLUNK_HEC_TOKEN=§', '"splunk-token":"§"'] },
  { detector: 'elastic-key', secrets: ['essu_<b62:80>'], more: [{ secrets: [elastic], lines: ['Authorization: ApiKey §', '> authorization: ApiKey §'] }] },
  { detector: 'openai-key', prefix: 'sk-', secrets: ['sk-<b62:20>T3BlbkFJ<b62:20>', 'sk-proj-<url:74>T3BlbkFJ<url:74>', 'sk-svcacct-<url:58>T3BlbkFJ<url:58>'], negatives: ['sk-learn-1.4', 'sk-<b62:20>'] },
  { detector: 'anthropic-key', secrets: ['sk-ant-api03-<url:93>AA', 'sk-ant-admin01-<url:93>AA'] },
  { detector: 'hugging-face-token', secrets: ['hf_<alpha:34>', 'api_org_<alpha:34>'], negatives: ['hf_transformers_model_for_sequence_cls', 'hf_home=/data'] },
  { detector: 'replicate-token', secrets: ['r8_<b62:37>'] },
  { detector: 'groq-key', secrets: ['gsk_<b62:20>WGdyb3FY<b62:24>'] },
  { detector: 'xai-key', secrets: ['xai-<b62:80>'] },
  { detector: 'perplexity-key', secrets: ['pplx-<b62:48>'] },
  { detector: 'openrouter-key', secrets: ['sk-or-v1-<hex:64>'] },
  { detector: 'cohere-key', secrets: ['<b62:40>'], lines: ['COHERE_API_KEY=§', 'CO_API_KEY=§', '"cohere_token":"§"'], more: [{ secrets: ['<b62:31>4'], lines: ['MISTRAL_API_KEY=§'] }] },
  { detector: 'pinecone-key', secrets: ['pcsk_<b62:6>_<b62:63>'] },
  { detector: 'langsmith-key', secrets: ['lsv2_pt_<hex:32>_<hex:10>', 'lsv2_sk_<hex:32>_<hex:10>'] },
  { detector: 'tavily-key', secrets: ['tvly-dev-<b62:32>', 'tvly-<b62:32>', 'tgp_v1_<url:43>'] },
  { detector: 'speech-api-key', secrets: ['<hex:32>', '<hex:40>'], lines: ['DEEPGRAM_API_KEY=§', 'assemblyai_api_key: §'], more: [{ secrets: ['sk_<hex:48>', '<hex:32>'], lines: ['xi-api-key: §', 'ELEVENLABS_API_KEY=§'] }] },
  { detector: 'atlassian-token', prefix: 'ATATT3', secrets: [withCrcHex('ATATT3xFfGF0', 171), withCrcHex('ATSTT3xFfGF0', 171)] },
  { detector: 'linear-key', secrets: ['lin_api_<b62:40>', 'lin_oauth_<hex:64>'] },
  { detector: 'notion-token', secrets: ['ntn_<dig:11><b62:35>', 'secret_<b62:43>'] },
  { detector: 'postman-key', secrets: ['PMAK-<hex:24>-<hex:34>'] },
  { detector: 'figma-token', secrets: ['figd_<url:40>'] },
  { detector: 'airtable-token', prefix: 'pat', secrets: ['pat<b62:14>.<hex:64>'], lines: ['Authorization: Bearer §', 'AIRTABLE_TOKEN=§', 'credential=§'], negatives: ['Bearer pattern matching', '?path=/a&pat=1'] },
  { detector: 'asana-token', secrets: ['1/12<dig:14>:<hex:32>', '2/12<dig:14>/12<dig:14>:<hex:32>'], lines: ['ASANA_ACCESS_TOKEN=§', '"asana_pat":"§"'] },
  { detector: 'contentful-token', secrets: ['CFPAT-<url:43>'] },
  { detector: 'typeform-token', secrets: ['tfp_<b62:44>_<b62:14>'] },
  { detector: 'mapbox-token', prefix: 'sk.', secrets: [(random) => `sk.${mapbox(random)}`, (random) => `tk.${mapbox(random)}`], negatives: ['task.eyJ is no token'] },
  { detector: 'okta-token', secrets: ['00<url:38>7a'], lines: ['Authorization: SSWS §', 'OKTA_API_TOKEN=§', '"okta-token":"§"'] },
  { detector: 'auth0-secret', secrets: ['<url:62>a1'], lines: ['AUTH0_CLIENT_SECRET=§', '"auth0_secret":"§"'] },
  { detector: 'algolia-key', secrets: ['<hex:32>'], lines: ['X-Algolia-API-Key: §', 'ALGOLIA_ADMIN_KEY=§'] },
  { detector: 'dropbox-token', secrets: ['sl.B<url:140>', 'sl.u.A<url:140>'] },
  { detector: 'adobe-secret', secrets: ['p8e-<url:32>'] },
  { detector: 'clickup-token', secrets: ['pk_<dig:8>_<up:32>'], negatives: ['pk_orders_customer_id', 'pk_2024_index'] },
];
