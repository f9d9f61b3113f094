// Tokens of monitoring, incident and feature-flag services.
import { base62, base64, base64url, hexDigits } from '../../bytes.ts';
import { base32, base64Padded, lowerDigits, lowerHex, upperDigits } from './alphabets.ts';
import { grafanaServiceAccount } from './checksums.ts';
import { atLeast, between, exactly, form, named, patterned } from './form.ts';
import { decodesTo, mixed, partDecodesTo, random, uuid4 } from './structures.ts';
import { detector } from './verify.ts';

const family = 'saas' as const;
const uuidParts = [exactly(8, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(12, lowerHex)];

export const observabilityDetectors = [
  detector({
    name: 'grafana-token', family, title: 'Grafana token', check: 'checksum',
    doc: 'Service account tokens, Cloud access policy tokens and older API keys of Grafana.', facts: 'glsa_, 32 base-62 characters, _ and 8 hex digits: the CRC-32 of all before, little-endian; glc_ and base64 of JSON with o, n, k and m; base64 of JSON with k, n and id.', source: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    tokens: [
      form(['glsa_', exactly(32, base62), '_', exactly(8, hexDigits)], { judge: grafanaServiceAccount }), form(['glc_', atLeast(60, base64Padded)], { judge: decodesTo(4, /^\{"/) }),
      form(['eyJrIjoi', atLeast(50, base64Padded)], { anchor: 'JrIj', offset: 2, keep: 0, judge: decodesTo(0, /^\{"k":"[^"]+","n":/) }),
    ],
  }),
  detector({
    name: 'new-relic-key', family, title: 'New Relic key', check: 'shape',
    doc: 'User, insert, REST, browser and licence keys of New Relic.', facts: 'NRAK- and 27 capitals and digits; NRII-, NRIQ- and 32 base64url characters; NRRA- and 42 hex digits; 36 hex digits and NRAL.', source: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
    tokens: [
      form(['NRAK-', exactly(27, upperDigits)]), form(['NRII-', exactly(32, base64url)]), form(['NRIQ-', exactly(32, base64url)]), form(['NRRA-', exactly(42, lowerHex)]),
      form([exactly(36, lowerHex), 'NRAL'], { anchor: 'NRAL', offset: 36, keep: 0 }),
    ],
  }),
  detector({
    name: 'datadog-key', family, title: 'Datadog key', check: 'context',
    doc: 'API and application keys of Datadog, by the name before them or in an address, and the newer prefixed application keys.', facts: '32 or 40 hex digits after DD_API_KEY, DD-APPLICATION-KEY or a name with datadog; ddapp_ and 34 base-62 characters.', source: 'https://docs.datadoghq.com/account_management/api-app-keys/',
    tokens: [form(['ddapp_', exactly(34, base62)])],
    contexts: [
      named(['atado', 'dd_ap', 'dd-ap'], String.raw`(?:[\w.-]{0,16}datadog[\w.-]{0,24}|(?:[\w.-]{0,12}[_.-])?dd[_-]ap[\w.-]{0,24}key)`, '[0-9a-f]{32}(?:[0-9a-f]{8})?', mixed),
      patterned(['doghq'], String.raw`[\w.-]{0,48}datadoghq\.(?:com|eu)/[^\s"'<>]{0,160}[?&]ap(?:i|plication|p)_key=(?<value>[0-9a-f]{40}|[0-9a-f]{32})(?![A-Za-z0-9])`, mixed),
    ],
  }),
  detector({
    name: 'sentry-token', family, title: 'Sentry token', check: 'structure',
    doc: 'Organization, user and internal-integration tokens of Sentry.', facts: 'sntrys_, base64 of JSON with iat, url and org, _ and 43 base64 characters; sntryu_ or sntrya_ and 64 hex digits.', source: 'https://docs.sentry.io/account/auth-tokens/',
    tokens: [
      form(['sntrys_', between(60, 500, base64Padded), '_', exactly(43, base64)], { judge: partDecodesTo(7, '_', /^\{"iat"/) }),
      form(['sntryu_', exactly(64, lowerHex)]), form(['sntrya_', exactly(64, lowerHex)]),
    ],
  }),
  detector({
    name: 'pagerduty-key', family, title: 'PagerDuty key', check: 'context',
    doc: 'API and integration keys of PagerDuty, by the name before them or the Token scheme.', facts: '20 characters of base64url or + after Authorization: Token token= or a name with pagerduty; 32 hex digits for integrations.', source: 'https://developer.pagerduty.com/docs/authentication',
    contexts: [
      named(['gerdu'], String.raw`[\w.-]{0,16}pagerduty[\w.-]{0,24}(?:token|key)`, '(?:[0-9a-f]{32}|[A-Za-z0-9_+-]{20})', random(0, 0.96)), patterned(['n token='], String.raw`token token=["']?(?<value>[A-Za-z0-9_+-]{20})(?![A-Za-z0-9_+=-])`, mixed),
      named(['ing_key'], 'routing_key', '[0-9a-fR][0-9a-zA-Z]{31}', mixed),
    ],
  }),
  detector({
    name: 'dynatrace-token', family, title: 'Dynatrace token', check: 'shape',
    doc: 'API, platform and OAuth client tokens of Dynatrace.', facts: 'dt0c01 (or another kind), ., 24 base-32 characters, . and 64; dt0s02 and its like have 8 in the middle.', source: 'https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens',
    tokens: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s08.', 'dt0s16.'].map((prefix) => form([prefix, between(8, 24, base32), '.', exactly(64, base32)], { anchor: 'dt0' })),
  }),
  detector({
    name: 'honeycomb-key', family, title: 'Honeycomb key', check: 'shape',
    doc: 'Ingest, configuration and management keys of Honeycomb.', facts: 'hcaik_, hcxik_, hcalk_, hcxlk_, hcamk_ or hcxmk_ (a letter for the kind) and 58 small letters and digits; management secrets follow a colon.', source: 'https://docs.honeycomb.io/get-started/configure/environments/manage-api-keys/',
    tokens: ['hcaik_', 'hcxik_', 'hcalk_', 'hcxlk_', 'hcamk_', 'hcxmk_', 'hcbik_'].map((prefix) => form([prefix, between(50, 60, lowerDigits)], { anchor: prefix.slice(0, 3) })),
    contexts: [named(['neyco'], String.raw`x-honeycomb-team|[\w.-]{0,12}honeycomb[\w.-]{0,12}key`, '(?:[0-9a-f]{32}|[A-Za-z0-9]{22})', random(0, 0.96))],
  }),
  detector({
    name: 'launchdarkly-key', family, title: 'LaunchDarkly key', check: 'structure',
    doc: 'SDK and mobile keys of LaunchDarkly, and API tokens by the name before them.', facts: 'sdk- or mob- and a UUID of version 4; api- and a UUID after a name with launchdarkly or LD_.', source: 'https://launchdarkly.com/docs/sdk/concepts/client-side-server-side',
    tokens: ['sdk-', 'mob-'].map((prefix) => form([prefix, ...uuidParts], { judge: uuid4 })),
    contexts: [named(['hdark', 'ld_ac', 'ld_ap'], String.raw`[\w.-]{0,12}(?:launchdarkly|ld_ac|ld_ap)[\w.-]{0,16}(?:token|key)`, 'api-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}', uuid4)],
  }),
  detector({
    name: 'posthog-key', family, title: 'PostHog key', check: 'shape',
    doc: 'Personal and secret API keys of PostHog; project keys are public.', facts: 'phx_ or phs_ and 43 or more base-62 characters.', source: 'https://posthog.com/docs/api',
    tokens: ['phx_', 'phs_'].map((prefix) => form([prefix, between(40, 56, base64url)], { judge: random(4) })),
  }),
  detector({
    name: 'splunk-token', family, title: 'Splunk HEC token', check: 'context',
    doc: 'Tokens of the Splunk HTTP event collector.', facts: 'A UUID after Authorization: Splunk or a name with splunk and token.', source: 'https://docs.splunk.com/Documentation/Splunk/latest/Data/UsetheHTTPEventCollector',
    contexts: [patterned(['splun'], String.raw`(?<![A-Za-z0-9])(?:splunk |[\w.-]{0,12}splunk[\w.-]{0,12}token["'\\]{0,3}\s?[:=]\s?["'\\]{0,3}(?:splunk )?)(?<value>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![A-Za-z0-9-])`, mixed)],
  }),
  detector({
    name: 'elastic-key', family, title: 'Elastic key', check: 'structure',
    doc: 'API keys of Elasticsearch and of Elastic Cloud.', facts: 'essu_ and base64; after Authorization: ApiKey, base64 of an id of 20 characters, a colon and a secret of 22.', source: 'https://www.elastic.co/docs/deploy-manage/api-keys',
    tokens: [form(['essu_', atLeast(50, base64Padded)])],
    contexts: [patterned(['ikey '], String.raw`(?<![A-Za-z0-9])apikey (?<value>[A-Za-z0-9+/_-]{56,64}={0,2})(?![A-Za-z0-9+/=])`, (bytes, start, end) => (decodesTo(0, /^[\w-]{20}:[\w-]{20,24}$/)(bytes, start, end) > 0.9 ? 0.97 : 0))],
  }),
];
